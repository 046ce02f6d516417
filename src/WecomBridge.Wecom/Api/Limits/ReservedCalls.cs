namespace WecomBridge.Wecom.Api;

/// <summary>Calls that this process has reserved under one lane's budget; good for earlier lanes as well, whose budgets are wider. Not safe for concurrent use.</summary>
internal sealed class ReservedCalls
{
    private const int Least = 4;

    /// <summary>No process takes more of the minute's budget in one trip.</summary>
    private const int TripsInBudget = 64;

    /// <summary>An hour's budget is free again after an hour and two slots of it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(61);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private int _left;
    private int _granted;
    private DateTimeOffset _until;
    private DateTimeOffset _noneBefore;
    private DateTimeOffset _filledAt;

    /// <summary>The one call tells whether the API is open again.</summary>
    public bool IsProbe { get; private set; }

    /// <summary>The store has none before; in the past when it was not asked, gave some, or the clock was set back since.</summary>
    public DateTimeOffset NoneBefore(DateTimeOffset now) => now < _filledAt || _noneBefore > now + LongestWait ? default : _noneBefore;

    /// <summary>Uses one; false when none is good any more.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (_left == 0 || _until <= now) return false;
        _left--;
        return true;
    }

    /// <summary>Takes what the store gave, or its word that there is none.</summary>
    public void Fill(CallGrant grant, DateTimeOffset now)
    {
        (_left, _granted, _until, IsProbe) = (grant.Count, grant.Count, grant.Until, grant.IsProbe);
        (_noneBefore, _filledAt) = (grant.Count > 0 ? default : grant.RetryAt, now);
    }

    /// <summary>Forgets what is left: the API was closed or opened.</summary>
    public void Clear() => (_left, _granted, _noneBefore) = (0, 0, default);

    /// <summary>How many to reserve next: as many as were lately used before they lapsed, and more when they did not suffice. What is left over is lost to all instances.</summary>
    public int Demand(DateTimeOffset now, CallBudget budget)
    {
        var used = _granted - _left;
        var demand = now > _until + Remembered ? Least : _left == 0 && now < _until ? 2 * used : used + (used / 4) + 1;
        return Math.Clamp(demand, Least, Math.Max(Least, budget.PerMinute / TripsInBudget));
    }
}
