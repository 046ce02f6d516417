using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Options;
using WecomBridge.Spool;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>Shows how spool and broker stand; read when somebody looks.</summary>
internal sealed class BrokerGauges(IMeterFactory meters, SpoolStore spool, IOptions<SpoolOptions> limits, TimeProvider time, IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(Meters.Bridge);
        meter.CreateObservableGauge("wecombridge.spool.messages", () => Lanes().Select(lane => new Measurement<long>(spool.Count(lane.Lane), lane.Tag)), "{message}", "Messages that wait in the spool, by lane (event, welcome)");
        meter.CreateObservableGauge("wecombridge.spool.age", () => Lanes().Select(lane => new Measurement<double>(AgeOf(lane.Lane), lane.Tag)), "s", "Age of the oldest message in the spool since its receipt, by lane; 0 when none waits");
        meter.CreateObservableGauge("wecombridge.spool.size", () => spool.Bytes, "By", "Bytes that wait in the spool");
        meter.CreateObservableGauge("wecombridge.spool.limit", () => limits.Value.MaxBytes, "By", "Bytes that the spool takes at most (Spool:MaxBytes)");
        meter.CreateObservableGauge("wecombridge.spool.writable", () => spool.Fault is null ? 1 : 0, "{flag}", "1 while the spool takes messages, else 0");
        meter.CreateObservableGauge("wecombridge.spool.damaged_files", () => spool.DamagedFiles, "{file}", "Damaged spool files that were set aside since the start");
        if (services.GetService<RabbitPublisher>() is not { } publisher || services.GetService<DirectGate>() is not { } gate) return Task.CompletedTask;
        meter.CreateObservableGauge("wecombridge.broker.ready", () => publisher.Ready ? 1 : 0, "{flag}", "1 while the broker takes publishes, else 0; with RabbitMq only");
        meter.CreateObservableGauge("wecombridge.broker.direct", () => gate.ClosedSince is null ? 1 : 0, "{flag}", "1 while callbacks go straight to the broker, 0 while they go through the spool; with RabbitMq only");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<(MessageLane Lane, KeyValuePair<string, object?> Tag)> Lanes() => [(MessageLane.Event, new("lane", "event")), (MessageLane.Welcome, new("lane", "welcome"))];

    private double AgeOf(MessageLane lane)
    {
        if (spool.Count(lane) == 0 || spool.Read(lane, after: -1, max: 1) is not [var oldest, ..]) return 0;
        var received = oldest.Message.Attributes.TryGetValue(EventWriter.HeaderPrefix + "wbreceived", out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : oldest.Message.Time;
        return Math.Max(0, (time.GetUtcNow() - received).TotalSeconds);
    }
}
