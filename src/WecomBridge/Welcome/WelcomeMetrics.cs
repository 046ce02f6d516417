using System.Diagnostics.Metrics;
using WecomBridge.Telemetry;

namespace WecomBridge.Welcome;

/// <summary>Counts and times of the greetings.</summary>
internal sealed class WelcomeMetrics
{
    /// <summary>From a hundredth of what is allowed to the life of a code.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 20] };

    private readonly Counter<long> _greetings;
    private readonly Counter<long> _lookUps;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _age;
    private readonly Histogram<double> _queueWait;

    public WelcomeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meters.Bridge);
        _greetings = meter.CreateCounter<long>("wecombridge.welcome.greetings", "{greeting}", "Greetings that came to their end, by outcome: sent, or the reason of welcome.missed");
        _lookUps = meter.CreateCounter<long>("wecombridge.welcome.lookups", "{lookup}", "Look-ups for greetings, by subject (staff, customer, crm) and outcome (found, unknown, late, failed)");
        _latency = meter.CreateHistogram("wecombridge.welcome.latency", "s", "From the callback's receipt to the start of the call that greets", tags: null, advice: Seconds);
        _age = meter.CreateHistogram("wecombridge.welcome.age", "s", "From the add, which WeCom gives in whole seconds, to the start of the call that greets", tags: null, advice: Seconds);
        _queueWait = meter.CreateHistogram("wecombridge.welcome.queue_wait", "s", "From the callback's receipt to the start of the greeting's work", tags: null, advice: Seconds);
    }

    /// <summary>A greeting came to its end.</summary>
    public void Ended(string outcome) => _greetings.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>The first call of a greeting began.</summary>
    public void Started(TimeSpan latency, TimeSpan age)
    {
        _latency.Record(Math.Max(0, latency.TotalSeconds));
        _age.Record(Math.Max(0, age.TotalSeconds));
    }

    /// <summary>A greeting was taken from the queue; another instance's clock may have received it.</summary>
    public void Taken(TimeSpan wait) => _queueWait.Record(Math.Max(0, wait.TotalSeconds));

    /// <summary>A look-up came to its end.</summary>
    public void LookedUp(string subject, string outcome) =>
        _lookUps.Add(1, new KeyValuePair<string, object?>("subject", subject), new KeyValuePair<string, object?>("outcome", outcome));
}
