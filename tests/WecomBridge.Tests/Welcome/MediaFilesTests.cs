using WecomBridge.Tests.Operations;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

public sealed class MediaFilesTests : IDisposable
{
    private readonly MediaFolder _folder = new();

    [Theory]
    [InlineData("Image:Path", "shop.png")]
    [InlineData("MiniProgram:PicPath", "cover.png")]
    [InlineData("Video:Path", "film.mp4")]
    [InlineData("File:Path", "prices.pdf")]
    public void A_file_that_is_missing_is_named_with_its_key_before_the_start(string setting, string name) =>
        Faults(setting, name).ShouldContain($"Welcome:Rules:0:Attachments:0:{setting}: the file {name} does not exist.");

    [Fact]
    public void Good_files_have_no_fault()
    {
        Faults("Image:Path", _folder.Write("a.png", MediaFolder.Png())).ShouldBeEmpty();
        Faults("Image:Path", _folder.Write("a.jpg", MediaFolder.Jpeg())).ShouldBeEmpty();
        Faults("Video:Path", _folder.Write("a.mp4", MediaFolder.Mp4())).ShouldBeEmpty();
        Faults("File:Path", _folder.Write("a.txt", [1, 2, 3, 4, 5, 6])).ShouldBeEmpty();
    }

    [Fact]
    public void The_content_decides_about_the_kind_and_not_the_name()
    {
        Faults("Image:Path", _folder.Write("film.png", MediaFolder.Mp4())).ShouldHaveSingleItem().ShouldContain("neither a JPG nor a PNG");
        Faults("Video:Path", _folder.Write("shop.mp4", MediaFolder.Png())).ShouldHaveSingleItem().ShouldContain("no MP4");
        MediaFileReader.Read(new MediaFile(WecomMediaTypes.Image, _folder.Write("really-a-jpeg.png", MediaFolder.Jpeg()))).Name.ShouldBe("image.jpg");
    }

    [Theory]
    [InlineData("Image:Path", 10 * 1024 * 1024)]
    [InlineData("File:Path", 20 * 1024 * 1024)]
    public void A_file_that_WeCom_would_not_take_is_refused_with_both_sizes(string setting, int most)
    {
        var bytes = new byte[most + 1];
        MediaFolder.Png().CopyTo(bytes, 0);

        Faults(setting, _folder.Write("big", bytes)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.ShouldContain($"{most + 1} bytes"), f => f.ShouldContain($"at most {most}"));
        Faults(setting, _folder.Write("big", bytes[..most])).ShouldBeEmpty();
        Faults(setting, _folder.Write("big", bytes[..5])).ShouldHaveSingleItem().ShouldContain("5 bytes");
    }

    [Fact]
    public void The_same_content_is_one_upload_but_for_files_whose_name_customers_see()
    {
        var (one, two) = (_folder.Write("one.png", MediaFolder.Png()), _folder.Write("two.png", MediaFolder.Png()));

        Key(WecomMediaTypes.Image, one).ShouldBe(Key(WecomMediaTypes.Image, two));
        Key(WecomMediaTypes.File, one).ShouldNotBe(Key(WecomMediaTypes.File, two));
        Key(WecomMediaTypes.File, one).ShouldNotBe(Key(WecomMediaTypes.Image, one));
        MediaFileReader.Read(new MediaFile(WecomMediaTypes.File, one)).Name.ShouldBe("one.png");
    }

    public void Dispose() => _folder.Dispose();

    private static string Key(string type, string path) => MediaFileReader.Read(new MediaFile(type, path)).Key;

    private static IReadOnlyList<string> Faults(string setting, string path)
    {
        List<(string, string?)> settings = [("Welcome:Rules:0:Name", "store"), ($"Welcome:Rules:0:Attachments:0:{setting}", path)];
        if (setting.StartsWith("MiniProgram", StringComparison.Ordinal))
            settings.AddRange([("Welcome:Rules:0:Attachments:0:MiniProgram:Title", "t"), ("Welcome:Rules:0:Attachments:0:MiniProgram:AppId", "wx1"), ("Welcome:Rules:0:Attachments:0:MiniProgram:Page", "/p")]);
        return SettingsCheck.Faults<WelcomeOptions>(services => services.AddWelcomeWork(), "Production", [.. settings]);
    }
}
