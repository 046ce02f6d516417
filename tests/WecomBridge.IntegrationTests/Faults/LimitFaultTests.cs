using System.Diagnostics;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F32 and the budget: the platform's limits are met, used and not crossed; greetings keep their share.</summary>
[MostlyWaits]
public sealed class LimitFaultTests(RabbitServer rabbit, PostgresServer postgres)
{
    private const string Get = "externalcontact/get";

    [Fact]
    public async Task F32_after_45009_the_API_is_left_alone_until_the_window_turns_and_greetings_go_on()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString())]));
        await using var book = await GreetingBook.OpenAsync(world, broker);
        Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 3, Customers = 200 });
        world.Simulator.Faults.Add(new FaultRule { Pattern = Get, Kind = FaultKind.ErrorCode, ErrorCode = 45009, Times = 1, Skip = 10 });

        var adds = await TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = 10, Duration = TimeSpan.FromSeconds(15) }, seed: 32, CancellationToken.None);
        (await book.BalanceAsync(adds)).ShouldBe(adds.Count);
        var calls = world.Simulator.Ledger.CallsOf(Get);
        var refused = calls.Single(call => call.ErrorCode == 45009);
        calls.Where(call => call.At > refused.At + TimeSpan.FromSeconds(1)).ShouldBeEmpty("calls under way may still end, but none begins");
        if (!LongRun.Wanted) return;

        await Eventually.BecomesTrueAsync("every tag and profile after the window has turned", () => world.WecomCorp.Customers.Relations.Count(relation => relation.TagIds.Count > 0) > 50, 120);
        world.Simulator.Ledger.CallsOf(Get).First(call => call.At > refused.At + TimeSpan.FromSeconds(1)).At.ShouldBeGreaterThan(refused.At + TimeSpan.FromSeconds(59));
    }

    [Fact]
    public async Task F32_an_hour_limit_makes_work_due_an_hour_later_without_a_call_in_between()
    {
        await using var world = await World.StartAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Welcome:SendWithin", "00:00:05")]));
        var budgets = bridge.Get<ICallBudgetStore>();
        var longAgo = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(20);
        await budgets.CloseAsync(World.Corp, Get, longAgo, CancellationToken.None);
        await budgets.CloseAsync(World.Corp, Get, longAgo + TimeSpan.FromMinutes(2), CancellationToken.None);
        var closing = await budgets.CloseAsync(World.Corp, Get, DateTimeOffset.UtcNow, CancellationToken.None);
        closing.Until.ShouldBeInRange(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(59), DateTimeOffset.UtcNow + TimeSpan.FromMinutes(61));
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "张三"));
        await corp.Customers.Add("zhang01", "wm00001", new AddDetails { State = "store-1" }).Delivered;
        await Eventually.BecomesTrueAsync("the work is due when the hour has passed", async () =>
        {
            var counts = await bridge.Get<IStateDatabase>().ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Tags, DateTimeOffset.UtcNow), CancellationToken.None);
            return counts is { Later: 1, Due: 0, Running: 0, Parked: 0 };
        });
        world.Simulator.Ledger.CallsOf(Get).ShouldBeEmpty();
        var rows = await bridge.Get<IStateDatabase>().ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(WorkLane.Tags, World.Corp, State: null), max: 10, DateTimeOffset.UtcNow), CancellationToken.None);
        rows.ShouldHaveSingleItem().At.ShouldBeGreaterThan(closing.Until - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_minute_limit_is_used_to_95_of_100_by_two_instances_and_never_crossed()
    {
        const int limit = 1200;
        await using var world = await World.StartAsync(options => (options.Limits.PerMinute, options.ApiLatency) = (limit, TimeSpan.FromMilliseconds(5)));
        var database = await postgres.CreateDatabaseAsync();
        var bridges = new List<Bridge>();
        for (var n = 0; n < 2; n++)
        {
            bridges.Add(await world.StartBridgeAsync(world.Settings(n, FreePorts.Take(), ("State:Provider", "Postgres"), ("State:ConnectionString", database),
                ("Wecom:Limits:PerMinute", $"{limit}"), ("Wecom:Limits:UsedShare", "0.98"))));
        }

        var minutes = 2.Or(1);
        var length = TimeSpan.FromSeconds((minutes * 60) + 5);
        var running = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            var client = bridges[n % 2].Get<IWecomClientFactory>().For(World.Corp, World.App, CallLane.Welcome);
            while (running.Elapsed < length)
            {
                try
                {
                    await client.ExecuteCgibinExternalContactGetCorpTagListAsync(new CgibinExternalContactGetCorpTagListRequest(), CancellationToken.None);
                }
                catch (WecomException full) when (full is { ErrorCode: null, Failure: WecomFailure.Throttled })
                {
                    var (wait, left) = (full.RetryAfter ?? TimeSpan.FromSeconds(1), length - running.Elapsed);
                    if (left > TimeSpan.Zero) await Task.Delay(wait < left ? wait : left);
                }
            }
        }));

        var calls = world.Simulator.Ledger.CallsOf("externalcontact/get_corp_tag_list");
        calls.ShouldAllBe(call => call.ErrorCode == 0);
        var times = calls.Select(call => call.At).Order().ToList();
        var most = Enumerable.Range(0, times.Count).Max(first => times.FindLastIndex(time => time < times[first] + TimeSpan.FromMinutes(1)) - first + 1);
        var sustained = (double)times.Count(time => time < times[0] + TimeSpan.FromMinutes(minutes)) / (minutes * limit);
        TestContext.Current.TestOutputHelper!.WriteLine($"{calls.Count} calls in {length.TotalSeconds:0} s at a limit of {limit} a minute: {sustained:P1} of it used; most in any 60 s: {most}");
        most.ShouldBeLessThanOrEqualTo(limit);
        sustained.ShouldBeGreaterThanOrEqualTo(0.95);
    }
}
