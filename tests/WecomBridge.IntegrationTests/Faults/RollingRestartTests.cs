using System.Diagnostics;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Faults;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F41: instances are replaced one after another under load, as an orchestrator does it.</summary>
public sealed class RollingRestartTests(RabbitServer rabbit, PostgresServer postgres)
{
    private const int Lanes = 12;

    [Fact]
    public async Task F41_SIGTERM_under_load_no_callback_fails_what_is_in_flight_is_finished_and_everybody_is_greeted_once()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var database = await postgres.CreateDatabaseAsync();
        (string, string?)[] shared = [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("State:Provider", "Postgres"), ("State:ConnectionString", database)];
        int[] ports = [FreePorts.Take(), FreePorts.Take()];
        Dictionary<string, string?>[] settings = [.. ports.Select((port, instance) => world.Settings(instance, port, shared))];
        var instances = new BridgeProcess[2];
        for (var i = 0; i < 2; i++) instances[i] = await world.StartBridgeProcessAsync(settings[i]);
        await using var events = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        await using var book = await GreetingBook.OpenAsync(world, broker);

        // WeCom's side is played by a balancer: it sends to every instance that takes part, and takes one out before it is told to end.
        var inTurn = ports.ToList();
        var (acknowledged, failed) = (new List<string>(), 0);
        using var stop = new CancellationTokenSource();
        using var poster = new CallbackPoster();
        world.WecomCorp.Put(new Simulator.Platform.SimulatedStaff("zhang01", "张三"));
        var load = Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                int port;
                lock (inTurn) port = inTurn[n % inTurn.Count];
                var plaintext = CallbackPoster.Contact("edit_external_contact", "zhang01", $"wmROLL{lane}-{n:00000}", 1_700_000_000 + n);
                if (await poster.PostAsync(port, plaintext)) lock (acknowledged) acknowledged.Add(CallbackPoster.IdOf(plaintext));
                else Interlocked.Increment(ref failed);
                await Task.Delay(20);
            }
        }));
        var adds = new List<Simulator.Platform.Happening>();
        var app = world.WecomCorp.App(World.App);
        for (var round = 0; round < 4; round++)
        {
            var leaving = round % 2;
            lock (inTurn) inTurn.Remove(ports[leaving]);
            app.CallbackUrl = World.CallbackUrl(ports[1 - leaving]);
            await Task.Delay(300);

            // Some greetings are still waiting for an answer when their instance is told to end.
            world.Simulator.Faults.Add(new FaultRule { Pattern = "externalcontact/send_welcome_msg", Kind = FaultKind.Hang, Times = 2 });
            for (var n = 0; n < 10; n++) adds.Add(world.WecomCorp.Customers.Add("zhang01", $"wmGREET{round}-{n}"));
            instances[leaving].Terminate();
            var ending = Stopwatch.StartNew();
            (await instances[leaving].ExitedAsync(TimeSpan.FromSeconds(25))).ShouldBe(0, instances[leaving].Output);
            TestContext.Current.TestOutputHelper!.WriteLine($"ended in {ending.Elapsed.TotalSeconds:0.0} s");
            instances[leaving] = await world.StartBridgeProcessAsync(settings[leaving]);
            lock (inTurn) inTurn.Add(ports[leaving]);
            await Task.Delay(500);
        }

        await stop.CancelAsync();
        await load;
        failed.ShouldBe(0);
        acknowledged.Count.ShouldBeGreaterThan(500);
        await Eventually.BecomesTrueAsync("everything acknowledged is on wecom.events", () => acknowledged.ToHashSet().IsSubsetOf(events.Messages.Select(message => message.MessageId)));
        (await book.BalanceAsync(adds)).ShouldBe(adds.Count);
    }
}
