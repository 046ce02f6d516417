using System.Globalization;

namespace WecomBridge.Wecom.Api;

/// <summary>What all instances share about one API of one corp: the calls of the last hour, and whether the platform has closed it. Not safe for concurrent use: its store serialises.</summary>
/// <remarks>No 60 seconds and no 60 minutes, wherever they begin, hold more calls than the budget they were reserved under. Bursts up to the whole budget are given.</remarks>
public sealed class CallLedger
{
    private const int SlotsInWindow = 240;

    /// <summary>How long reserved calls may be made while more than half the budget is free: few trips to the store. When it is tight, unused ones must not lie about.</summary>
    private static readonly TimeSpan CalmLife = TimeSpan.FromSeconds(2);

    /// <summary>Longest that one probe of a closed API keeps the others waiting: more than a call may take.</summary>
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(10);

    /// <summary>Section 6 of the platform's error notes: a minute limit turns after a minute, an hour limit after an hour.</summary>
    private static readonly TimeSpan[] Closings = [TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60)];

    /// <summary>While another's probe is out the store is asked again after so long: most are answered at once.</summary>
    private static readonly TimeSpan LookForProbe = TimeSpan.FromSeconds(1);

    /// <summary>Calls are counted up to <see cref="CalmLife"/> ahead, and neighbours' clocks differ by a few seconds.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    private readonly SlotCounts _minute = new(TimeSpan.FromMilliseconds(250), SlotsInWindow, Ahead);
    private readonly SlotCounts _hour = new(TimeSpan.FromSeconds(15), SlotsInWindow, Ahead);
    private CallClosing _closing = CallClosing.None;
    private DateTimeOffset _probeUntil;

    /// <summary>Reserves calls.</summary>
    /// <param name="now">The present.</param>
    /// <param name="wanted">At most so many; fewer may be given. At least 1.</param>
    /// <param name="budget">What may have been used afterwards, by everybody.</param>
    public CallGrant Reserve(DateTimeOffset now, int wanted, CallBudget budget)
    {
        var (minuteUsed, hourUsed) = (_minute.Used(now), _hour.Used(now));
        CallGrant None(DateTimeOffset retryAt) => new(0, retryAt, retryAt, minuteUsed, hourUsed, _closing, IsProbe: false);

        var isProbe = _closing.Count > 0;
        if (_closing.IsInForce(now)) return None(_closing.Until);
        if (isProbe && now < _probeUntil && _probeUntil <= now + (2 * ProbeWithin)) return None(Earlier(_probeUntil, now + LookForProbe));

        var free = Math.Min(budget.PerMinute - minuteUsed, budget.PerHour - hourUsed);
        if (free <= 0) return None(Later(_minute.FreeAt(now, budget.PerMinute), _hour.FreeAt(now, budget.PerHour)));

        var count = isProbe ? 1 : Math.Min(wanted, free);
        if (isProbe) _probeUntil = now + ProbeWithin;
        var isCalm = 2 * (minuteUsed + count) <= budget.PerMinute && 2 * (hourUsed + count) <= budget.PerHour;
        var slot = isCalm ? _minute.SlotOf(now + CalmLife) : _minute.SlotOf(now) + 1;
        var until = _minute.EndOf(slot);
        _minute.Add(slot, count);
        _hour.Add(_hour.SlotOf(until - TimeSpan.FromTicks(1)), count);
        return new CallGrant(count, until, now, minuteUsed + count, hourUsed + count, _closing, isProbe);
    }

    /// <summary>Counts calls that were made of late without having been reserved here.</summary>
    public void Add(DateTimeOffset now, int count)
    {
        if (count <= 0) return;
        _minute.Add(_minute.SlotOf(now), count);
        _hour.Add(_hour.SlotOf(now), count);
    }

    /// <summary>The platform said 45009. Closes the API for a minute, when it comes again after that for ten, then for sixty; while it is closed already, changes nothing.</summary>
    public CallClosing Close(DateTimeOffset now)
    {
        if (_closing.IsInForce(now)) return _closing;
        _closing = new CallClosing(_closing.Count + 1, now + Closings[Math.Min(_closing.Count, Closings.Length - 1)]);
        _probeUntil = default;
        return _closing;
    }

    /// <summary>The probe went through.</summary>
    public void Open() => (_closing, _probeUntil) = (CallClosing.None, default);

    /// <summary>The ledger as text, for a database.</summary>
    public string ToText() => string.Join('|', _closing.Count.ToString(CultureInfo.InvariantCulture), Text(_closing.Until), Text(_probeUntil), Text(_minute), Text(_hour));

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static CallLedger Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('|');
        if (parts.Length != 5) throw new FormatException("A ledger has five parts.");
        var ledger = new CallLedger { _closing = new CallClosing((int)Number(parts[0]), Time(parts[1])), _probeUntil = Time(parts[2]) };
        Read(parts[3], ledger._minute);
        Read(parts[4], ledger._hour);
        return ledger;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static string Text(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Text(SlotCounts counts) => string.Join(',', counts.All.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Slot}:{entry.Count}")));

    private static void Read(string text, SlotCounts counts)
    {
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw new FormatException("An entry of a ledger is a slot, a colon and a count.");
            counts.Add(Number(entry[..colon]), (int)Number(entry[(colon + 1)..]));
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.FromUnixTimeMilliseconds(Number(text));

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
