using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Docs;

public sealed class SubscribingPagesTests
{
    private static readonly string Folder = RepositoryFiles.PathOf("docs", "subscribing");

    [Theory]
    [InlineData("sh")]
    [InlineData("json")]
    public void Both_languages_show_the_same_commands_settings_and_events(string language)
    {
        var english = MarkdownPages.Blocks(Path.Combine(Folder, "README.md"), language);

        english.Count.ShouldBeGreaterThan(2);
        MarkdownPages.Blocks(Path.Combine(Folder, "README.zh.md"), language).ShouldBe(english);
    }

    [Theory]
    [InlineData("python/subscriber.py")]
    [InlineData("node/subscriber.mjs")]
    [InlineData("java/Subscriber.java")]
    [InlineData("dotnet-rabbitmq-client/Program.cs")]
    [InlineData("dotnet-masstransit/Program.cs", "dotnet-masstransit/NewCustomer.cs", "dotnet-masstransit/HandledIds.cs")]
    public void A_program_to_start_from_has_less_than_60_lines(params string[] files) =>
        files.Sum(file => File.ReadAllLines(Path.Combine(Folder, file)).Length).ShouldBeLessThan(60);
}
