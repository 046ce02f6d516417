using System.Diagnostics.Metrics;
using WecomBridge.Telemetry;

namespace WecomBridge.Tags;

/// <summary>Counts of tags.</summary>
internal sealed class TagsMetrics
{
    private readonly Counter<long> _writes;

    public TagsMetrics(IMeterFactory meters) =>
        _writes = meters.Create(Meters.Bridge).CreateCounter<long>("wecombridge.tags.writes", "{tag}", "Tags that were written to WeCom, by action (add, remove)");

    /// <summary>WeCom has taken these.</summary>
    public void Written(int added, int removed)
    {
        if (added > 0) _writes.Add(added, new KeyValuePair<string, object?>("action", "add"));
        if (removed > 0) _writes.Add(removed, new KeyValuePair<string, object?>("action", "remove"));
    }
}
