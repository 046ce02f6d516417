using WecomBridge.Simulator.Api;

namespace WecomBridge.Simulator.Platform;

/// <summary>Special budgets that the base limits do not know, by name; guarded by the corp's lock.</summary>
internal sealed class CorpCounters
{
    private readonly Dictionary<(string Name, TimeSpan Length), SlidingCount> _counts = [];

    /// <summary>Counts one; false when there were already as many within the stretch.</summary>
    public bool Spend(string name, int most, TimeSpan length, DateTimeOffset now)
    {
        if (!_counts.TryGetValue((name, length), out var count)) _counts[(name, length)] = count = new SlidingCount(length, TimeSpan.Zero);
        if (count.At(now) >= most) return false;
        count.Add(now);
        return true;
    }
}
