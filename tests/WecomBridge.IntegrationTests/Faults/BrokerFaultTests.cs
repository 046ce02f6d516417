using System.Diagnostics;
using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Spool;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F10, F11, F12: the broker stops, dies, or raises its alarm under load. No callback fails, nothing acknowledged is lost, order is kept.</summary>
public sealed class BrokerFaultTests : IAsyncLifetime
{
    private const int Customers = 40;
    private readonly RabbitServer _rabbit = new();
    private readonly CallbackPoster _poster = new();
    private readonly Dictionary<string, List<string>> _sent = [];
    private World _world = null!;
    private Bridge _bridge = null!;
    private Subscriber _subscriber = null!;
    private TimeSpan _slowest;
    private int _failed;

    public async ValueTask InitializeAsync()
    {
        await _rabbit.InitializeAsync();
        _world = await World.StartAsync();
        _bridge = await _world.StartBridgeAsync(_world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", _rabbit.Uri.ToString()), ("Roles:0", "Intake")]));
        _subscriber = await Subscriber.BindAsync(_rabbit.Uri, Exchanges.Events, "v1.#");

        // A broker killed within a second of declaring a quorum queue loses that queue.
        await Task.Delay(2000);
    }

    public async ValueTask DisposeAsync()
    {
        await _subscriber.DisposeAsync();
        await _world.DisposeAsync();
        _poster.Dispose();
        await _rabbit.DisposeAsync();
    }

    [Fact]
    public async Task F10_broker_stopped_under_load_no_callback_fails_and_the_spool_drains_in_order()
    {
        var load = LoadAsync(TimeSpan.FromSeconds(12));
        await Task.Delay(2000);
        await _rabbit.StopAppAsync();
        await Task.Delay(4000);
        _bridge.Get<SpoolStore>().Count(MessageLane.Event).ShouldBeGreaterThan(50);
        await _rabbit.StartAppAsync();
        await load;
        await AssertNothingLostAndOrderKeptAsync();
    }

    [Fact]
    public async Task F11_broker_killed_under_load_everything_acknowledged_is_there()
    {
        var load = LoadAsync(TimeSpan.FromSeconds(12));
        await Task.Delay(2000);
        await _rabbit.KillAsync();
        await Task.Delay(1000);
        await _rabbit.StartAsync();
        await load;
        await AssertNothingLostAndOrderKeptAsync();
    }

    [Fact]
    public async Task F12_memory_alarm_intake_goes_on_and_health_is_degraded()
    {
        var load = LoadAsync(TimeSpan.FromSeconds(8));
        await Task.Delay(1000);
        await _rabbit.SetMemoryWatermarkAsync("0");
        await Eventually.BecomesTrueAsync("health says degraded", async () => (await HealthAsync()).Contains("Degraded", StringComparison.Ordinal));

        // Consumers go on: an instance that works begins during the alarm, with what waits on the queue.
        var waiting = await DepthAsync(Topology.ProfilesQueue);
        waiting.ShouldBeGreaterThan(100u);
        await _world.StartBridgeAsync(_world.Settings(instance: 1, port: FreePorts.Take(), more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", _rabbit.Uri.ToString()), ("Roles:0", "Work")]));
        await Eventually.BecomesTrueAsync("the queue has been worked", async () => await DepthAsync(Topology.ProfilesQueue) == 0);
        (await HealthAsync()).ShouldContain("Degraded");
        await _rabbit.SetMemoryWatermarkAsync("0.4");
        await load;
        await AssertNothingLostAndOrderKeptAsync();
        (await HealthAsync()).ShouldContain("\"status\":\"Healthy\"");
    }

    [Fact]
    public async Task The_spool_drains_at_least_five_times_as_fast_as_load_fills_it()
    {
        await _rabbit.StopAppAsync();
        var filling = Stopwatch.StartNew();
        await LoadAsync(TimeSpan.FromSeconds(6), customers: 12);
        var inflow = _bridge.Get<SpoolStore>().Count(MessageLane.Event) / filling.Elapsed.TotalSeconds;
        await _rabbit.StartAppAsync();
        var spool = _bridge.Get<SpoolStore>();
        var waiting = spool.Count(MessageLane.Event);
        await Eventually.BecomesTrueAsync("the drain has begun", () => spool.Count(MessageLane.Event) < waiting);
        var draining = Stopwatch.StartNew();
        await Eventually.BecomesTrueAsync("the spool is empty", () => spool.Bytes == 0);
        var drain = waiting / draining.Elapsed.TotalSeconds;
        TestContext.Current.TestOutputHelper!.WriteLine($"inflow {inflow:0}/s, drain {drain:0}/s, ratio {drain / inflow:0.0}");
        drain.ShouldBeGreaterThan(5 * inflow);
    }

    /// <summary>Every customer's edits one after another, 25 a second and customer at most; ids in the order of their acknowledgement.</summary>
    private async Task LoadAsync(TimeSpan duration, int customers = Customers)
    {
        var running = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, customers).Select(async customer =>
        {
            var name = $"wmLOAD{customer:00}";
            var acknowledged = new List<string>();
            lock (_sent) _sent[name] = acknowledged;
            for (var n = 0; running.Elapsed < duration; n++)
            {
                var plaintext = CallbackPoster.Contact("edit_external_contact", "zhang01", name, 1_700_000_000 + n);
                var answering = Stopwatch.StartNew();
                if (await _poster.PostAsync(_world.Port, plaintext)) acknowledged.Add(CallbackPoster.IdOf(plaintext));
                else Interlocked.Increment(ref _failed);
                lock (_sent) _slowest = answering.Elapsed > _slowest ? answering.Elapsed : _slowest;
                await Task.Delay(40);
            }
        }));
    }

    private async Task AssertNothingLostAndOrderKeptAsync()
    {
        _failed.ShouldBe(0);
        _slowest.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        var expected = _sent.Values.Sum(ids => ids.Count);
        expected.ShouldBeGreaterThan(1000);
        await Eventually.BecomesTrueAsync("everything acknowledged is at the subscriber", () => _subscriber.Messages.Select(message => message.MessageId).Distinct().Count() >= expected);
        foreach (var (customer, ids) in _sent)
        {
            var arrived = _subscriber.Messages.Where(message => message.Headers["cloudEvents_subject"] == customer).Select(message => message.MessageId).Distinct().ToList();
            arrived.ShouldBe(ids, $"order of {customer}");
        }

        await Eventually.BecomesTrueAsync("the spool is empty", () => _bridge.Get<SpoolStore>().Bytes == 0);
        await Eventually.BecomesTrueAsync("intake is direct again", () => _bridge.Get<DirectGate>().ClosedSince is null);
    }

    private async Task<uint> DepthAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = _rabbit.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    private async Task<string> HealthAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{_world.Port}/health/ready"));
    }
}
