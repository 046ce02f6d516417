using System.Collections.Concurrent;

namespace WecomBridge.Routing;

/// <summary>What is wrong with subscribers' queues, one text each. Safe from any thread.</summary>
internal sealed class SubscriberFaults
{
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> All => [.. _faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => fault.Value)];

    /// <param name="key">What the fault is about: a queue, or a part of the work on queues.</param>
    /// <param name="fault">One sentence that names the queue and the remedy.</param>
    /// <returns>Whether it is news.</returns>
    public bool Set(string key, string fault)
    {
        var isNew = !_faults.TryGetValue(key, out var known) || known != fault;
        _faults[key] = fault;
        return isNew;
    }

    public void Clear(string key) => _faults.TryRemove(key, out _);

    /// <summary>Clears what is no longer looked at.</summary>
    /// <param name="keys">Those that stay.</param>
    /// <param name="which">Those that are meant at all.</param>
    public void ClearOthers(IReadOnlySet<string> keys, Func<string, bool> which)
    {
        foreach (var key in _faults.Keys.Where(key => which(key) && !keys.Contains(key))) Clear(key);
    }
}
