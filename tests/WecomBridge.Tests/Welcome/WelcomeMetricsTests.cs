using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

public class WelcomeMetricsTests
{
    [Fact]
    public async Task A_greeting_is_counted_by_its_end_and_timed_to_its_first_call()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), ("Welcome:Rules:0:Name", "all"), ("Welcome:Rules:0:Text", "Hello{{staff.name}}"));
        var seen = new ConcurrentQueue<(string Instrument, double Value, string Tags)>();
        using var listener = Listen(host.Get<IMeterFactory>(), seen);
        host.Refuses(41051);

        await host.AddAsync(at: host.Time.GetUtcNow().AddSeconds(-3));

        seen.ShouldContain(("wecombridge.welcome.greetings", 1, "outcome=already_chatting"));
        seen.ShouldContain(("wecombridge.welcome.lookups", 1, "subject=staff,outcome=found"));
        seen.ShouldContain(("wecombridge.welcome.queue_wait", 2, ""));
        seen.ShouldContain(("wecombridge.welcome.latency", 2, ""));
        seen.ShouldContain(("wecombridge.welcome.age", 3, ""));
        seen.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_greeting_without_a_call_has_no_time_to_it()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), ("Welcome:Rules:0:Name", "all"), ("Welcome:Rules:0:Text", "Hello"));
        var seen = new ConcurrentQueue<(string Instrument, double Value, string Tags)>();
        using var listener = Listen(host.Get<IMeterFactory>(), seen);

        await host.AddAsync(code: null);

        seen.Select(measured => measured.Instrument).ShouldBe(["wecombridge.welcome.queue_wait", "wecombridge.welcome.greetings"]);
    }

    [Fact]
    public async Task A_greeting_whose_calls_never_left_has_no_time_to_it()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddWelcome(), ("Welcome:Rules:0:Name", "all"), ("Welcome:Rules:0:Text", "Hello"));
        var seen = new ConcurrentQueue<(string Instrument, double Value, string Tags)>();
        using var listener = Listen(host.Get<IMeterFactory>(), seen);
        host.Wecom.Fails(WecomPaths.SendWelcomeMessage, [.. Enumerable.Repeat(new WecomNotSentException(WecomPaths.SendWelcomeMessage, default), 20)]);

        await host.AddAsync(timePasses: true);

        seen.Select(measured => measured.Instrument).ShouldBe(["wecombridge.welcome.queue_wait", "wecombridge.welcome.greetings"]);
    }

    private static MeterListener Listen(IMeterFactory meters, ConcurrentQueue<(string, double, string)> seen)
    {
        var scope = meters.Create("WecomBridge").Scope;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("wecombridge.welcome.", StringComparison.Ordinal) && instrument.Meter.Scope == scope) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
