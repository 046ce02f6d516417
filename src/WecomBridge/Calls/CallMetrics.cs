using System.Diagnostics.Metrics;
using System.Globalization;
using WecomBridge.Telemetry;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary>What the calls of the platform cost and what is left for them. Listed in docs/metrics.md.</summary>
internal sealed class CallMetrics : IWecomInterceptor
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;

    public CallMetrics(IMeterFactory meters, CallGovernor governor)
    {
        var meter = meters.Create(Meters.Bridge);
        _calls = meter.CreateCounter<long>("wecombridge.wecom.calls", "{call}", "Exchanges with WeCom by API, lane, outcome and code; withheld ones were not made");
        _duration = meter.CreateHistogram("wecombridge.wecom.call.duration", "s", "Time from an exchange's beginning to its answer's end, by API and outcome", tags: null, advice: Buckets.Seconds);
        _wait = meter.CreateHistogram("wecombridge.wecom.call.wait", "s", "Time a call waited for its turn, by lane", tags: null, advice: Buckets.Seconds);
        meter.CreateObservableGauge("wecombridge.wecom.budget.left", () => governor.Read().SelectMany(Left), "{call}", "Calls left in the present window (minute, hour), by corp and API");
        meter.CreateObservableGauge(
            "wecombridge.wecom.concurrency.limit", () => governor.Read().Select(api => new Measurement<int>(api.ConcurrencyLimit, Tag("corp", api.Corp), Tag("api", api.Api))), "{call}", "Calls of one API that may run at once, by corp and API");
    }

    /// <inheritdoc />
    public void Starting(in WecomExchange exchange) => _wait.Record(exchange.Waited.TotalSeconds, Lane(exchange));

    /// <inheritdoc />
    public void Finished(in WecomExchange exchange, in WecomOutcome outcome)
    {
        var word = WordOf(outcome);
        _calls.Add(1, Tag("api", exchange.Api), Lane(exchange), Tag("outcome", word), Tag("code", outcome.ErrorCode?.ToString(CultureInfo.InvariantCulture) ?? "none"));
        _duration.Record(outcome.Duration.TotalSeconds, Tag("api", exchange.Api), Tag("outcome", word));
    }

    /// <inheritdoc />
    public void Withheld(in WecomExchange exchange)
    {
        _wait.Record(exchange.Waited.TotalSeconds, Lane(exchange));
        _calls.Add(1, Tag("api", exchange.Api), Lane(exchange), Tag("outcome", "withheld"), Tag("code", "none"));
    }

    private static IEnumerable<Measurement<int>> Left(CallGauge api) =>
    [
        new(api.MinuteLeft, Tag("corp", api.Corp), Tag("api", api.Api), Tag("window", "minute")),
        new(api.HourLeft, Tag("corp", api.Corp), Tag("api", api.Api), Tag("window", "hour")),
    ];

    /// <summary>The word for an outcome.</summary>
    public static string WordOf(in WecomOutcome outcome) => outcome switch
    {
        { Failure: { } failure } => Word(failure),
        { ErrorCode: WecomErrorCodes.Ok } => "ok",
        _ => "abandoned",
    };

    /// <summary>The word for a lane.</summary>
    public static string WordOf(CallLane lane) => lane switch
    {
        CallLane.Welcome => "welcome",
        CallLane.Interactive => "interactive",
        CallLane.Sync => "sync",
        _ => "bulk",
    };

    private static KeyValuePair<string, object?> Lane(in WecomExchange exchange) => Tag("lane", WordOf(exchange.Lane));

    private static string Word(WecomFailure failure) => failure switch
    {
        WecomFailure.Transient => "transient",
        WecomFailure.Throttled => "throttled",
        WecomFailure.Conflict => "conflict",
        WecomFailure.Denied => "denied",
        WecomFailure.Rejected => "rejected",
        WecomFailure.Gone => "gone",
        _ => "expired",
    };

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
