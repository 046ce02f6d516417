using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;
using WecomBridge.Wecom.Api;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F29, F30: the token ends early for everybody at once; the secret is wrong.</summary>
public sealed class TokenFaultTests(RabbitServer rabbit, PostgresServer postgres)
{
    private const string Get = "externalcontact/get";
    private const int Calls = 210;

    [Fact]
    public async Task F29_token_revoked_under_200_calls_in_flight_at_three_instances_is_fetched_once_and_each_call_repeated_once()
    {
        await using var world = await World.StartAsync(options => options.ApiLatency = TimeSpan.FromMilliseconds(400));
        var bridges = await ThreeInstancesAsync(world);
        var people = Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 1, Customers = Calls }).Customers;
        foreach (var customer in people) world.WecomCorp.Customers.Add(world.WecomCorp.Staff[0].UserId, customer.ExternalUserId);

        // The first calls fetch the token and let the calls side by side grow.
        foreach (var bridge in bridges) await CallAllAsync(bridge, people);
        world.Simulator.Ledger.CallsOf("gettoken").Count.ShouldBe(1);
        var before = world.Simulator.Ledger.CallsOf(Get).Count;

        // The platform is slow to look at the token, and it ends meanwhile: all that are under way meet its end together.
        world.Simulator.Faults.Add(new FaultRule { Pattern = Get, Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(3), Times = Calls });
        var calls = Task.WhenAll(bridges.Select((bridge, n) => CallAllAsync(bridge, [.. people.Skip(n * Calls / 3).Take(Calls / 3)])));
        await Task.Delay(2000);
        world.Simulator.RevokeToken(world.WecomCorp.App(World.App));
        await calls;

        world.Simulator.Ledger.CallsOf("gettoken").Count.ShouldBe(2);
        var made = world.Simulator.Ledger.CallsOf(Get).Skip(before).ToList();
        var refused = made.Where(call => call.ErrorCode == 40014).ToList();
        refused.Count.ShouldBeGreaterThan(Calls / 2);
        made.Count(call => call.ErrorCode == 0).ShouldBe(Calls);
        made.Count.ShouldBe(Calls + refused.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"{refused.Count} of {Calls} calls met the revoked token; one gettoken");
    }

    [Fact]
    public async Task Ten_instances_that_need_a_token_at_once_fetch_one()
    {
        await using var world = await World.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        var bridges = new List<Bridge>();
        for (var n = 0; n < 10; n++)
            bridges.Add(await world.StartBridgeAsync(world.Settings(n, FreePorts.Take(), ("State:Provider", "Postgres"), ("State:ConnectionString", database))));
        var people = Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 1, Customers = 1 }).Customers;
        await world.WecomCorp.Customers.Add(world.WecomCorp.Staff[0].UserId, people[0].ExternalUserId).Delivered;
        await Task.WhenAll(bridges.Select(bridge => CallAllAsync(bridge, people)));
        world.Simulator.Ledger.CallsOf("gettoken").Count.ShouldBe(1);
    }

    [Fact]
    public async Task F30_a_wrong_secret_is_asked_once_named_in_health_and_costs_no_callback()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ($"Wecom:Corps:{World.Corp}:Apps:{World.App}:Secret", "not-the-secret-77"), ("Welcome:SendWithin", "00:00:06")]));
        await using var book = await GreetingBook.OpenAsync(world, broker);
        Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 3, Customers = 60 });
        var adds = await TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = 5, Duration = TimeSpan.FromSeconds(10) }, seed: 30, CancellationToken.None);

        (await book.BalanceAsync(adds)).ShouldBe(0);
        book.SaidMissed.SelectMany(reasons => reasons).Distinct().ShouldBeSubsetOf([WelcomeMissReasons.Unavailable, WelcomeMissReasons.Rejected]);
        world.Simulator.Ledger.CallsOf("gettoken").Count.ShouldBe(1);
        using var http = new HttpClient();
        var health = await http.GetStringAsync(new Uri($"http://127.0.0.1:{world.Port}/health/ready"));
        health.ShouldContain("Degraded");
        health.ShouldContain("40001");
        health.ShouldContain($"Wecom:Corps:{World.Corp}:Apps:{World.App}:Secret");
        health.ShouldNotContain("not-the-secret-77");
    }

    private async Task<IReadOnlyList<Bridge>> ThreeInstancesAsync(World world)
    {
        var broker = await rabbit.NewVirtualHostAsync();
        var database = await postgres.CreateDatabaseAsync();
        var bridges = new List<Bridge>();
        for (var n = 0; n < 3; n++)
        {
            bridges.Add(await world.StartBridgeAsync(world.Settings(n, FreePorts.Take(),
                ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("State:Provider", "Postgres"), ("State:ConnectionString", database), ("Roles:0", "Work"))));
        }

        // Callbacks go nowhere: the calls below are all there are.
        world.WecomCorp.App(World.App).CallbackUrl = null;
        return bridges;
    }

    private static async Task CallAllAsync(Bridge bridge, IEnumerable<SimulatedCustomer> customers)
    {
        var client = bridge.Get<IWecomClientFactory>().For(World.Corp, World.App, CallLane.Welcome);
        var answers = await Task.WhenAll(customers.Select(customer => client.ExecuteCgibinExternalContactGetAsync(new CgibinExternalContactGetRequest { ExternalUserid = customer.ExternalUserId }, CancellationToken.None)));
        answers.ShouldAllBe(answer => answer.IsSuccessful());
    }
}
