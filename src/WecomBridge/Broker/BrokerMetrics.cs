using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>Counts and times of messages, after OpenTelemetry's conventions for messaging. Destinations are exchanges and queues that the settings name.</summary>
internal sealed class BrokerMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _sending;
    private readonly Histogram<double> _processing;
    private readonly TimeProvider _time;

    public BrokerMetrics(IMeterFactory meters, IOptions<BrokerOptions> options, TimeProvider time)
    {
        _time = time;
        System = options.Value.Transport == BrokerTransport.RabbitMq ? "rabbitmq" : "wecombridge.spool";
        var meter = meters.Create(Meters.Bridge);
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that were published, by exchange or queue; with error.type those that were not confirmed");
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages that were handed to a consumer of this service, by queue; a repetition counts again");
        _deadLetters = meter.CreateCounter<long>("wecombridge.dead_letters", "{message}", "Messages that went to the dead letters, by queue and reason (unreadable, no_consumer, failed)");
        _sending = meter.CreateHistogram("messaging.client.operation.duration", "s", "Time from a publish to its confirm, by exchange or queue", tags: null, advice: Buckets.Seconds);
        _processing = meter.CreateHistogram("messaging.process.duration", "s", "Time that a consumer took for a message, by queue", tags: null, advice: Buckets.Seconds);
    }

    /// <summary>What carries the messages, in the words of the conventions.</summary>
    public string System { get; }

    /// <summary>Now, for the durations below.</summary>
    public long Timestamp => _time.GetTimestamp();

    /// <summary>A publish has ended.</summary>
    /// <param name="message">What was published.</param>
    /// <param name="started">Its <see cref="Timestamp"/>.</param>
    /// <param name="error">A small fixed word or a type's name; null when it was confirmed.</param>
    public void Sent(OutgoingMessage message, long started, string? error)
    {
        var tags = Tags(message.Exchange.Length == 0 ? message.RoutingKey : message.Exchange, "publish", error);
        _sent.Add(1, tags);
        _sending.Record(_time.GetElapsedTime(started).TotalSeconds, tags);
    }

    /// <summary>A consumer has ended.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Processed(string queue, long started, string? error)
    {
        var duration = _time.GetElapsedTime(started);
        var tags = Tags(queue, "process", error);
        _consumed.Add(1, tags);
        _processing.Record(duration.TotalSeconds, tags);
        return duration;
    }

    /// <summary>A message went to the dead letters.</summary>
    /// <param name="queue">Where it was.</param>
    /// <param name="reason">As in its header.</param>
    public void DeadLettered(string queue, string reason) => _deadLetters.Add(1, new("queue", queue), new("reason", reason switch
    {
        _ when reason.StartsWith("unreadable", StringComparison.Ordinal) => "unreadable",
        _ when reason.StartsWith("no consumer", StringComparison.Ordinal) => "no_consumer",
        _ => "failed",
    }));

    private TagList Tags(string destination, string operation, string? error)
    {
        var tags = new TagList { { "messaging.system", System }, { "messaging.operation.name", operation }, { "messaging.destination.name", destination } };
        if (error is not null) tags.Add("error.type", error);
        return tags;
    }
}
