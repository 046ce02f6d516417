using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>Files on their way to the platform and back.</summary>
public sealed class WecomFileTests(PlatformFixture fixture) : IClassFixture<PlatformFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_form_is_the_one_the_platform_reads_byte_for_byte()
    {
        fixture.Answers("""{"type":"file","media_id":"M1","created_at":"1700000000"}""");

        var answer = await UploadAsync("价目 表.pdf", "%PDF-1.7 你好"u8.ToArray());

        answer.MediaId.ShouldBe("M1");
        answer.CreatedAt.ShouldBe(1700000000);
        var sent = fixture.Platform.Requests.Last();
        var boundary = sent.ContentType!["multipart/form-data; boundary=".Length..];
        boundary.ShouldNotContain("\"");
        sent.Body.ShouldBe($"--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"价目 表.pdf\"\r\nContent-Type: application/pdf\r\nContent-Length: 15\r\n\r\n%PDF-1.7 你好\r\n--{boundary}--\r\n");
    }

    [Fact]
    public async Task Any_bytes_arrive_as_they_were()
    {
        var bytes = new byte[70_000];
        new Random(4).NextBytes(bytes);
        fixture.Answers("""{"media_id":"M1"}""");

        await UploadAsync("x.bin", bytes);

        var sent = fixture.Platform.Requests.Last();
        var form = new MultipartReader(HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(sent.ContentType).Boundary).Value!, new MemoryStream(sent.Bytes));
        var part = (await form.ReadNextSectionAsync(Ct)).ShouldNotBeNull();
        using var arrived = new MemoryStream();
        await part.Body.CopyToAsync(arrived, Ct);
        arrived.ToArray().ShouldBe(bytes);
        (await form.ReadNextSectionAsync(Ct)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/home/me/secret/x.png", "x.png")]
    [InlineData("C:\\me\\x.png", "x.png")]
    [InlineData("a\"b\r\nX-Evil: 1.png", "a_b__X-Evil: 1.png")]
    public async Task A_file_name_can_neither_leave_its_quotes_nor_tell_of_folders(string name, string sent)
    {
        fixture.Answers("""{"media_id":"M1"}""");

        await UploadAsync(name, "123456"u8.ToArray());

        fixture.Platform.Requests.Last().Body.ShouldContain($"; filename=\"{sent}\"\r\n");
    }

    [Theory]
    [InlineData("x.jpg", "image/jpeg")]
    [InlineData("x.PNG", "image/png")]
    [InlineData("x.amr", "audio/amr")]
    [InlineData("x.mp4", "video/mp4")]
    [InlineData("x", "application/octet-stream")]
    public async Task The_kind_of_a_file_is_told_by_its_name(string name, string type)
    {
        fixture.Answers("""{"media_id":"M1"}""");

        await UploadAsync(name, "123456"u8.ToArray());

        fixture.Platform.Requests.Last().Body.ShouldContain($"\r\nContent-Type: {type}\r\n");
    }

    [Theory]
    [InlineData(WecomMediaTypes.Image, 10 * 1024 * 1024)]
    [InlineData(WecomMediaTypes.Voice, 2 * 1024 * 1024)]
    [InlineData(WecomMediaTypes.Video, 10 * 1024 * 1024)]
    [InlineData(WecomMediaTypes.File, 20 * 1024 * 1024)]
    public async Task A_file_above_the_bound_of_its_kind_is_never_sent(string type, int bound)
    {
        fixture.Answers("""{"media_id":"M1"}""");
        var before = fixture.Platform.CountOf("media/upload");

        var thrown = await Should.ThrowAsync<ArgumentException>(() => fixture.Client.ExecuteCgibinMediaUploadAsync(new CgibinMediaUploadRequest { Type = type, FileName = "x", Content = new byte[bound + 1] }, Ct));

        thrown.Message.ShouldContain($"at most {bound} bytes");
        fixture.Platform.CountOf("media/upload").ShouldBe(before);
    }

    [Fact]
    public async Task A_file_at_the_bound_is_sent()
    {
        fixture.Answers("""{"media_id":"M1"}""");

        (await fixture.Client.ExecuteCgibinMediaUploadAsync(new CgibinMediaUploadRequest { Type = WecomMediaTypes.Voice, FileName = "x.amr", Content = new byte[2 * 1024 * 1024] }, Ct)).MediaId.ShouldBe("M1");
    }

    [Fact]
    public async Task A_picture_with_a_lasting_address_has_a_bound_of_its_own() =>
        (await Should.ThrowAsync<ArgumentException>(() => fixture.Client.ExecuteCgibinMediaUploadImageAsync(new CgibinMediaUploadImageRequest { FileName = "x.png", Content = new byte[(2 * 1024 * 1024) + 1] }, Ct)))
            .Message.ShouldContain("at most 2097152 bytes");

    [Fact]
    public async Task A_file_of_five_bytes_is_too_small() =>
        (await Should.ThrowAsync<ArgumentException>(() => UploadAsync("x.txt", "12345"u8.ToArray()))).Message.ShouldContain("at least 6 bytes");

    [Theory]
    [InlineData("")]
    [InlineData("folder/")]
    public async Task A_file_without_a_name_is_refused(string name) => (await Should.ThrowAsync<ArgumentException>(() => UploadAsync(name, "123456"u8.ToArray()))).Message.ShouldContain("needs a name");

    [Fact]
    public async Task An_unknown_kind_of_media_is_refused_by_name() =>
        (await Should.ThrowAsync<ArgumentException>(() => fixture.Client.ExecuteCgibinMediaUploadAsync(new CgibinMediaUploadRequest { Type = "sound", FileName = "x", Content = new byte[6] }, Ct))).Message.ShouldContain("sound");

    [Fact]
    public async Task A_file_comes_back_with_its_kind_and_name()
    {
        fixture.Answers((_, context) => FileAsync(context, "image/jpeg", "attachment; filename=\"MEDIA_ID.jpg\"", [0xff, 0xd8, 0, 1]));

        var file = await fixture.Client.ExecuteCgibinMediaGetAsync(new CgibinMediaGetRequest { MediaId = "M1" }, Ct);

        file.ContentType.ShouldBe("image/jpeg");
        file.FileName.ShouldBe("MEDIA_ID.jpg");
        file.RawBody.ToArray().ShouldBe([0xff, 0xd8, 0, 1]);
        file.IsSuccessful().ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_json_is_a_file_when_it_has_a_disposition()
    {
        fixture.Answers((_, context) => FileAsync(context, "application/json", "attachment; filename=prices.json", "{\"errcode\":1}"u8.ToArray()));

        var file = await fixture.Client.ExecuteCgibinMediaGetAsync(new CgibinMediaGetRequest { MediaId = "M1" }, Ct);

        file.FileName.ShouldBe("prices.json");
        Encoding.UTF8.GetString(file.RawBody.Span).ShouldBe("{\"errcode\":1}");
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("text/plain")]
    public async Task Json_in_place_of_a_file_is_a_refusal(string contentType)
    {
        fixture.Answers(200, contentType, """{"errcode":40007,"errmsg":"invalid media_id"}""");

        (await Should.ThrowAsync<WecomException>(() => fixture.Client.ExecuteCgibinMediaGetAsync(new CgibinMediaGetRequest { MediaId = "M1" }, Ct))).ErrorCode.ShouldBe(40007);
    }

    [Theory]
    [InlineData("ok", false)]
    [InlineData("ok. Warning: wrong json format. ", true)]
    public async Task A_part_of_a_request_that_was_not_understood_shows(string text, bool warns)
    {
        fixture.Answers($$"""{"errcode":0,"errmsg":"{{text}}"}""");

        (await fixture.Client.ExecuteCgibinExternalContactRemarkAsync(new CgibinExternalContactRemarkRequest { Userid = "zhang", ExternalUserid = "wm1" }, Ct)).HasWarning.ShouldBe(warns);
    }

    private Task<CgibinMediaUploadResponse> UploadAsync(string name, byte[] content) =>
        fixture.Client.ExecuteCgibinMediaUploadAsync(new CgibinMediaUploadRequest { Type = WecomMediaTypes.File, FileName = name, Content = content }, Ct);

    private static Task FileAsync(HttpContext context, string type, string disposition, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = disposition;
        return context.Response.Body.WriteAsync(content).AsTask();
    }
}
