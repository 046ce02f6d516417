namespace WecomBridge.Simulator.Api;

/// <summary>Minute and hour budget of one key; once spent, it is blocked for 60 s or 60 min (errors-and-limits 4.1). Guarded by its owner's lock.</summary>
internal sealed class RateWindow
{
    private DateTimeOffset _minute;
    private DateTimeOffset _hour;
    private DateTimeOffset _blockedUntil;
    private int _inMinute;
    private int _inHour;

    /// <summary>Counts a call; false when it is refused.</summary>
    public bool Enter(DateTimeOffset now, int perMinute, int perHour)
    {
        if (now < _blockedUntil) return false;
        if (now - _minute >= TimeSpan.FromMinutes(1)) (_minute, _inMinute) = (now, 0);
        if (now - _hour >= TimeSpan.FromHours(1)) (_hour, _inHour) = (now, 0);
        if (_inHour >= perHour) return Block(now + TimeSpan.FromHours(1));
        if (_inMinute >= perMinute) return Block(now + TimeSpan.FromMinutes(1));
        _inMinute++;
        _inHour++;
        return true;
    }

    private bool Block(DateTimeOffset until)
    {
        _blockedUntil = until;
        return false;
    }
}
