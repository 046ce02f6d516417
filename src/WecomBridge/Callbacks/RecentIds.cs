namespace WecomBridge.Callbacks;

/// <summary>Remembers the last events, so that repeats can be counted: WeCom repeats within seconds. At least <paramref name="capacity"/> and at most twice as many.</summary>
/// <remarks>Only counts depend on it. What it has forgotten, or another instance has seen, is still one event: the id is the same.</remarks>
internal sealed class RecentIds(int capacity)
{
    private readonly Lock _lock = new();
    private HashSet<Guid> _newer = new(capacity);
    private HashSet<Guid> _older = new(capacity);

    /// <summary>Notes an id; true when it was there.</summary>
    public bool Note(Guid id)
    {
        lock (_lock)
        {
            if (_older.Contains(id) || !_newer.Add(id)) return true;
            if (_newer.Count < capacity) return false;
            (_newer, _older) = (_older, _newer);
            _newer.Clear();
            return false;
        }
    }
}
