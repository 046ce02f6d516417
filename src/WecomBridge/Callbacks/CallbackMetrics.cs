using System.Diagnostics;
using System.Diagnostics.Metrics;
using WecomBridge.Telemetry;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>How a callback ended.</summary>
internal enum CallbackOutcome
{
    /// <summary>200: the event is durable.</summary>
    Acknowledged,

    /// <summary>400, 403, 404 or 413.</summary>
    Refused,

    /// <summary>The connection was broken without an answer; WeCom calls again.</summary>
    Aborted,
}

/// <summary>Counts and times of callbacks. Corps and apps are those of the settings; what a caller invents is never a tag.</summary>
internal sealed class CallbackMetrics
{
    private static readonly string[] KeyIndexes = [.. Enumerable.Range(0, 8).Select(index => index.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    private readonly Counter<long> _received;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _aborted;
    private readonly Histogram<double> _duration;

    public CallbackMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meters.Bridge);
        _received = meter.CreateCounter<long>("wecombridge.callbacks.received", "{callback}", "Callbacks that were posted to a configured app, by corp and app");
        _acknowledged = meter.CreateCounter<long>("wecombridge.callbacks.acknowledged", "{callback}", "Callbacks that were made durable and answered 200, by corp, app, event and key (0 for the first of the app's keys)");
        _repeated = meter.CreateCounter<long>("wecombridge.callbacks.repeated", "{callback}", "Acknowledged callbacks whose event this instance had acknowledged shortly before, by corp and app");
        _refused = meter.CreateCounter<long>("wecombridge.callbacks.refused", "{callback}", "Callbacks and verifications that were refused, by reason");
        _aborted = meter.CreateCounter<long>("wecombridge.callbacks.aborted", "{callback}", "Callbacks whose connection was broken without an answer, by reason; WeCom calls again");
        _duration = meter.CreateHistogram("wecombridge.callback.answer.duration", "s", "Time from a callback's head to its answer, by outcome", tags: null, advice: Buckets.Seconds);
    }

    /// <summary>One came for this app.</summary>
    public void Received(CallbackSource source) => _received.Add(1, new("corp", source.Corp), new("app", source.App));

    /// <summary>One was made durable.</summary>
    public void Acknowledged(CallbackSource source, string type, int keyIndex, bool isRepeated)
    {
        var tags = new TagList { { "corp", source.Corp }, { "app", source.App }, { "event", type }, { "key", KeyIndexes[keyIndex] } };
        _acknowledged.Add(1, tags);
        if (isRepeated) _repeated.Add(1, new("corp", source.Corp), new("app", source.App));
    }

    /// <summary>One was refused.</summary>
    /// <param name="reason">A small fixed word.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>One got no answer.</summary>
    /// <param name="reason">A small fixed word.</param>
    public void Aborted(string reason) => _aborted.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>One has ended.</summary>
    public void Answered(CallbackOutcome outcome, TimeSpan duration) => _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", WordOf(outcome)));

    /// <summary>The word for an outcome.</summary>
    public static string WordOf(CallbackOutcome outcome) => outcome switch
    {
        CallbackOutcome.Acknowledged => "acknowledged",
        CallbackOutcome.Refused => "refused",
        _ => "aborted",
    };

    /// <summary>The word for what the cryptography found.</summary>
    public static string WordOf(CallbackCryptoResult result) => result switch
    {
        CallbackCryptoResult.SignatureMismatch => "signature",
        CallbackCryptoResult.ReceiverMismatch => "receiver",
        CallbackCryptoResult.ParseFailed => "envelope",
        _ => "decryption",
    };
}
