using System.Collections.Concurrent;
using System.Diagnostics;
using WecomBridge.State;
using WecomBridge.Telemetry;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Work;

/// <summary>Works one lane: claims what is due, runs it with bounded concurrency under renewed leases, and notes how it ended.</summary>
/// <remarks>A piece that fails or hangs takes one of the slots and nothing else; no key is worked twice at once while its lease holds.</remarks>
internal sealed class WorkLoop(
    IReconciler reconciler, IStateDatabase database, WorkSignal signal, WorkPauses pauses, WorkMetrics metrics, WorkOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private const string MarkedAgain = "marked_again";
    private readonly string _lane = reconciler.Lane;
    private readonly string _spanName = "reconcile " + reconciler.Lane;
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly SemaphoreSlim _slots = new(options.Concurrency);
    private readonly ConcurrentDictionary<WorkKey, (RunningWork Work, Task End)> _running = new();
    private bool _claimsFail;

    /// <summary>Works until told to stop; then lets what runs finish, breaks off what takes too long, and gives leases back.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        using var stopRenewing = new CancellationTokenSource();
        var renewing = RenewAsync(stopRenewing.Token);
        try
        {
            while (true) await ClaimAndStartAsync(abort.Token, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FinishAsync(abort);
        }

        await stopRenewing.CancelAsync();
        await renewing;
    }

    public void Dispose() => _slots.Dispose();

    private async Task ClaimAndStartAsync(CancellationToken abort, CancellationToken stoppingToken)
    {
        // Only this loop takes slots, so the rest of the free ones come without waiting.
        await _slots.WaitAsync(stoppingToken);
        var slots = 1;
        for (var free = _slots.CurrentCount; free > 0; free--, slots++) await _slots.WaitAsync(stoppingToken);

        var started = 0;
        try
        {
            var leaseUntil = time.GetUtcNow() + options.Lease;
            foreach (var item in await ClaimAsync(slots, stoppingToken))
            {
                if (Start(item, leaseUntil, abort)) started++;
                else await GiveBackAsync(item);
            }
        }
        finally
        {
            if (started < slots) _slots.Release(slots - started);
        }

        if (started < slots) await signal.WaitAsync(_lane, options.PollInterval, stoppingToken);
    }

    private async Task<IReadOnlyList<WorkItem>> ClaimAsync(int max, CancellationToken stoppingToken)
    {
        try
        {
            var items = await database.WriteAsync(
                session =>
                {
                    var now = time.GetUtcNow();
                    return WorkStore.ClaimAsync(session, _lane, _owner, max, now, options.Lease, pauses.Waiting(_lane, now));
                },
                stoppingToken);
            if (_claimsFail) logger.ClaimsResumed(_lane);
            _claimsFail = false;
            return items;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // Whatever the database's trouble is, the lane must go on when it is over.
            if (!_claimsFail) logger.ClaimsFail(_lane, exception is StateUnavailableException ? exception.Message : exception.GetType().Name);
            _claimsFail = true;
            return [];
        }
    }

    private bool Start(WorkItem item, DateTimeOffset leaseUntil, CancellationToken abort)
    {
        // Claimed again by ourselves while the run before has not wound down: it was marked meanwhile, or its lease was lost.
        if (_running.ContainsKey(item.Key)) return false;
        var work = new RunningWork(item, leaseUntil - time.GetUtcNow(), options.TimeLimit, time, abort);
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[item.Key] = (work, WorkAsync(work, begin.Task, abort));
        begin.SetResult();
        return true;
    }

    private async Task GiveBackAsync(WorkItem item)
    {
        try
        {
            await ReleaseAsync(item);
        }
        catch (Exception exception)
        {
            // The database's trouble, of whatever kind: the lease runs out and it comes again.
            logger.EndNotNoted(_lane, item.Key.Corp, item.CauseId, exception.GetType().Name);
        }
    }

    private async Task WorkAsync(RunningWork work, Task begin, CancellationToken abort)
    {
        await begin;
        using var span = Traces.StartUnder(work.Item.Trace, _spanName, ActivityKind.Internal);
        var started = time.GetTimestamp();
        var (outcome, reason) = await EndOfAsync(work, abort);
        Describe(span, work.Item, outcome, reason);
        _running.TryRemove(work.Item.Key, out _);
        work.Dispose();
        _slots.Release();
        // Only now can it be started again.
        if (outcome == MarkedAgain) signal.Raise(_lane);
        var duration = time.GetElapsedTime(started);
        metrics.Finished(_lane, outcome, duration);
        logger.Worked(_lane, work.Item.Key.Corp, work.Item.CauseId, outcome, work.Item.Attempt, duration.TotalMilliseconds, reason);
    }

    private static void Describe(Activity? span, WorkItem item, string outcome, string? reason)
    {
        if (span is not { IsAllDataRequested: true }) return;
        span.SetTag("wecombridge.corp", item.Key.Corp).SetTag("wecombridge.app", item.App).SetTag("wecombridge.work.lane", item.Key.Lane).SetTag("wecombridge.work.attempt", item.Attempt)
            .SetTag("wecombridge.event.id", item.CauseId.ToString()).SetTag("wecombridge.outcome", outcome);
        if (reason is not null) span.SetTag("wecombridge.reason", reason);
        if (outcome is "again" or "parked" or "not_noted" or "lost") span.Fail(outcome);
    }

    private async Task<(string Outcome, string? Reason)> EndOfAsync(RunningWork work, CancellationToken abort)
    {
        try
        {
            var item = work.Item;
            if (pauses.WaitUntil(_lane, item.Key.Corp, item.App, time.GetUtcNow()) is { } until) return await DeferAsync(item, until);
            var failure = await TryAsync(work);
            if (work.IsLost) return Lost(work.Item);
            if (failure is null) return await CompleteAsync(item);
            if (failure is OperationCanceledException && abort.IsCancellationRequested) return await ReleaseAsync(item);
            return await FailAsync(item, failure is OperationCanceledException && work.IsOverdue ? new TimeoutException() : failure);
        }
        catch (Exception exception)
        {
            // The end cannot be noted: the lease runs out and the piece is worked again, which is harmless.
            logger.EndNotNoted(_lane, work.Item.Key.Corp, work.Item.CauseId, exception.GetType().Name);
            return ("not_noted", exception.GetType().Name);
        }
    }

    private async Task<Exception?> TryAsync(RunningWork work)
    {
        try
        {
            await reconciler.ReconcileAsync(work.Item, work.Token);
            return null;
        }
        catch (Exception exception)
        {
            // Whatever a reconciler throws concerns its own piece; the policy decides.
            return exception;
        }
    }

    private async Task<(string Outcome, string? Reason)> CompleteAsync(WorkItem item)
    {
        if (pauses.Clear(_lane, item.Key.Corp, item.App)) logger.AppResumed(_lane, item.Key.Corp, item.App);
        if (item.RestDue is { } due)
        {
            const string reason = "rest_waits";
            await WriteAsync(session => DoneAsync(WorkStore.DeferAsync(session, item, due, reason)));
            return ("rest", reason);
        }

        if (await WriteAsync(session => WorkStore.CompleteAsync(session, item))) return ("done", null);
        return (MarkedAgain, null);
    }

    private (string Outcome, string? Reason) Lost(WorkItem item)
    {
        logger.LeaseLost(_lane, item.Key.Corp, item.CauseId);
        return ("lost", null);
    }

    private async Task<(string Outcome, string? Reason)> ReleaseAsync(WorkItem item)
    {
        await WriteAsync(session => DoneAsync(WorkStore.ReleaseAsync(session, item)));
        return ("released", null);
    }

    private async Task<(string Outcome, string? Reason)> DeferAsync(WorkItem item, DateTimeOffset until)
    {
        const string reason = "app_paused";
        await WriteAsync(session => DoneAsync(WorkStore.DeferAsync(session, item, until + TimeSpan.FromSeconds(Random.Shared.NextDouble()), reason)));
        return ("deferred", reason);
    }

    private async Task<(string Outcome, string? Reason)> FailAsync(WorkItem item, Exception failure)
    {
        var now = time.GetUtcNow();
        var decision = Decide(item, failure, item.Attempt, now);
        if (decision.PausesApp) decision = Pause(item, failure, now);
        NoteSilence(item, failure, decision.Reason, now);
        NoteLimit(item, failure, decision.Reason, now);
        // Where, but not what it said: messages of foreign exceptions may quote personal data.
        if (!RetryPolicy.IsClassified(failure)) logger.Unexpected(failure.GetType().Name, _lane, item.Key.Corp, item.CauseId, failure.StackTrace);
        switch (decision.Action)
        {
            case RetryAction.Again:
                await WriteAsync(session => DoneAsync(decision.CountsAttempt
                    ? WorkStore.RetryAsync(session, item, decision.At!.Value, decision.Reason)
                    : WorkStore.DeferAsync(session, item, decision.At!.Value, decision.Reason)));
                return ("again", decision.Reason);
            case RetryAction.Park:
                await WriteAsync(session => DoneAsync(WorkStore.ParkAsync(session, item, decision.Reason, decision.Remedy, now)));
                logger.Parked(_lane, item.Key.Corp, item.CauseId, item.Attempt, decision.Reason, decision.Remedy);
                return ("parked", decision.Reason);
            default:
                var (outcome, _) = await CompleteAsync(item);
                return (outcome, decision.Reason);
        }
    }

    private static RetryDecision Decide(WorkItem item, Exception failure, int attempt, DateTimeOffset now)
    {
        var decision = RetryPolicy.Decide(failure, attempt, now, deadline: null, Random.Shared.NextDouble());
        return decision.Remedy is { } remedy ? decision with { Remedy = WecomErrorCodes.RemedyFor(remedy, item.Key.Corp, item.App) } : decision;
    }

    // The app's refusals in a row set the delay, not this piece's attempts: a new mark must not make a refused app be asked more often.
    private RetryDecision Pause(WorkItem item, Exception failure, DateTimeOffset now)
    {
        var (corp, app) = (item.Key.Corp, item.App);
        var decision = Decide(item, failure, pauses.NextRefusal(_lane, corp, app), now);
        if (pauses.Pause(_lane, corp, app, now, decision.At!.Value, decision.Reason, decision.Remedy ?? "")) logger.AppPaused(_lane, corp, app, decision.Reason, decision.Remedy);
        return decision;
    }

    // A platform that says nothing would otherwise be asked once for every piece of the backlog, each in vain.
    private void NoteSilence(WorkItem item, Exception failure, string reason, DateTimeOffset now)
    {
        var (corp, app) = (item.Key.Corp, item.App);
        if (!RetryPolicy.IsSilence(failure))
        {
            WecomFailure? answer = failure switch { WecomException { ErrorCode: not null } wecom => wecom.Failure, IClassifiedFailure crm => crm.Failure, _ => null };
            if (answer is not null && pauses.Heard(_lane, corp, app, isTaken: answer != WecomFailure.Denied)) logger.AppResumed(_lane, corp, app);
        }
        else if (pauses.CountSilence(_lane, corp, app, now, reason))
        {
            logger.AppUnheard(_lane, corp, app, reason);
        }
    }

    // Nor need the whole backlog find out, piece by piece, that an API is closed or its budget spent, and again when the window turns.
    private void NoteLimit(WorkItem item, Exception failure, string reason, DateTimeOffset now)
    {
        var (corp, app) = (item.Key.Corp, item.App);
        if (RetryPolicy.LimitOf(failure) is { } wait) pauses.Limit(_lane, corp, app, now, now + wait + TimeSpan.FromSeconds(Random.Shared.NextDouble()), reason);
        else pauses.EndLimit(_lane, corp, app);
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await RenewAllAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private async Task RenewAllAsync(CancellationToken stop)
    {
        foreach (var (work, _) in _running.Values)
        {
            var until = time.GetUtcNow() + options.Lease;
            try
            {
                var held = await database.WriteAsync(session => WorkStore.RenewAsync(session, work.Item, until), stop);
                work.Renew(held ? until - time.GetUtcNow() : TimeSpan.Zero);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // The database's trouble, of whatever kind: the next tick tries again, and the work stops by itself when its lease ends before.
                logger.RenewalFailed(_lane, exception.GetType().Name);
            }
        }
    }

    private async Task FinishAsync(CancellationTokenSource abort)
    {
        var ends = Task.WhenAll(_running.Values.Select(running => running.End));
        using var over = new CancellationTokenSource();
        await Task.WhenAny(ends, Task.Delay(options.StopWithin, time, over.Token));
        await over.CancelAsync();
        await abort.CancelAsync();
        await ends;
    }

    // Ends are noted even while the service stops.
    private Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit) => database.WriteAsync(unit, CancellationToken.None);

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
