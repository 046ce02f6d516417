namespace WecomBridge.Crm;

/// <summary>An answer that was kept.</summary>
/// <param name="Records">What the CRM said.</param>
/// <param name="Age">How long ago.</param>
/// <param name="IsStale">To be asked anew, in the background.</param>
internal readonly record struct CachedAnswer(CrmRecords Records, TimeSpan Age, bool IsStale);

/// <summary>Answers of the CRM, kept for a while; safe for concurrent use. When full, the oldest goes.</summary>
internal sealed class CrmCache(CrmCallOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(CrmKey, string), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = new();

    private sealed record Entry((CrmKey, string) Question, CrmRecords Records, DateTimeOffset ReadAt);

    /// <summary>The answer, unless it is too old; a stale one only for who cannot wait. That nobody was found is never used when stale: a customer who was just entered is to be found soon.</summary>
    public CachedAnswer? Find((CrmKey, string) question, bool mayBeStale)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(question, out var node)) return null;
            var age = time.GetUtcNow() - node.Value.ReadAt;
            if (age < options.CacheFor) return new CachedAnswer(node.Value.Records, age, IsStale: false);
            return mayBeStale && age < options.StaleFor && node.Value.Records.Count > 0 ? new CachedAnswer(node.Value.Records, age, IsStale: true) : null;
        }
    }

    public void Put((CrmKey, string) question, CrmRecords records)
    {
        if (options.CacheSize == 0 || (options.CacheFor == TimeSpan.Zero && options.StaleFor == TimeSpan.Zero)) return;
        lock (_lock)
        {
            if (_entries.Remove(question, out var old)) _oldestFirst.Remove(old);
            while (_entries.Count >= options.CacheSize)
            {
                _entries.Remove(_oldestFirst.First!.Value.Question);
                _oldestFirst.RemoveFirst();
            }

            _entries[question] = _oldestFirst.AddLast(new Entry(question, records, time.GetUtcNow()));
        }
    }
}
