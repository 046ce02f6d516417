using WecomBridge.Simulator;
using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.Tests.Simulator;

/// <summary>What shows in the ledger when a naive bridge has been through a scenario, by the scenario's name.</summary>
internal static class ScenarioChecks
{
    public static async Task PlayAsync(string name)
    {
        var (report, simulator) = await NaiveBridge.PlayAsync(name, withMedia: name == "media-expired");
        report.Acknowledged.ShouldBe(report.Callbacks, report.ToString());
        Played[name](report, simulator);
        report.ToString().ShouldContain(report.Scenario.Expects);
    }

    /// <summary>Names from one to before another, in the documented order.</summary>
    public static TheoryData<string> Between(string first, string? end) =>
        [.. Scenario.All.Select(s => s.Name).SkipWhile(name => name != first).TakeWhile(name => name != end)];

    public static readonly Dictionary<string, Action<ScenarioReport, WecomSimulator>> Played = new(StringComparer.Ordinal)
    {
        ["calm"] = (report, _) => (report.Greeted, report.Missed, report.Doubled).ShouldBe((report.Adds, 0, 0), report.ToString()),
        ["welcome-at-19s"] = (report, _) =>
        {
            report.CallsAnswered(41050).ShouldBeInRange(2, 4, report.ToString());
            report.SlowestGreeting.ShouldBeInRange(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(20));
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
        ["staff-edits-between"] = (_, simulator) =>
        {
            var byHand = simulator.Wecom.Corp().Tags.FindId("By hand", "VIP")!;
            simulator.Ledger.TagMarks.ShouldNotBeEmpty();
            foreach (var mark in simulator.Ledger.TagMarks) simulator.Wecom.Corp().Customers.Relation(mark.UserId, mark.ExternalUserId)!.TagIds.ShouldContain(byHand);
        },
        ["group-gap"] = (_, simulator) =>
        {
            simulator.Ledger.Callbacks.ShouldContain(c => c.Failure == "dropped");
            simulator.Ledger.CallsOf("externalcontact/groupchat/get").ShouldNotBeEmpty();
        },
        ["tag-group-deleted"] = (report, simulator) =>
        {
            simulator.Wecom.Corp().Tags.Groups.ShouldBeEmpty();
            simulator.Ledger.Callbacks.Count(c => c.Kind.EndsWith("change_external_tag/delete", StringComparison.Ordinal)).ShouldBe(1);
            simulator.Ledger.TagMarks.ShouldNotBeEmpty();
            report.CallsAnswered(40068).ShouldBeGreaterThan(0);
        },
        ["tag-group-renamed"] = (report, simulator) =>
        {
            var group = simulator.Wecom.Corp().Tags.Groups.ShouldHaveSingleItem();
            (group.Name, group.Tags[0].Name).ShouldBe(("Channel (old)", "Store (old)"));
            simulator.Ledger.TagMarks.Count.ShouldBe(report.Adds);
        },
        ["other-system-tags"] = (report, simulator) =>
        {
            var corp = simulator.Wecom.Corp();
            var seen = corp.Tags.FindId("Other system", "Seen")!;
            corp.Customers.Relations.Count(relation => relation.TagIds.Contains(seen)).ShouldBe(report.Adds);
            report.Callbacks.ShouldBe(2 * report.Adds + 2, "the group, its tag, and of each customer the add and the edit");
        },
        ["group-lag"] = (_, simulator) => simulator.Ledger.CallsOf("externalcontact/groupchat/get").ShouldNotBeEmpty(),
    };

    private static bool InOrder(WecomSimulator simulator) => simulator.Ledger.Callbacks.Zip(simulator.Ledger.Callbacks.Skip(1), (first, second) => first.Event <= second.Event).All(inOrder => inOrder);

    private static void HalfRefused(ScenarioReport report, int code)
    {
        report.CallsAnswered(code).ShouldBeGreaterThan(0);
        report.Greeted.ShouldBeInRange(1, report.Adds - 1, report.ToString());
    }
}
