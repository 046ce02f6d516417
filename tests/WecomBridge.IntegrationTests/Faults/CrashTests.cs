using System.Diagnostics;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F1: the service dies at random under load.</summary>
public sealed class CrashTests(RabbitServer rabbit)
{
    private const int Kills = 20;

    [Fact]
    public async Task F1_killed_at_random_under_load_everything_acknowledged_is_on_the_bus()
    {
        await using var world = await World.StartAsync(options => options.Seed = 11);
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Roles:0", "Intake")]);
        await using var subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        using var poster = new CallbackPoster();
        var random = new Random(11);
        var acknowledged = new HashSet<string>();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 8).Select(async lane =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var plaintext = CallbackPoster.Contact("add_external_contact", "zhang01", $"wm{lane}-{n:00000}", 1_700_000_000);
                if (await poster.PostAsync(world.Port, plaintext)) lock (acknowledged) acknowledged.Add(CallbackPoster.IdOf(plaintext));
                else await Task.Delay(20);
            }
        }));

        var slowest = TimeSpan.Zero;
        for (var kill = 0; kill < Kills; kill++)
        {
            var starting = Stopwatch.StartNew();
            await using var bridge = await BridgeProcess.StartAsync(settings, world.Folder, new BridgeProcessOptions());
            slowest = starting.Elapsed > slowest ? starting.Elapsed : slowest;
            await Task.Delay(random.Next(50, 1200));
            await bridge.KillAsync();
        }

        await using var last = await BridgeProcess.StartAsync(settings, world.Folder, new BridgeProcessOptions());
        await Task.Delay(500);
        await stop.CancelAsync();
        await load;
        acknowledged.Count.ShouldBeGreaterThan(Kills * 10);
        await Eventually.BecomesTrueAsync("everything acknowledged is on wecom.events", () => acknowledged.IsSubsetOf(subscriber.Messages.Select(message => message.MessageId)));
        subscriber.Messages.GroupBy(message => message.Headers["cloudEvents_subject"]).ShouldAllBe(group => group.Select(message => message.MessageId).Distinct().Count() == 1);
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
