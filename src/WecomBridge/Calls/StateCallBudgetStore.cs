using System.Collections.Concurrent;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary>Budgets shared by all instances through State. While State is away or slow, this instance goes on within a share of its own, and tells State afterwards what it has used.</summary>
internal sealed class StateCallBudgetStore(IStateDatabase database, TimeProvider time, ILogger<StateCallBudgetStore> logger) : ICallBudgetStore
{
    /// <summary>A twentieth: what <c>UsedShare</c> leaves free by default holds two instances that count by themselves.</summary>
    private const int LocalShare = 20;

    /// <summary>Greetings cannot wait until State is back, and there are few of them beside all other calls: a quarter of what was left.</summary>
    private const int WelcomeShare = 4;

    /// <summary>A call must not wait longer for State than this; greetings are among those who wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>So long without a call, whether State is back is not known.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    private readonly InMemoryCallBudgetStore _local = new();
    private readonly ConcurrentDictionary<(string Corp, string Api), CallClosing> _closings = new();
    private readonly ConcurrentDictionary<(string Corp, string Api), Answer> _answers = new();
    private readonly ConcurrentDictionary<(string Corp, string Api), int> _unreported = new();
    private long _awayUntil;
    private int _isAway;

    /// <summary>State could not be asked when last needed, a short while ago.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) == 1 && time.GetUtcNow().UtcTicks < Volatile.Read(ref _awayUntil) + Stale.Ticks;

    /// <summary>What State last said about an API.</summary>
    private sealed record Answer(DateTimeOffset At, int MinuteUsed, int HourUsed, StateDialect Dialect);

    /// <inheritdoc />
    public async Task<CallGrant> ReserveAsync(string corp, string api, CallLane lane, DateTimeOffset now, int wanted, CallBudget budget, CancellationToken ct)
    {
        var key = (corp, api);
        var unreported = _unreported.GetValueOrDefault(key);
        var (grant, dialect) = await AskAsync<(CallGrant Grant, StateDialect? Dialect)>(
            async session => (await CallBudgets.ChangeAsync(session, corp, api, Reserve), session.Dialect),
            async () => (await _local.ReserveAsync(corp, api, lane, now, wanted, LocalBudget(key, lane, now, budget), ct), null),
            ct);
        if (dialect is { } answered)
        {
            _answers[key] = new Answer(now, grant.MinuteUsed, grant.HourUsed, answered);
            _unreported.AddOrUpdate(key, 0, (_, made) => made - unreported);
        }
        else
        {
            _unreported.AddOrUpdate(key, grant.Count, (_, made) => made + grant.Count);
        }

        return grant;

        CallGrant Reserve(CallLedger ledger)
        {
            ledger.Add(now, unreported);
            return ledger.Reserve(now, wanted, budget);
        }
    }

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

    /// <summary>What this instance may use by itself: with SQLite it is the only one and has all that is left; others share a database that several reach.</summary>
    private CallBudget LocalBudget((string Corp, string Api) key, CallLane lane, DateTimeOffset now, CallBudget budget)
    {
        if (_answers.GetValueOrDefault(key) is not { } last) return new CallBudget(Least(budget.PerMinute), Least(budget.PerHour));
        var age = (now - last.At).Duration();
        return new CallBudget(
            LocalPart(budget.PerMinute, age > TimeSpan.FromMinutes(1) ? 0 : last.MinuteUsed, lane, last.Dialect),
            LocalPart(budget.PerHour, age > TimeSpan.FromHours(1) ? 0 : last.HourUsed, lane, last.Dialect));
    }

    /// <summary>An instance's own part of a budget of which so much was used when State last answered.</summary>
    internal static int LocalPart(int budget, int used, CallLane lane, StateDialect dialect)
    {
        var left = Math.Max(0, budget - used);
        return Math.Max(Least(budget), dialect == StateDialect.Sqlite ? left : lane == CallLane.Welcome ? left / WelcomeShare : 0);
    }

    private static int Least(int budget) => Math.Max(1, budget / LocalShare);

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
