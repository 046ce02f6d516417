namespace WecomBridge.Crm;

/// <summary>Answers of the CRM, kept for a while; safe for concurrent use. When full, the oldest goes.</summary>
internal sealed class CrmCache(TimeSpan keepFor, int size, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();

    private sealed record Entry(string Question, CrmRecord? Record, DateTimeOffset ReadAt);

    public bool TryGet(string question, out CrmRecord? record, out TimeSpan age)
    {
        lock (_lock)
        {
            (record, age) = (null, TimeSpan.Zero);
            if (!_entries.TryGetValue(question, out var node)) return false;
            age = time.GetUtcNow() - node.Value.ReadAt;
            record = node.Value.Record;
            return age < keepFor;
        }
    }

    public void Put(string question, CrmRecord? record)
    {
        if (size == 0 || keepFor == TimeSpan.Zero) return;
        lock (_lock)
        {
            if (_entries.Remove(question, out var old)) _oldestFirst.Remove(old);
            while (_entries.Count >= size)
            {
                _entries.Remove(_oldestFirst.First!.Value.Question);
                _oldestFirst.RemoveFirst();
            }

            _entries[question] = _oldestFirst.AddLast(new Entry(question, record, time.GetUtcNow()));
        }
    }
}

/// <summary>One customer as an answer holds them.</summary>
internal sealed record CrmRecord(string Id, IReadOnlyDictionary<string, string> Fields)
{
    public override string ToString() => Id;
}
