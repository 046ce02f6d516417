using System.Diagnostics.Metrics;
using WecomBridge.Telemetry;

namespace WecomBridge.Work;

/// <summary>Counts of the reconcilers.</summary>
internal sealed class WorkMetrics
{
    private readonly Histogram<double> _duration;

    public WorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meters.Bridge);
        _duration = meter.CreateHistogram("wecombridge.work.duration", "s", "Time from claim to end of a piece of work, by lane and outcome", tags: null, advice: Buckets.Seconds);
    }

    /// <summary>One claim came to its end.</summary>
    public void Finished(string lane, string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("lane", lane), new KeyValuePair<string, object?>("outcome", outcome));
}
