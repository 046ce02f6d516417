using System.Diagnostics.Metrics;

namespace WecomBridge.Work;

/// <summary>Counts of the reconcilers.</summary>
internal sealed class WorkMetrics
{
    private readonly Histogram<double> _duration;

    public WorkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("WecomBridge");
        _duration = meter.CreateHistogram<double>("wecombridge.work.duration", "s", "Time from claim to end of a piece of work, by lane and outcome");
    }

    /// <summary>One claim came to its end.</summary>
    public void Finished(string lane, string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("lane", lane), new KeyValuePair<string, object?>("outcome", outcome));
}
