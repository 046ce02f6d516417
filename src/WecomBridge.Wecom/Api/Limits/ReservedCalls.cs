namespace WecomBridge.Wecom.Api;

/// <summary>Calls that this process has reserved under one lane's budget; good for earlier lanes as well, whose budgets are wider. Not safe for concurrent use.</summary>
internal sealed class ReservedCalls
{
    private const int Least = 4;

    /// <summary>No process takes more of the minute's budget in one trip.</summary>
    private const int TripsInBudget = 64;

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private int _left;
    private int _granted;
    private DateTimeOffset _until;

    /// <summary>The one call tells whether the API is open again.</summary>
    public bool IsProbe { get; private set; }

    /// <summary>The store has none before.</summary>
    public DateTimeOffset NoneBefore { get; private set; }

    /// <summary>Uses one; false when none is good any more.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (_left == 0 || _until <= now) return false;
        _left--;
        return true;
    }

    /// <summary>Takes what the store gave, or its word that there is none.</summary>
    public void Fill(CallGrant grant) => (_left, _granted, _until, IsProbe, NoneBefore) = (grant.Count, grant.Count, grant.Until, grant.IsProbe, grant.RetryAt);

    /// <summary>Forgets what is left: the API was closed or opened.</summary>
    public void Clear() => (_left, _granted, NoneBefore) = (0, 0, default);

    /// <summary>How many to reserve next: as many as were lately used before they lapsed, and more when they did not suffice. What is left over is lost to all instances.</summary>
    public int Demand(DateTimeOffset now, CallBudget budget)
    {
        var used = _granted - _left;
        var demand = now > _until + Remembered ? Least : _left == 0 && now < _until ? 2 * used : used + (used / 4) + 1;
        return Math.Clamp(demand, Least, Math.Max(Least, budget.PerMinute / TripsInBudget));
    }
}
