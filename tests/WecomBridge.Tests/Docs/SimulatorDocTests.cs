using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WecomBridge.Demo;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Scenarios;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Simulator;

namespace WecomBridge.Tests.Docs;

/// <summary>The simulator's page says what the simulator does.</summary>
public sealed partial class SimulatorDocTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFiles.PathOf("docs", "simulator.md"));

    [Fact]
    public void The_table_of_scenarios_is_the_code() =>
        Rows("## Scenarios").ShouldBe(Scenario.All.Select(s => $"| `{s.Name}` | {s.Plays} | {s.Expects} |"));

    [Fact]
    public void Every_kind_of_fault_is_explained() =>
        Rows("## Faults").Select(row => row.Split('`')[1]).Order(StringComparer.Ordinal)
            .ShouldBe(Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_named_control_call_exists_and_every_family_of_calls_is_named()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var named = Rows("## The control API").SelectMany(row => Code().Matches(row.Split('|')[1]).Select(match => match.Groups["code"].Value)).ToList();
        var calls = (await wecom.Client.GetFromJsonAsync<JsonArray>(wecom.Simulator.ControlUrl))!.Select(call => call.Text("call").Split("/control/")[1]).ToList();
        named.Where(name => !calls.Exists(call => Covers(name, call))).ShouldBeEmpty();
        calls.Where(call => !named.Exists(name => Covers(name, call))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_option_named_is_one_of_the_verb()
    {
        var options = SimulatorVerb.Create().Options.Select(option => option.Name).ToList();
        var named = Option().Matches(Page).Select(match => match.Value).Distinct().Except(["--project"]).ToList();
        named.ShouldNotBeEmpty();
        named.ShouldBeSubsetOf(options);
    }

    private static bool Covers(string name, string call) => name.EndsWith('…') ? call.StartsWith(name[..^1], StringComparison.Ordinal) : name == call;

    /// <summary>Rows of the first table of a section whose first cell is code.</summary>
    private static List<string> Rows(string section)
    {
        var text = Page[Page.IndexOf(section + "\n", StringComparison.Ordinal)..];
        var end = text.IndexOf("\n## ", StringComparison.Ordinal);
        return [.. (end < 0 ? text : text[..end]).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
    }

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
