using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;

namespace WecomBridge.Tests.Broker;

public sealed class HandledFilterTests
{
    private const string Common = "messaging.system=wecombridge.spool,messaging.operation.name=process,messaging.destination.name=wecom.work.tags";

    [Fact]
    public async Task A_consumer_is_timed_and_its_failure_named_by_kind()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddTags());
        var seen = new ConcurrentQueue<(string Instrument, string Tags)>();
        using var listener = Listen(host.Get<IMeterFactory>(), seen);

        await host.AddedAsync();
        host.Refuses = true;
        await Should.ThrowAsync<NotDurableException>(() => host.DispatchAsync(new ApplyTags { Corp = "acme", ExternalUserId = "wm1", Add = ["Nobody/Manages"] }));

        seen.ShouldBe(
        [
            ("messaging.client.consumed.messages", Common), ("messaging.process.duration", Common),
            ("messaging.client.consumed.messages", $"{Common},error.type=NotDurableException"), ("messaging.process.duration", $"{Common},error.type=NotDurableException"),
        ]);
    }

    private static MeterListener Listen(IMeterFactory meters, ConcurrentQueue<(string, string)> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "WecomBridge" && instrument.Name.StartsWith("messaging.", StringComparison.Ordinal) && instrument.Meter.Scope == meters) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Enqueue((instrument.Name, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue((instrument.Name, Text(tags))));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
