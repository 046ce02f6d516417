using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>The simulator's scenarios, played against the whole service: what each says of a well-behaved bridge is what ours does.</summary>
[MostlyWaits]
public sealed class ScenarioTests
{
    private const string Greeting = "externalcontact/send_welcome_msg";
    private static readonly ScenarioPace Pace = new() { Length = TimeSpan.FromSeconds(3), Quiet = TimeSpan.FromSeconds(1.5), Patience = TimeSpan.FromSeconds(30), Scale = 0.4 };

    /// <summary>Left out of the short form.</summary>
    private static readonly string[] OnlyLong = ["calm", "greeting-answer-lost", "write-conflict-45035", "relation-lag-84061", "duplicate-callbacks", "minute-limit", "api-48002"];

    /// <summary>Name, whether those with a code are all greeted (null: some may be missed), and the most greeting calls for each customer that came with one.</summary>
    public static IEnumerable<TheoryDataRow<string, bool?, double>> Expected => All.Where(row => LongRun.Wanted || !OnlyLong.Contains(row.Data.Item1));

    private static IEnumerable<TheoryDataRow<string, bool?, double>> All =>
    [
        new("calm", true, 1),
        new("welcome-41096-then-ok", true, 2),
        new("half-add-then-add", true, 1),
        new("foreign-app-greeted-first", false, 1),
        new("archive-consent", true, 2),
        new("greeting-answer-lost", true, 3),
        new("token-revoked-storm", true, 3),
        new("token-expired-42001", null, 2),
        new("minute-limit", null, 1.5),
        new("hour-limit", null, 1.5),
        new("concurrency-45033", true, 3),
        new("write-conflict-45035", true, 1),
        new("ip-60020", null, 1),
        new("api-48002", null, 1),
        new("wrong-secret", false, 1),
        new("slow-platform", true, 3),
        new("busy-platform", true, 4),
        new("broken-answers", true, 5),
        new("relation-lag-84061", true, 1),
        new("duplicate-callbacks", true, 1),
    ];

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task A_scenario_ends_as_it_says(string name, bool? greeted, double mostCallsEach)
    {
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(world.Settings());
        await WarmAsync(world);

        var report = await Scenario.Find(name)!.RunAsync(world.Simulator, world.WecomCorp, Pace, seed: 1, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        report.WithCode.ShouldBeGreaterThan(0);
        report.Acknowledged.ShouldBe(report.Callbacks);
        report.Doubled.ShouldBe(0);
        report.SlowestGreeting.ShouldBeLessThan(TimeSpan.FromSeconds(19));
        if (greeted is not null) report.Missed.ShouldBe(greeted.Value ? 0 : report.WithCode);
        report.Calls.Where(calls => calls.Path == Greeting).Sum(calls => calls.Calls).ShouldBeLessThanOrEqualTo((int)Math.Ceiling(mostCallsEach * report.WithCode));
        report.Calls.Where(calls => calls.Path == "gettoken").Sum(calls => calls.Calls).ShouldBeLessThanOrEqualTo(12);
    }

    [Fact]
    public async Task Without_a_code_nothing_is_sent_and_the_rest_is_done()
    {
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(world.Settings());
        await WarmAsync(world);

        var report = await Scenario.Find("no-welcome-code")!.RunAsync(world.Simulator, world.WecomCorp, Pace, seed: 1, TestContext.Current.CancellationToken);

        report.Adds.ShouldBeGreaterThan(0);
        report.WithCode.ShouldBe(0);
        report.Calls.ShouldNotContain(calls => calls.Path == Greeting);
        report.Calls.ShouldContain(calls => calls.Path == "externalcontact/get");
    }

    [Fact]
    public async Task Adds_that_WeCom_delivers_late_are_greeted_up_to_the_deadline_and_not_tried_after_it()
    {
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(world.Settings());
        await WarmAsync(world);

        var report = await Scenario.Find("welcome-at-19s")!.RunAsync(world.Simulator, world.WecomCorp, Pace with { Length = TimeSpan.FromSeconds(6) }, seed: 1, TestContext.Current.CancellationToken);

        report.Greeted.ShouldBe((report.WithCode + 2) / 3);
        report.Calls.Where(calls => calls.Path == Greeting).Sum(calls => calls.Calls).ShouldBe(report.Greeted);
    }

    /// <summary>The first customer meets a service that has just started: its first calls fetch the token and the tags.</summary>
    private static async Task WarmAsync(World world)
    {
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        await world.WecomCorp.Customers.Add("zhang01", "wmwarm").Delivered;
        await Eventually.BecomesTrueAsync("the first greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1);
    }
}
