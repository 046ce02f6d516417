namespace WecomBridge.Simulator.Api;

/// <summary>How many of what was counted lie within the last stretch of time. Guarded by its owner's lock.</summary>
/// <param name="length">The stretch; what is exactly that old has left it.</param>
/// <param name="grain">Moments nearer to each other than this are kept as one, the first; zero keeps each.</param>
internal sealed class SlidingCount(TimeSpan length, TimeSpan grain)
{
    private readonly Queue<(long Ticks, int Count)> _moments = new();
    private (long Ticks, int Count) _last;
    private int _total;

    public int At(DateTimeOffset now)
    {
        var oldest = now.UtcTicks - length.Ticks;
        while (_moments.TryPeek(out var first) && first.Ticks <= oldest) _total -= _moments.Dequeue().Count;
        if (_last.Ticks <= oldest) _last = default;
        return _total + _last.Count;
    }

    public void Add(DateTimeOffset now)
    {
        var ticks = now.UtcTicks;
        if (_last.Count > 0 && ticks - _last.Ticks < grain.Ticks)
        {
            _last.Count++;
            return;
        }

        if (_last.Count > 0)
        {
            _moments.Enqueue(_last);
            _total += _last.Count;
        }

        _last = (ticks, 1);
    }

    public void Clear()
    {
        _moments.Clear();
        (_last, _total) = (default, 0);
    }
}
