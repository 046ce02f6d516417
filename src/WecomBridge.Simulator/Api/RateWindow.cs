namespace WecomBridge.Simulator.Api;

/// <summary>Minute and hour budget of one key; once spent, it is blocked (errors-and-limits 4.1). Guarded by its owner's lock.</summary>
internal sealed class RateWindow
{
    private readonly SlidingCount _minute = new(TimeSpan.FromMinutes(1), TimeSpan.Zero);
    private readonly SlidingCount _hour = new(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
    private DateTimeOffset _minuteStart;
    private DateTimeOffset _hourStart;
    private DateTimeOffset _blockedUntil;
    private TimeSpan _block;
    private int _inMinute;
    private int _inHour;

    /// <summary>Counts a call; false when it is refused. Refused calls are not counted, but prolong the block where the limits say so.</summary>
    public bool Enter(DateTimeOffset now, ApiLimits limits) => Enter(now, limits, limits.PerMinute, limits.PerHour);

    /// <summary>The same with other budgets.</summary>
    public bool Enter(DateTimeOffset now, ApiLimits limits, int perMinute, int perHour)
    {
        if (now < _blockedUntil)
        {
            if (limits.CallsProlongBlocks) _blockedUntil = now + _block;
            return false;
        }

        var (inMinute, inHour) = limits.Window == RateWindowKind.Sliding ? (_minute.At(now), _hour.At(now)) : Fixed(now);
        if (inHour >= perHour) return Block(now, limits.HourBlock);
        if (inMinute >= perMinute) return Block(now, limits.MinuteBlock);
        _inMinute++;
        _inHour++;
        if (limits.Window != RateWindowKind.Sliding) return true;
        _minute.Add(now);
        _hour.Add(now);
        return true;
    }

    /// <summary>Forgets counts and block.</summary>
    public void Reset()
    {
        (_minuteStart, _hourStart, _blockedUntil) = (default, default, default);
        _minute.Clear();
        _hour.Clear();
    }

    private (int InMinute, int InHour) Fixed(DateTimeOffset now)
    {
        if (now - _minuteStart >= TimeSpan.FromMinutes(1)) (_minuteStart, _inMinute) = (now, 0);
        if (now - _hourStart >= TimeSpan.FromHours(1)) (_hourStart, _inHour) = (now, 0);
        return (_inMinute, _inHour);
    }

    private bool Block(DateTimeOffset now, TimeSpan length)
    {
        (_blockedUntil, _block) = (now + length, length);
        return false;
    }
}
