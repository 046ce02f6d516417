using System.Collections.Concurrent;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary>Budgets shared by all instances through State. While State is away or slow, this instance goes on within a small share of its own.</summary>
internal sealed class StateCallBudgetStore(IStateDatabase database, TimeProvider time, ILogger<StateCallBudgetStore> logger) : ICallBudgetStore
{
    /// <summary>A twentieth: what <c>UsedShare</c> leaves free by default holds two instances that count by themselves.</summary>
    private const int LocalShare = 20;

    /// <summary>A call must not wait longer for State than this; greetings are among those who wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    private readonly InMemoryCallBudgetStore _local = new();
    private readonly ConcurrentDictionary<(string Corp, string Api), CallClosing> _closings = new();
    private long _awayUntil;
    private int _isAway;

    /// <summary>State could not be asked when last needed.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) == 1;

    /// <inheritdoc />
    public Task<CallGrant> ReserveAsync(string corp, string api, DateTimeOffset now, int wanted, CallBudget budget, CancellationToken ct) =>
        AskAsync(
            session => CallBudgets.ChangeAsync(session, corp, api, ledger => ledger.Reserve(now, wanted, budget)),
            () => _local.ReserveAsync(corp, api, now, wanted, new CallBudget(Math.Max(1, budget.PerMinute / LocalShare), Math.Max(1, budget.PerHour / LocalShare)), ct),
            ct);

    /// <inheritdoc />
    public async Task<CallClosing> CloseAsync(string corp, string api, DateTimeOffset now, CancellationToken ct)
    {
        // In both places, or an outage of State would open what the platform has closed.
        var local = await _local.CloseAsync(corp, api, now, ct);
        var closing = await AskAsync(session => CallBudgets.ChangeAsync(session, corp, api, ledger => ledger.Close(now)), () => Task.FromResult(local), ct);
        if (_closings.GetValueOrDefault((corp, api)) == closing) return closing;
        _closings[(corp, api)] = closing;
        if (closing.Count == 1) logger.Closed(corp, api, closing.Until);
        else logger.ClosedAgain(corp, api, closing.Count, closing.Until);
        return closing;
    }

    /// <inheritdoc />
    public async Task OpenAsync(string corp, string api, CancellationToken ct)
    {
        await _local.OpenAsync(corp, api, ct);
        await AskAsync(session => CallBudgets.ChangeAsync(session, corp, api, Open), () => Task.FromResult(true), ct);
        if (_closings.TryRemove((corp, api), out _)) logger.Opened(corp, api);
    }

    private static bool Open(CallLedger ledger)
    {
        ledger.Open();
        return true;
    }

    private async Task<T> AskAsync<T>(Func<StateSession, Task<T>> unit, Func<Task<T>> local, CancellationToken ct)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _awayUntil)) return await local();
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var value = await database.WriteAsync(unit, either.Token).WaitAsync(either.Token);
            if (Interlocked.Exchange(ref _isAway, 0) == 1) logger.BudgetsBack();
            return value;
        }
        catch (Exception exception) when (exception is StateUnavailableException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Volatile.Write(ref _awayUntil, (time.GetUtcNow() + AskAgainAfter).UtcTicks);
            if (Interlocked.Exchange(ref _isAway, 1) == 0) logger.BudgetsAway(exception is StateUnavailableException ? exception.Message : "no answer in time");
            return await local();
        }
    }
}
