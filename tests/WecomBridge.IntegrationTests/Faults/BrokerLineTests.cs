using System.Diagnostics;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Spool;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F16, and a broker that is slow rather than away: what was not confirmed is sent again, and no more than that.</summary>
[MostlyWaits]
public sealed class BrokerLineTests(RabbitServer rabbit) : IAsyncLifetime
{
    private const int Lanes = 12;
    private readonly CallbackPoster _poster = new();
    private World _world = null!;
    private BrokerLine _line = null!;
    private Subscriber _subscriber = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        _line = new BrokerLine(broker);
        _subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
    }

    public async ValueTask DisposeAsync()
    {
        await _subscriber.DisposeAsync();
        await _world.DisposeAsync();
        await _line.DisposeAsync();
        _poster.Dispose();
    }

    [Fact]
    public async Task A_slow_broker_gets_what_waits_in_the_spool_at_its_own_pace_and_nothing_twice()
    {
        _line.IsUp = false;
        var bridge = await StartAsync(_line);
        var ids = await PostAsync(perLane: 80);
        (_line.BytesPerSecond, _line.IsUp) = (80_000, true);
        var draining = Stopwatch.StartNew();
        await AssertAllArriveAsync(bridge, _subscriber, ids);

        // One round of the relay took longer than a callback would have waited for a confirm.
        draining.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(4));
        _subscriber.Messages.Count.ShouldBe(ids.Count);
    }

    [Fact]
    public async Task F16_a_connection_that_swallows_everything_is_given_up_and_what_was_unconfirmed_is_sent_again_with_the_same_ids()
    {
        var bridge = await StartAsync(_line);
        var ids = await PostAsync(perLane: 10);
        bridge.Get<DirectGate>().ClosedSince.ShouldBeNull();
        _line.Swallow();
        ids.UnionWith(await PostAsync(perLane: 10, first: 10));
        await AssertAllArriveAsync(bridge, _subscriber, ids);
    }

    [Fact]
    public async Task A_memory_alarm_while_the_spool_drains_holds_up_no_change_of_settings()
    {
        await using var own = new RabbitBroker();
        await own.InitializeAsync();
        await using var line = new BrokerLine(own.Uri) { IsUp = false };
        await using var subscriber = await Subscriber.BindAsync(own.Uri, Exchanges.Events, "v1.#");
        var bridge = await StartAsync(line);
        var ids = await PostAsync(perLane: 80);
        (line.BytesPerSecond, line.IsUp) = (20_000, true);
        await Eventually.BecomesTrueAsync("the drain has begun", () => !subscriber.Messages.IsEmpty);
        await own.SetMemoryWatermarkAsync("0");
        var publisher = bridge.Get<RabbitPublisher>();
        await Eventually.BecomesTrueAsync("the broker blocks", () => publisher.Fault?.StartsWith("blocked", StringComparison.Ordinal) == true);
        await publisher.ChangeRoutesAsync(() => Task.CompletedTask, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        subscriber.Messages.Count.ShouldBeLessThan(ids.Count);
        line.BytesPerSecond = 0;
        await own.SetMemoryWatermarkAsync("0.4");
        await AssertAllArriveAsync(bridge, subscriber, ids);
    }

    private Task<Bridge> StartAsync(BrokerLine line) => _world.StartBridgeAsync(_world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", line.Uri.ToString()), ("Roles:0", "Intake")]));

    private async Task<HashSet<string>> PostAsync(int perLane, int first = 0)
    {
        var ids = new HashSet<string>();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            for (var n = first; n < first + perLane; n++)
            {
                var plaintext = CallbackPoster.Contact("edit_external_contact", "zhang01", $"wmLINE{lane:00}", 1_700_000_000 + n);
                (await _poster.PostAsync(_world.Port, plaintext)).ShouldBeTrue();
                lock (ids) ids.Add(CallbackPoster.IdOf(plaintext));
            }
        }));
        return ids;
    }

    private static async Task AssertAllArriveAsync(Bridge bridge, Subscriber subscriber, HashSet<string> ids)
    {
        await Eventually.BecomesTrueAsync("everything acknowledged is at the subscriber", () => ids.IsSubsetOf(subscriber.Messages.Select(message => message.MessageId)));
        subscriber.Messages.Select(message => message.MessageId).ShouldBeSubsetOf(ids);
        await Eventually.BecomesTrueAsync("intake is direct again", () => bridge.Get<DirectGate>().ClosedSince is null && bridge.Get<SpoolStore>().Bytes == 0);
    }
}
