using System.Collections.Immutable;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;
using WecomBridge.State;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>Tags while State is away, and while administrators change the tags themselves.</summary>
[MostlyWaits]
public sealed class TagFaultTests(RabbitServer rabbit)
{
    [Fact]
    public async Task F7_with_PostgreSQL_away_callbacks_are_taken_and_what_they_ask_for_is_done_after()
    {
        await using var server = new PostgresServer();
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more:
            [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("State:Provider", "Postgres"), ("State:ConnectionString", await server.CreateDatabaseAsync())]));
        await using var events = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.*.customer.#");
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        var first = Add(world, 0);
        await Eventually.BecomesTrueAsync("the first is tagged", () => TagsOf(world, first).Count == 1);

        await server.StopAsync();
        var away = TimeSpan.FromMinutes(3).Or(TimeSpan.FromSeconds(10));
        var customers = new List<string>();
        for (var n = 1; n <= 40; n++)
        {
            customers.Add(Add(world, n));
            await Task.Delay(away / 40);
        }

        await Eventually.BecomesTrueAsync("every callback is answered 200", () => world.Simulator.Ledger.Acknowledged.Count(callback => callback.ExternalUserId is { } id && customers.Contains(id)) >= 40);
        world.Simulator.Ledger.Callbacks.ShouldAllBe(callback => callback.Attempt == 0 || callback.Attempt == 1);
        await Eventually.BecomesTrueAsync("every event is on the bus", () => events.Of("customer.added").Count() == 41);
        TagsOf(world, customers[0]).ShouldBeEmpty();

        await server.StartAgainAsync();
        await Eventually.BecomesTrueAsync("all are tagged", () => customers.TrueForAll(customer => TagsOf(world, customer).Count == 1));
        world.Simulator.Ledger.TagMarks.Count.ShouldBe(41);
        await Eventually.BecomesTrueAsync("nothing is left", async () => await bridge.Get<IStateDatabase>().ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work WHERE lane = 'tags'"), CancellationToken.None) == 0);
    }

    private static string Add(World world, int number)
    {
        var customer = $"wmSTATE{number:00}";
        world.WecomCorp.Customers.Add("zhang01", customer, new AddDetails { State = "store-7" });
        return customer;
    }

    private static ImmutableList<string> TagsOf(World world, string customer) => world.WecomCorp.Customers.Relation("zhang01", customer)?.TagIds ?? [];
}
