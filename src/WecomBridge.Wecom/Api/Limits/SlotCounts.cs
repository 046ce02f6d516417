namespace WecomBridge.Wecom.Api;

/// <summary>Calls of a sliding window, counted in fine slots so that no interval of the window's length, wherever it begins, holds more than was counted here.</summary>
/// <remarks>
/// A call is counted in the last slot in which it may be made, and a slot counts for one slot longer than the window, for calls that leave late.
/// Clocks go wrong: what lies further ahead than anything is counted was written by a clock that has been set right since, and is forgotten; what is past makes room
/// only for what comes, so that one instance whose clock is fast does not wipe out what the others have counted.
/// </remarks>
internal sealed class SlotCounts(TimeSpan slot, int slotsInWindow, TimeSpan ahead)
{
    private readonly long _slotMs = (long)slot.TotalMilliseconds;
    private readonly int _most = slotsInWindow + (int)(ahead / slot) + 4;
    private readonly List<(long Slot, int Count)> _slots = [];

    /// <summary>Slots with their counts, oldest first.</summary>
    public IReadOnlyList<(long Slot, int Count)> All => _slots;

    /// <summary>The slot of a time.</summary>
    public long SlotOf(DateTimeOffset time) => Math.DivRem(time.ToUnixTimeMilliseconds(), _slotMs).Quotient;

    /// <summary>When a slot ends.</summary>
    public DateTimeOffset EndOf(long slot) => DateTimeOffset.FromUnixTimeMilliseconds((slot + 1) * _slotMs);

    /// <summary>Calls that count at a time.</summary>
    public int Used(DateTimeOffset now)
    {
        var newest = SlotOf(now + ahead) + 1;
        _slots.RemoveAll(entry => entry.Slot > newest);
        if (_slots.Count > _most) _slots.RemoveRange(0, _slots.Count - _most);
        var used = 0;
        foreach (var entry in _slots) used += Counts(entry.Slot, now) ? entry.Count : 0;
        return used;
    }

    /// <summary>Counts calls in a slot.</summary>
    public void Add(long slot, int count)
    {
        var at = _slots.Count;
        while (at > 0 && _slots[at - 1].Slot > slot) at--;
        if (at > 0 && _slots[at - 1].Slot == slot) _slots[at - 1] = (slot, _slots[at - 1].Count + count);
        else _slots.Insert(at, (slot, count));
    }

    /// <summary>When fewer calls than a limit count, if no more are made; at least the present.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, int limit)
    {
        var excess = Used(now) - limit + 1;
        if (excess <= 0) return now;
        foreach (var entry in _slots)
        {
            excess -= Counts(entry.Slot, now) ? entry.Count : 0;
            if (excess <= 0) return EndOf(entry.Slot + slotsInWindow + 1);
        }

        return now;
    }

    private bool Counts(long slot, DateTimeOffset now) => slot >= SlotOf(now) - slotsInWindow - 1;
}
