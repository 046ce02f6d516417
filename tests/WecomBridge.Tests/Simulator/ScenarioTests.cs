using WecomBridge.Simulator;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.Tests.Simulator;

/// <summary>Each scenario in its short form against a naive bridge: the announced misbehaviour shows in the ledger.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(s => s.Name)];

    [Fact]
    public void Names_are_short_and_unique_and_every_scenario_says_what_it_plays_and_expects()
    {
        Scenario.All.Select(s => s.Name).ShouldBeUnique();
        Scenario.All.Count.ShouldBe(Played.Count);
        foreach (var scenario in Scenario.All)
        {
            scenario.Name.ShouldMatch("^[a-z0-9-]{4,26}$");
            scenario.Plays.ShouldEndWith(".");
            scenario.Expects.ShouldEndWith(".");
            Scenario.Find(scenario.Name.ToUpperInvariant()).ShouldBeSameAs(scenario);
        }

        Scenario.Find("nothing").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_plays_what_it_says(string name)
    {
        var (report, simulator) = await NaiveBridge.PlayAsync(name, withMedia: name == "media-expired");
        report.Acknowledged.ShouldBe(report.Callbacks, report.ToString());
        Played[name](report, simulator);
        report.ToString().ShouldContain(report.Scenario.Expects);
    }

    [Fact]
    public async Task A_scenario_that_is_stopped_sets_everything_back()
    {
        await using var bridge = await NaiveBridge.StartAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var scenario = Scenario.Find("ip-60020")!;
        await Should.ThrowAsync<OperationCanceledException>(() => scenario.RunAsync(bridge.Simulator, bridge.Simulator.Wecom.Corp(), 1, stop.Token));
        bridge.Simulator.Wecom.Corp().App().AddressTrusted.ShouldBeTrue();
    }

    private static readonly Dictionary<string, Action<ScenarioReport, WecomSimulator>> Played = new(StringComparer.Ordinal)
    {
        ["calm"] = (report, _) => (report.Greeted, report.Missed, report.Doubled).ShouldBe((report.Adds, 0, 0), report.ToString()),
        ["welcome-at-19s"] = (report, _) =>
        {
            report.CallsAnswered(41050).ShouldBe(2);
            report.SlowestGreeting.ShouldBeInRange(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(20));
        },
        ["welcome-41096-then-ok"] = (report, _) => (report.CallsAnswered(41096), report.Missed).ShouldBe((report.Adds, report.Adds)),
        ["no-welcome-code"] = (report, simulator) => (report.WithCode, simulator.Ledger.CallsOf("externalcontact/send_welcome_msg").Count).ShouldBe((0, 0)),
        ["half-add-then-add"] = (report, simulator) =>
        {
            report.Callbacks.ShouldBe(2 * report.Adds);
            simulator.Ledger.Callbacks.Count(c => c.Kind.EndsWith("add_half_external_contact", StringComparison.Ordinal)).ShouldBe(report.Adds);
            report.Greeted.ShouldBe(report.Adds);
        },
        ["foreign-app-greeted-first"] = (report, _) => (report.CallsAnswered(41051), report.Greeted).ShouldBe((report.Adds, 0)),
        ["archive-consent"] = (report, _) => (report.CallsAnswered(41053), report.Greeted).ShouldBe((report.Adds, report.Adds), report.ToString()),
        ["greeting-answer-lost"] = (_, simulator) => simulator.Ledger.ApiCalls.ShouldContain(c => c.Fault == "AnswerLost" && c.Status == null),
        ["media-expired"] = (report, _) => report.CallsAnswered(40007).ShouldBe(report.Adds, report.ToString()),
        ["duplicate-callbacks"] = (report, _) =>
        {
            report.Repeated.ShouldBe(report.Callbacks);
            (report.CallsAnswered(41051) + report.CallsAnswered(41096)).ShouldBe(report.Adds, report.ToString());
        },
        ["callbacks-out-of-order"] = (_, simulator) => InOrder(simulator).ShouldBeFalse(),
        ["late-callbacks"] = (_, simulator) => InOrder(simulator).ShouldBeFalse(),
        ["unknown-events"] = (_, simulator) =>
        {
            simulator.Ledger.Callbacks.ShouldContain(c => c.Kind == "brand_new");
            simulator.Ledger.Callbacks.ShouldContain(c => c.Kind == "raw");
        },
        ["burst"] = (report, _) => report.Adds.ShouldBeGreaterThan(10),
        ["minute-limit"] = (report, simulator) =>
        {
            report.CallsAnswered(45009).ShouldBeGreaterThan(0);
            simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(3);
        },
        ["hour-limit"] = (report, _) => report.CallsAnswered(45009).ShouldBeGreaterThan(0),
        ["concurrency-45033"] = (report, _) => report.CallsAnswered(45033).ShouldBeGreaterThan(0),
        ["write-conflict-45035"] = (report, _) => report.CallsAnswered(45035).ShouldBeGreaterThan(0),
        ["token-revoked-storm"] = (report, simulator) =>
        {
            report.CallsAnswered(40014).ShouldBeGreaterThan(0);
            simulator.Ledger.CallsOf("gettoken").Count.ShouldBeGreaterThan(1);
        },
        ["token-expired-42001"] = (report, _) => report.CallsAnswered(42001).ShouldBeGreaterThan(0),
        ["ip-60020"] = (report, _) => HalfRefused(report, 60020),
        ["api-48002"] = (report, _) => HalfRefused(report, 48002),
        ["wrong-secret"] = (report, _) =>
        {
            report.CallsAnswered(40001).ShouldBe(5);
            report.CallsAnswered(45009).ShouldBeGreaterThan(0);
        },
        ["slow-platform"] = (report, _) => report.Calls.Select(c => c.Outcome).ShouldContain("Delay"),
        ["busy-platform"] = (report, _) => report.CallsAnswered(-1).ShouldBeGreaterThan(0),
        ["broken-answers"] = (report, _) => report.Calls.Select(c => c.Outcome).Distinct().Count().ShouldBeGreaterThan(3, report.ToString()),
        ["unknown-code"] = (report, _) => report.Calls.ShouldContain(c => c.Outcome.StartsWith("999999", StringComparison.Ordinal)),
        ["relation-lag-84061"] = (report, _) => report.CallsAnswered(84061).ShouldBeGreaterThan(0),
        ["group-lag"] = (_, simulator) => simulator.Ledger.CallsOf("externalcontact/groupchat/get").ShouldNotBeEmpty(),
    };

    private static bool InOrder(WecomSimulator simulator) => simulator.Ledger.Callbacks.Zip(simulator.Ledger.Callbacks.Skip(1), (first, second) => first.Event <= second.Event).All(inOrder => inOrder);

    private static void HalfRefused(ScenarioReport report, int code)
    {
        report.CallsAnswered(code).ShouldBeGreaterThan(0);
        report.Greeted.ShouldBeInRange(1, report.Adds - 1, report.ToString());
    }
}
