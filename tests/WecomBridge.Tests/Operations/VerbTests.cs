using System.CommandLine;
using System.Text.Json.Nodes;
using WecomBridge.Operations;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Operations;

/// <summary>What holds for all verbs, and <c>config check</c> as the command line gives it.</summary>
public sealed class VerbTests
{
    public static TheoryData<string> All => [.. Leaves(Verbs.Root(), "").Select(verb => verb.Path)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_verbs_help_names_its_exit_codes(string path) => Leaves(Verbs.Root(), "").Single(verb => verb.Path == path).Verb.Description.ShouldNotBeNull().ShouldContain("Exit codes: 0");

    [Theory]
    [MemberData(nameof(All))]
    public void A_verb_stands_in_both_pages_for_administrators(string path)
    {
        foreach (var page in new[] { "administrator.md", "administrator.zh.md" }) File.ReadAllText(RepositoryFiles.PathOf("docs", page)).ShouldContain($"`{path}`");
    }

    [Fact]
    public async Task Settings_in_force_are_shown_with_their_sources_and_without_secrets()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{ "Broker": { "Uri": "amqp://user:hush-hush@broker/" }, "Work": { "Concurrency": 4 } }""", TestContext.Current.CancellationToken);

        var result = await VerbRun.RunAsync("config", "check", "--show", "--json", "--config", file, "--Work:Lease=00:00:30");

        var settings = JsonNode.Parse(result.Output)!["settings"]!.AsArray().ToDictionary(one => (string)one!["setting"]!, one => ((string)one!["value"]!, (string)one["source"]!));
        result.Code.ShouldBe(0, result.Output);
        settings["Work:Concurrency"].ShouldBe(("\"4\"", file));
        settings["Work:Lease"].ShouldBe(("\"00:00:30\"", "command line"));
        settings["Broker:Uri"].ShouldBe(("***", file));
        settings["Work:PollInterval"].Item2.ShouldEndWith("appsettings.json");
        File.Delete(file);
    }

    private static IEnumerable<(string Path, Command Verb)> Leaves(Command verb, string path) => verb.Subcommands.SelectMany(inner =>
        inner.Subcommands.Count > 0 ? Leaves(inner, $"{path}{inner.Name} ") : [($"{path}{inner.Name}", inner)]);
}
