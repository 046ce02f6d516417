using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F20 to F24: what stands in the way, poison, work that never succeeds, repeats, and real events that look like repeats.</summary>
public sealed class PoisonAndRepeatTests(RabbitServer rabbit, PostgresServer postgres)
{
    [Fact]
    public async Task F20_a_queue_with_other_arguments_stops_the_start_and_names_both_sides()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Topology.TagsQueue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = 5,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = Topology.DeadLettersOf(Topology.TagsQueue),
        });
        await channel.BasicPublishAsync("", Topology.TagsQueue, "keep me"u8.ToArray());

        var failure = await Should.ThrowAsync<TopologyMismatchException>(() => Bridge.StartAsync(Rabbit(world, broker)));
        failure.Message.ShouldContain("queue 'wecom.work.tags'");
        failure.Message.ShouldContain("another x-delivery-limit: expected '20'");
        failure.Message.ShouldContain("found '5'");
        (await channel.MessageCountAsync(Topology.TagsQueue)).ShouldBe(1u);
    }

    [Theory]
    [InlineData("no json", "unreadable")]
    [InlineData("{\"type\":\"com.wecombridge.customer.added.v1\",\"data\":{\"mobile\":\"13800138000\"}}", "unreadable")]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"8f2c8c1e-0000-8000-8000-000000000000\",\"source\":\"/x\",\"type\":\"com.wecombridge.customer.added.v1\",\"data\":null}", "unreadable")]
    [InlineData("{\"specversion\":\"1.0\",\"type\":\"com.wecombridge.no.such.v1\",\"id\":\"x\"}", "no consumer")]
    public async Task F21_poison_goes_to_the_dead_letters_with_a_reason_and_the_lane_flows_on(string body, string reason)
    {
        await using var world = await World.StartAsync();
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(Rabbit(world, broker));
        await using var letters = await Subscriber.OfQueueAsync(broker, Topology.DeadLettersOf(Topology.TagsQueue));
        await letters.PublishAsync(Topology.TagsQueue, body);

        await Eventually.BecomesTrueAsync("the poison is in the dead letters", () => !letters.Messages.IsEmpty);
        var letter = letters.Messages.Single();
        letter.Body.ShouldBe(body);
        letter.Headers[DeadLetterFilter.ReasonHeader].ShouldStartWith(reason);
        letter.Headers.Keys.ShouldAllBe(name => name.StartsWith("wb-") || name.StartsWith("cloudEvents_"));
        letter.Headers.Values.ShouldAllBe(value => !value.Contains("13800138000"));

        await world.WecomCorp.Customers.Add("zhang01", "wm00001", new AddDetails { State = "store-1" }).Delivered;
        await Eventually.BecomesTrueAsync("the lane flows on", () => world.WecomCorp.Customers.Relation("zhang01", "wm00001")!.TagIds.Count == 1);
        letters.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task F22_work_that_fails_for_ever_is_parked_with_its_reason_and_its_neighbours_are_done()
    {
        await using var world = await World.StartAsync();
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        var bridge = await world.StartBridgeAsync(world.Settings());
        var database = bridge.Get<IStateDatabase>();

        // A start marks every customer once, parked or not, and makes the tags; what is marked again is tried again.
        await world.WecomCorp.Customers.Add("zhang01", "wmfirst", new AddDetails { State = "store-1" }).Delivered;
        await Eventually.BecomesTrueAsync("the first one is tagged", () => world.WecomCorp.Customers.Relation("zhang01", "wmfirst")!.TagIds.Count == 1);
        await Eventually.BecomesTrueAsync("nothing is due", async () => (await database.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(null, null, null), 10, default), default)).Count == 0);
        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Api, Pattern = "externalcontact/mark_tag", Kind = FaultKind.ErrorCode, ErrorCode = 40058, Times = 1 });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => world.WecomCorp.Customers.Add("zhang01", $"wm{n}", new AddDetails { State = "store-1" }).Delivered));
        await Eventually.BecomesTrueAsync("the refused one is parked", async () => (await database.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(WorkLane.Tags, null, ListedState.Parked), 10, default), default)).Count == 1);
        await Eventually.BecomesTrueAsync("its neighbours are done", () => Enumerable.Range(0, 6).Count(n => world.WecomCorp.Customers.Relation("zhang01", $"wm{n}")!.TagIds.Count == 1) == 5);
        var parked = (await database.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(WorkLane.Tags, null, ListedState.Parked), 10, default), default)).Single();
        parked.Reason!.ShouldContain("40058");
        world.WecomCorp.Customers.Relation("zhang01", parked.Key.Key)!.TagIds.ShouldBeEmpty();
    }

    [Fact]
    public async Task F23_one_callback_at_three_instances_at_once_is_one_id_and_one_greeting()
    {
        await using var world = await World.StartAsync();
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        var broker = await rabbit.NewVirtualHostAsync();
        var database = await postgres.CreateDatabaseAsync();
        int[] ports = [world.Port, FreePorts.Take(), FreePorts.Take()];
        for (var n = 0; n < 3; n++)
            await world.StartBridgeAsync(Rabbit(world, broker, n, ports[n], ("State:Provider", "Postgres"), ("State:ConnectionString", database)));
        await using var subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        using var poster = new CallbackPoster();

        // The add happens at the simulator, which never sends its own callback: its plaintext, code and all, goes to three instances at once.
        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Callback, Kind = FaultKind.Drop });
        await world.WecomCorp.Customers.Add("zhang01", "wm00001", new AddDetails { State = "store-1" }).Delivered;
        var plaintext = world.Simulator.Ledger.Callbacks[0].Plaintext;
        (await Task.WhenAll(ports.Select(port => poster.PostAsync(port, plaintext)))).ShouldAllBe(acknowledged => acknowledged);

        await Eventually.BecomesTrueAsync("three copies of the event", () => subscriber.Of("customer.added").Count() == 3);
        subscriber.Of("customer.added").Select(message => message.MessageId).Distinct().Count().ShouldBe(1);
        await Eventually.BecomesTrueAsync("one greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1);
        await Task.Delay(1000);
        world.Simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(1);
        world.Simulator.Ledger.CallsOf("externalcontact/send_welcome_msg").Count.ShouldBe(1);
    }

    [Fact]
    public async Task F24_two_customers_of_one_second_and_one_staff_member_are_two_events()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(Rabbit(world, broker, 0, world.Port, ("Roles:0", "Intake")));
        await using var subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.acme.customer.added.*");
        using var poster = new CallbackPoster();
        (await Task.WhenAll(Enumerable.Range(0, 2).Select(n => poster.PostAsync(world.Port, CallbackPoster.Contact("add_external_contact", "zhang01", $"wm{n}", 1_700_000_000))))).ShouldBe([true, true]);
        await Eventually.BecomesTrueAsync("two events", () => subscriber.Messages.Select(message => message.MessageId).Distinct().Count() == 2);
        subscriber.Messages.Select(message => message.Headers["cloudEvents_subject"]).Order().ShouldBe(["wm0", "wm1"]);
    }

    private static Dictionary<string, string?> Rabbit(World world, Uri broker, int instance = 0, int? port = null, params (string, string?)[] more) =>
        world.Settings(instance, port, [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), .. more]);
}
