namespace WecomBridge.Wecom.Api;

/// <summary>Lets calls of one API of one corp go, in the order of their lanes and within what platform and instances allow.</summary>
/// <remarks>
/// A call goes at once while reserved calls are at hand and few enough run. Otherwise it queues; whoever changes something under the lock serves the queue.
/// A permit is counted from the moment it is given, so one that is given back by a caller that never called is not lost.
/// </remarks>
internal sealed class ApiGovernor : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestProbeWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly string _corp;
    private readonly string _api;
    private readonly CallLimits _limits;
    private readonly ICallBudgetStore _store;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly CallQueue _queue = new();
    private readonly ConcurrencyLimit _concurrency = new();
    private readonly ReservedCalls[] _reserved = [.. Enum.GetValues<CallLane>().Select(_ => new ReservedCalls())];
    private CallClosing _closing = CallClosing.None;
    private int _openings;
    private bool _probing;
    private bool _reserving;
    private bool _isFull;
    private int _inFlight;
    private int _minuteUsed;
    private int _hourUsed;
    private DateTimeOffset _usedAt;

    public ApiGovernor(string corp, string api, CallLimits limits, ICallBudgetStore store, TimeProvider time)
    {
        (_corp, _api, _limits, _store, _time) = (corp, api, limits, store, time);
        _timer = time.CreateTimer(static self => ((ApiGovernor)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum Block
    {
        None,
        Concurrency,
        Budget,
        Closed,
    }

    /// <summary>Leave for one exchange; <see cref="LeaveAsync"/> gives it back.</summary>
    /// <exception cref="WecomException"><see cref="WecomFailure.Throttled"/> with <see cref="WecomException.RetryAfter"/> when the API is closed or the budget will not be free soon.</exception>
    public ValueTask<CallPermit> EnterAsync(CallLane lane, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        WaitingCall call;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (!_queue.IsAhead(lane) && TryTake(lane, now, now, out var permit) == Block.None) return new(permit);
            call = new WaitingCall(lane, now);
            _queue.Add(call);
            Serve();
        }

        return WaitAsync(call, ct);
    }

    /// <summary>Ends an exchange.</summary>
    /// <param name="permit">Given by <see cref="EnterAsync"/>.</param>
    /// <param name="errorCode">The platform's answer; null when none came.</param>
    /// <returns>How long the API is closed by this answer; null when it is not.</returns>
    public async ValueTask<TimeSpan?> LeaveAsync(CallPermit permit, int? errorCode)
    {
        bool opens, closes;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (errorCode == WecomErrorCodes.ConcurrencyExceeded) _concurrency.Refused(permit.InFlight, permit.Round, now);
            else if (errorCode is not null && (_isFull || _inFlight >= _concurrency.Value)) _concurrency.Succeeded(now);
            _inFlight--;
            var isLatest = permit.Opening == _openings;
            closes = errorCode == WecomErrorCodes.FrequencyExceeded && isLatest;
            opens = permit.IsProbe && isLatest && errorCode is not null && !closes;
            // Where it opens, the store must know first: asked before, it would say closed once more.
            if (permit.IsProbe && isLatest && !opens) _probing = false;
            if (closes) CloseHere(now);
            if (!opens) Serve();
        }

        if (closes) return await CloseAsync().ConfigureAwait(false);
        if (opens) await OpenAsync().ConfigureAwait(false);
        return errorCode == WecomErrorCodes.FrequencyExceeded ? Positive(_closing.Until - _time.GetUtcNow()) : null;
    }

    public CallGauge Read()
    {
        lock (_lock)
        {
            var budget = _limits.BudgetOf(CallLane.Welcome);
            var unseen = (_time.GetUtcNow() - _usedAt).Duration();
            var minuteLeft = unseen > TimeSpan.FromMinutes(1) ? budget.PerMinute : Math.Max(0, budget.PerMinute - _minuteUsed);
            var hourLeft = unseen > TimeSpan.FromHours(1) ? budget.PerHour : Math.Max(0, budget.PerHour - _hourUsed);
            return new CallGauge(_corp, _api, _concurrency.Value, _inFlight, _queue.Count, _reserving, minuteLeft, hourLeft, _closing);
        }
    }

    public void Dispose() => _timer.Dispose();

    private async ValueTask<CallPermit> WaitAsync(WaitingCall call, CancellationToken ct)
    {
        using var registration = ct.UnsafeRegister(
            _ =>
            {
                lock (_lock)
                {
                    // One that was served in this moment has its permit, and its caller gives it back.
                    if (_queue.Remove(call)) call.SetCanceled(ct);
                }
            },
            null);
        return await call.Task.ConfigureAwait(false);
    }

    private void Look()
    {
        lock (_lock) Serve();
    }

    /// <summary>Serves the queue as far as possible. What stops one caller stops all behind it: a later lane may use no more than an earlier one.</summary>
    private void Serve()
    {
        var now = _time.GetUtcNow();
        _isFull = false;
        while (_queue.First is { } call)
        {
            var block = TryTake(call.Lane, now, call.Since, out var permit);
            if (block == Block.None)
            {
                _queue.Remove(call);
                call.SetResult(permit);
                continue;
            }

            _isFull = block == Block.Concurrency;
            if (_isFull) return;
            if (block == Block.Budget && !_reserving && now >= _reserved[(int)call.Lane].NoneBefore(now)) StartReserving(call.Lane, now);
            GiveUpThoseWhoWaitTooLong(now);
            Arm(now);
            return;
        }
    }

    private Block TryTake(CallLane lane, DateTimeOffset now, DateTimeOffset since, out CallPermit permit)
    {
        permit = default;
        if (_probing || _closing.IsInForce(now)) return Block.Closed;
        if (_inFlight >= Math.Max(1, (int)Math.Ceiling(_concurrency.Value * CallLimits.ShareOf(lane)))) return Block.Concurrency;
        for (var index = (int)lane; index < _reserved.Length; index++)
        {
            var reserved = _reserved[index];
            if (!reserved.TryTake(now)) continue;
            _probing |= reserved.IsProbe;
            permit = new CallPermit(++_inFlight, _concurrency.Round, _openings, reserved.IsProbe, now - since);
            return Block.None;
        }

        return Block.Budget;
    }

    private void StartReserving(CallLane lane, DateTimeOffset now)
    {
        _reserving = true;
        var budget = _limits.BudgetOf(lane);
        var wanted = _reserved[(int)lane].Demand(now, budget);
        _ = ReserveAsync(lane, wanted, budget, _openings);
    }

    /// <summary>Fails nobody but the callers in the queue, whatever the store throws; so nobody needs to wait for it.</summary>
    private async Task ReserveAsync(CallLane lane, int wanted, CallBudget budget, int opening)
    {
        // Leave the lock of the caller before any work begins.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        CallGrant? grant = null;
        Exception? failure = null;
        try
        {
            grant = await _store.ReserveAsync(_corp, _api, lane, _time.GetUtcNow(), wanted, budget, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Stores are many and so are their exceptions; each means the same here.
            failure = exception;
        }

        lock (_lock)
        {
            _reserving = false;
            if (grant is { } given) Apply(lane, given, opening);
            else FailAll(() => new WecomException(WecomFailure.Transient, _api, errorCode: null, $"{_api} was not called: the store that instances share budgets in is away.", failure));
            Serve();
        }
    }

    private void Apply(CallLane lane, CallGrant grant, int opening)
    {
        var now = _time.GetUtcNow();
        (_minuteUsed, _hourUsed, _usedAt) = (grant.MinuteUsed, grant.HourUsed, now);
        // The platform closed the API while the store was asked, or it was opened: what it said is not used.
        if (opening != _openings) return;
        if (grant.Closing.Count > 0 && grant.Closing != _closing) CloseWith(grant.Closing);
        _closing = grant.Closing;
        _reserved[(int)lane].Fill(grant, now);
    }

    private void CloseHere(DateTimeOffset now) =>
        // A first word, until the store has counted: the others must not be let go meanwhile.
        CloseWith(new CallClosing(_closing.Count + 1, now + TimeSpan.FromMinutes(1)));

    // An answer to what was asked before says nothing new, whichever way it went.
    private void CloseWith(CallClosing closing)
    {
        _closing = closing;
        _openings++;
        _probing = false;
        foreach (var reserved in _reserved) reserved.Clear();
    }

    private async ValueTask<TimeSpan?> CloseAsync()
    {
        var now = _time.GetUtcNow();
        CallClosing? closing = null;
        try
        {
            closing = await _store.CloseAsync(_corp, _api, now, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever befell the store: this instance keeps to what it knows.
        }

        lock (_lock)
        {
            if (closing is not null) _closing = closing;
            Serve();
            return Positive(_closing.Until - now);
        }
    }

    private async ValueTask OpenAsync()
    {
        try
        {
            await _store.OpenAsync(_corp, _api, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever befell the store: the platform has answered, and the next one asks it again.
        }

        lock (_lock)
        {
            CloseWith(CallClosing.None);
            Serve();
        }
    }

    private void GiveUpThoseWhoWaitTooLong(DateTimeOffset now)
    {
        foreach (var call in _queue.All())
        {
            var freeAt = FreeAt(call.Lane, now);
            // Nobody knows when a probe is answered; the work is better put off than kept waiting for it.
            if (_probing && now >= call.PatientUntil) freeAt = now + LongestProbeWait;
            // Once it may go there is only the store's answer to wait for, however long it has stood in the queue.
            if (freeAt <= now || (freeAt <= call.PatientUntil && now < call.PatientUntil)) continue;
            _queue.Remove(call);
            call.SetException(Withheld(freeAt > now + LookEvery ? freeAt - now : TimeSpan.FromSeconds(1)));
        }
    }

    private WecomException Withheld(TimeSpan retryAfter) =>
        new(WecomFailure.Throttled, _api, errorCode: null, _closing.Count > 0 ? $"{_api} was not called: the platform has closed it for a time (45009)." : $"{_api} was not called: its budget is spent.") { RetryAfter = retryAfter };

    private void FailAll(Func<WecomException> failure)
    {
        foreach (var call in _queue.All())
        {
            _queue.Remove(call);
            call.SetException(failure());
        }
    }

    private void Arm(DateTimeOffset now)
    {
        if (_queue.First is not { } call) return;
        var next = FreeAt(call.Lane, now);
        var delay = next > now && next < now + LookEvery ? next - now : LookEvery;
        _timer.Change(delay > LeastDelay ? delay : LeastDelay, Timeout.InfiniteTimeSpan);
    }

    private DateTimeOffset FreeAt(CallLane lane, DateTimeOffset now)
    {
        var noneBefore = _reserved[(int)lane].NoneBefore(now);
        return _closing.IsInForce(now) && _closing.Until > noneBefore ? _closing.Until : noneBefore;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.FromSeconds(1);
}
