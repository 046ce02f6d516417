using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F2: the service dies at the worst instants.</summary>
[MostlyWaits]
public sealed class CrashPointTests(RabbitServer rabbit)
{
    [Theory]
    [InlineData("RabbitMq", nameof(CrashPoint.AfterConfirm))]
    [InlineData("Embedded", nameof(CrashPoint.AfterSpool))]
    [InlineData("Embedded", nameof(CrashPoint.AfterRelayConfirm))]
    [InlineData("RabbitMq", nameof(CrashPoint.AfterSendWelcome))]
    [InlineData("Embedded", nameof(CrashPoint.AfterSendWelcome))]
    [InlineData("RabbitMq", nameof(CrashPoint.AfterMarkTag))]
    [InlineData("Embedded", nameof(CrashPoint.AfterMarkTag))]
    public async Task F2_crash_at_a_named_point_ends_with_one_greeting_and_the_tag(string transport, string point)
    {
        await using var world = await World.StartAsync(options => options.Callbacks.RetryDelay = TimeSpan.FromSeconds(4));
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more: [("Broker:Transport", transport), ("Broker:Uri", broker.ToString()), ("Work:Lease", "00:00:05")]);
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        await using var crashing = await BridgeProcess.StartAsync(settings, world.Folder, new BridgeProcessOptions { Environment = new Dictionary<string, string> { [CrashPoints.Variable] = point } });
        var add = world.WecomCorp.Customers.Add("zhang01", "wm00001", new AddDetails { State = "store-1" });
        await crashing.ExitedAsync(TimeSpan.FromSeconds(20));

        await using var bridge = await BridgeProcess.StartAsync(settings, world.Folder, new BridgeProcessOptions());
        (await add.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        await Eventually.BecomesTrueAsync("the tag is there", () => world.WecomCorp.Customers.Relation("zhang01", "wm00001")!.TagIds.Count == 1);
        await Eventually.BecomesTrueAsync("one greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1);
        await Task.Delay(500);
        world.Simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(CrashPoint.AfterSpool))]
    [InlineData(nameof(CrashPoint.AfterRelayConfirm))]
    public async Task F2_crash_while_the_spool_stands_in_for_the_broker_loses_nothing(string point)
    {
        await using var world = await World.StartAsync(options => options.Callbacks.Retries = 0);
        var broker = await rabbit.NewVirtualHostAsync();
        var nowhere = new Uri($"amqp://guest:guest@127.0.0.1:{FreePorts.Take()}/");
        Dictionary<string, string?> Settings(Uri uri) => world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", uri.ToString()), ("Roles:0", "Intake")]);
        var crash = new BridgeProcessOptions { Environment = new Dictionary<string, string> { [CrashPoints.Variable] = point } };
        using var poster = new CallbackPoster();
        await using var subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        var plaintext = CallbackPoster.Contact("edit_external_contact", "zhang01", "wm1", 1_700_000_000);

        // The broker is away: the callback goes to the spool, and the process ends there or is ended after its answer.
        await using (var spooling = await BridgeProcess.StartAsync(Settings(nowhere), world.Folder, point == nameof(CrashPoint.AfterSpool) ? crash : new BridgeProcessOptions()))
        {
            var acknowledged = await poster.PostAsync(world.Port, plaintext);
            acknowledged.ShouldBe(point != nameof(CrashPoint.AfterSpool));
        }

        if (point == nameof(CrashPoint.AfterRelayConfirm))
        {
            var relaying = BridgeProcess.Launch(Settings(broker), world.Folder, crash);
            await relaying.ExitedAsync(TimeSpan.FromSeconds(20));
            await relaying.DisposeAsync();
        }

        await using var bridge = await BridgeProcess.StartAsync(Settings(broker), world.Folder, new BridgeProcessOptions());
        var copies = point == nameof(CrashPoint.AfterRelayConfirm) ? 2 : 1;
        await Eventually.BecomesTrueAsync("the event, and its copy where the crash came between confirm and delete", () => subscriber.Messages.Count == copies);
        subscriber.Messages.ShouldAllBe(message => message.MessageId == CallbackPoster.IdOf(plaintext));
    }
}
