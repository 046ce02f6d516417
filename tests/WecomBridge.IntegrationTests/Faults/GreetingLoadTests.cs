using System.Diagnostics;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F34 and the burst: many adds while ten thousand customers are being tagged and five subscribers read along.</summary>
public sealed class GreetingLoadTests(RabbitServer rabbit, PostgresServer postgres)
{
    private const int Bulk = 10_000;
    private const int Subscribers = 5;

    [Theory]
    [InlineData("Sqlite", 200, 10)]
    [InlineData("Postgres", 50, 15)]
    public async Task F34_greetings_do_not_wait_behind_bulk_work(string state, int addsPerSecond, int seconds)
    {
        var adds = addsPerSecond * seconds;
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Logging:LogLevel:WecomBridge", "Information")]);
        for (var n = 0; n < Subscribers; n++)
        {
            settings[$"Routing:Subscribers:team{n}:Queue"] = $"crm.team{n}.customers";
            settings[$"Routing:Subscribers:team{n}:Events:0"] = "customer.*";
            settings[$"Routing:Subscribers:team{n}:Events:1"] = "welcome.*";
        }

        if (state == "Postgres") (settings["State:Provider"], settings["State:ConnectionString"]) = (state, await postgres.CreateDatabaseAsync());
        using var measurements = new Measurements();
        var bridge = await world.StartBridgeAsync(settings);
        await using var book = await GreetingBook.OpenAsync(world, broker);
        var teams = new List<Subscriber>();
        for (var n = 0; n < Subscribers; n++) teams.Add(await Subscriber.OfQueueAsync(broker, $"crm.team{n}.customers"));
        var people = Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 20, Customers = Bulk + adds, KnownToCrm = 0 });
        await SeedBulkAsync(world, bridge, people.Customers.Take(Bulk));

        var happenings = await TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = addsPerSecond, Duration = TimeSpan.FromSeconds(seconds) }, seed: 34, CancellationToken.None);
        happenings.Count.ShouldBe(adds);
        var greeted = await book.BalanceAsync(happenings);
        var inTime = world.Simulator.Ledger.AcceptedWelcomes.Count(welcome => welcome.AgeMs <= 10_000);
        var wait = measurements.Percentile("wecombridge.welcome.queue_wait", 99);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{state}, {addsPerSecond} adds/s: {inTime} of {adds} greeted within 10 s ({greeted} in all), slowest {world.Simulator.Ledger.AcceptedWelcomes.Max(welcome => welcome.AgeMs):0} ms, queue wait p99 {wait * 1000:0} ms, {world.Simulator.Ledger.TagMarks.Count} bulk writes meanwhile");
        ((double)inTime / adds).ShouldBeGreaterThanOrEqualTo(0.999);
        wait.ShouldBeLessThan(1);
        world.Simulator.Ledger.TagMarks.Count.ShouldBeGreaterThan(100, "the bulk job ran beside");
        foreach (var team in teams)
        {
            await Eventually.BecomesTrueAsync("every subscriber saw every add", () => team.Of("customer.added").Count() == adds);
            await team.DisposeAsync();
        }
    }

    /// <summary>Customers of long standing whose tags are due, without a callback of theirs.</summary>
    private static async Task SeedBulkAsync(World world, Bridge bridge, IEnumerable<SimulatedCustomer> customers)
    {
        var app = world.WecomCorp.App(World.App);
        var callbacks = app.CallbackUrl;
        app.CallbackUrl = null;
        var keys = customers.Select(customer => customer.ExternalUserId).ToList();
        foreach (var customer in keys) world.WecomCorp.Customers.Add(world.WecomCorp.Staff[0].UserId, customer, new AddDetails { State = "store-bulk" });
        app.CallbackUrl = callbacks;

        var (database, now) = (bridge.Get<IStateDatabase>(), DateTimeOffset.UtcNow);
        foreach (var chunk in keys.Chunk(500))
        {
            await database.WriteAsync(
                async session =>
                {
                    foreach (var key in chunk) await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, World.Corp, key), World.App, now, Guid.NewGuid(), now);
                },
                CancellationToken.None);
        }

        bridge.Get<WorkSignal>().Raise(WorkLane.Tags);
        var waited = Stopwatch.StartNew();
        while (world.Simulator.Ledger.TagMarks.Count == 0 && waited.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(50);
    }
}
