namespace WecomBridge.Wecom.Api;

/// <summary>That the platform has closed an API to a corp (45009).</summary>
/// <param name="Count">Closings in a row; 0 when it is open.</param>
/// <param name="Until">Nothing is sent before; then one probe goes ahead of the rest.</param>
public sealed record CallClosing(int Count, DateTimeOffset Until)
{
    /// <summary>Open.</summary>
    public static CallClosing None { get; } = new(0, DateTimeOffset.UnixEpoch);

    /// <summary>Closed at a time. A closing that ends much later than any does was written by a wrong clock.</summary>
    internal bool IsInForce(DateTimeOffset now) => Count > 0 && now < Until && Until <= now + TimeSpan.FromHours(2);
}

/// <summary>Answer to a reservation.</summary>
/// <param name="Count">Calls that may be made; 0 for none.</param>
/// <param name="Until">By when they must have begun.</param>
/// <param name="RetryAt">With none: when some may be free.</param>
/// <param name="MinuteUsed">Calls of all instances in the last minute, these included.</param>
/// <param name="HourUsed">Calls of all instances in the last hour, these included.</param>
/// <param name="Closing">Whether the API is closed.</param>
/// <param name="IsProbe">The one call tells whether the API is open again.</param>
public readonly record struct CallGrant(int Count, DateTimeOffset Until, DateTimeOffset RetryAt, int MinuteUsed, int HourUsed, CallClosing Closing, bool IsProbe);

/// <summary>Where the instances of a service share the budgets of the corps' APIs: each reserves small numbers of calls, so none starves another and their sum stays inside the budget.</summary>
/// <remarks>An implementation that cannot reach its storage answers from a small share of its own; what it throws fails the waiting calls as transient.</remarks>
public interface ICallBudgetStore
{
    /// <summary>Reserves calls, as <see cref="CallLedger.Reserve"/> does. The lane tells how urgent they are; what it may use stands in the budget.</summary>
    Task<CallGrant> ReserveAsync(string corp, string api, CallLane lane, DateTimeOffset now, int wanted, CallBudget budget, CancellationToken ct);

    /// <summary>Notes that the platform closed an API, as <see cref="CallLedger.Close"/> does.</summary>
    Task<CallClosing> CloseAsync(string corp, string api, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes that an API is open again.</summary>
    Task OpenAsync(string corp, string api, CancellationToken ct);
}

/// <summary>Budgets of one process, forgotten when it ends.</summary>
public sealed class InMemoryCallBudgetStore : ICallBudgetStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Corp, string Api), CallLedger> _ledgers = [];

    /// <inheritdoc />
    public Task<CallGrant> ReserveAsync(string corp, string api, CallLane lane, DateTimeOffset now, int wanted, CallBudget budget, CancellationToken ct)
    {
        lock (_lock) return Task.FromResult(Find(corp, api).Reserve(now, wanted, budget));
    }

    /// <inheritdoc />
    public Task<CallClosing> CloseAsync(string corp, string api, DateTimeOffset now, CancellationToken ct)
    {
        lock (_lock) return Task.FromResult(Find(corp, api).Close(now));
    }

    /// <inheritdoc />
    public Task OpenAsync(string corp, string api, CancellationToken ct)
    {
        lock (_lock) Find(corp, api).Open();
        return Task.CompletedTask;
    }

    private CallLedger Find(string corp, string api)
    {
        if (!_ledgers.TryGetValue((corp, api), out var ledger)) _ledgers[(corp, api)] = ledger = new CallLedger();
        return ledger;
    }
}
