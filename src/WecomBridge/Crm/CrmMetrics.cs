using System.Diagnostics.Metrics;
using WecomBridge.Telemetry;

namespace WecomBridge.Crm;

/// <summary>Counts and times of exchanges with the CRM.</summary>
internal sealed class CrmMetrics
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    public CrmMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meters.Bridge);
        _calls = meter.CreateCounter<long>("wecombridge.crm.calls", "{call}", "Exchanges with the CRM, by kind (questions, writes) and outcome; left_alone ones were not made");
        _duration = meter.CreateHistogram("wecombridge.crm.call.duration", "s", "Time of an exchange with the CRM, by kind and outcome", tags: null, advice: Buckets.Seconds);
    }

    /// <summary>An exchange has ended.</summary>
    public void Ended(string kind, string outcome, TimeSpan duration)
    {
        _calls.Add(1, new("kind", kind), new("outcome", outcome));
        if (outcome != "left_alone") _duration.Record(duration.TotalSeconds, new("kind", kind), new("outcome", outcome));
    }
}
