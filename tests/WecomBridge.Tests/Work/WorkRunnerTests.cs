using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Tests.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Work;

public sealed class WorkRunnerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly WorkPauses _pauses = new();
    private readonly LogLines _log = new();
    private readonly WorkOptions _options = new() { Concurrency = 4 };
    private readonly FakeReconciler _reconciler = new();
    private StateFile _state = null!;
    private FlakyState _flaky = null!;
    private WorkSignal _signal = null!;
    private WorkRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _state = await StateFile.CreateAsync();
        _flaky = new FlakyState(_state);
        _signal = new WorkSignal(_time);
        _runner = new WorkRunner(
            [_reconciler], _flaky, _signal, _pauses, new WorkMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()),
            Options.Create(_options), _time, _log);
    }

    public async ValueTask DisposeAsync()
    {
        _reconciler.LetAllGo();
        await _runner.StopAsync(CancellationToken.None);
        _runner.Dispose();
        await _state.DisposeAsync();
    }

    [Fact]
    public async Task Work_that_succeeds_is_gone()
    {
        await MarkAsync("a", "b", "c");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(async () => await CountAsync() == new WorkCounts(0, 0, 0, 0, null));
        _reconciler.Done.Order().ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_mark_wakes_the_runner_without_waiting_for_the_poll()
    {
        await _runner.StartAsync(CancellationToken.None);
        await MarkAsync("a");
        _signal.Raise(WorkLane.Tags);
        await UntilAsync(() => _reconciler.Done.Count == 1);
        _time.GetUtcNow().ShouldBe(new ManualTimeProvider().GetUtcNow());
    }

    // Fault F22.
    [Fact]
    public async Task A_piece_that_fails_for_ever_is_parked_with_its_reason_and_its_neighbours_are_done_in_their_time()
    {
        _reconciler.Failures["bad"] = () => new InvalidDataException("carries a customer's name");
        await MarkAsync("bad", "good1", "good2");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _reconciler.Done.Count == 2);
        _time.GetUtcNow().ShouldBe(new ManualTimeProvider().GetUtcNow());

        await MoveUntilAsync(TimeSpan.FromSeconds(10), async () => (await CountAsync()).Parked == 1);
        await MarkAsync("good3");
        _signal.Raise(WorkLane.Tags);
        await UntilAsync(() => _reconciler.Done.Contains("good3"));

        var parked = (await _state.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(null, null, ListedState.Parked), 10, default))).ShouldHaveSingleItem();
        (parked.Key.Key, parked.Reason, parked.Attempts).ShouldBe(("bad", nameof(InvalidDataException), RetryPolicy.MaxUnknownAttempts));
        _log.Lines.ShouldNotContain(line => line.Contains("customer's name"));
        _log.Lines.Count(line => line.StartsWith("Parked ")).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_platform_refuses_is_parked_at_once_and_what_is_gone_is_done()
    {
        _reconciler.Failures["refused"] = () => new WecomException(WecomFailure.Rejected, "externalcontact/mark_tag", 40035, "no");
        _reconciler.Failures["gone"] = () => new WecomException(WecomFailure.Gone, "externalcontact/mark_tag", 84061, "no");
        await MarkAsync("refused", "gone");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(async () => await CountAsync() == new WorkCounts(0, 0, 0, 1, null));
        (await _state.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(null, null, ListedState.Parked), 10, default)))[0].Reason.ShouldBe("Rejected 40035 from externalcontact/mark_tag");
    }

    [Fact]
    public async Task An_app_that_is_refused_is_asked_once_in_a_while_while_another_app_goes_on()
    {
        _reconciler.Failures["a"] = () => new WecomException(WecomFailure.Denied, "externalcontact/mark_tag", 40001, "no");
        _options.Concurrency = 1;
        await MarkAsync("a");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _pauses.Current.Count == 1);
        await MarkAsync("b");
        await MarkWithAppAsync("other", "c");
        _signal.Raise(WorkLane.Tags);
        await UntilAsync(() => _reconciler.Done.Contains("c"));
        _reconciler.Done.ShouldNotContain("b");
        _pauses.Current[0].Remedy.ShouldContain("secret");

        _reconciler.Failures.TryRemove("a", out _);
        await MoveUntilAsync(TimeSpan.FromSeconds(10), () => Task.FromResult(_reconciler.Done.Count == 3));
        await UntilAsync(() => _pauses.Current.Count == 0);
        _log.Lines.Count(line => line.Contains("is refused")).ShouldBe(1);
    }

    [Fact]
    public async Task A_platform_that_says_nothing_is_not_asked_once_for_each_piece_of_the_backlog()
    {
        string[] keys = [.. Enumerable.Range(0, 60).Select(n => $"k{n}")];
        foreach (var key in keys) _reconciler.Failures[key] = () => new WecomException(WecomFailure.Transient, "externalcontact/get", null, "no answer");
        await MarkAsync(keys);
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _pauses.Current.Count == 1);
        for (var second = 0; second < 30; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        _reconciler.Started.ShouldBeLessThan(20);
        _reconciler.Failures.Clear();
        await MoveUntilAsync(TimeSpan.FromSeconds(5), () => Task.FromResult(_reconciler.Done.Count == keys.Length));
        await UntilAsync(() => _pauses.Current.Count == 0);
        _log.Lines.Count(line => line.Contains("gets no answers")).ShouldBe(1);
    }

    [Fact]
    public async Task A_CRM_that_says_no_has_answered_and_the_backlog_goes_on()
    {
        string[] keys = [.. Enumerable.Range(0, 60).Select(n => $"k{n}")];
        foreach (var key in keys) _reconciler.Failures[key] = () => new CrmException(WecomFailure.Transient, "no answer");
        await MarkAsync(keys);
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _pauses.Current.Count == 1);

        foreach (var key in keys) _reconciler.Failures[key] = () => new CrmException(WecomFailure.Rejected, "HTTP 422");
        await MoveUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(_pauses.Current.Count == 0));

        _time.GetUtcNow().ShouldBeLessThan(new ManualTimeProvider().GetUtcNow() + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_wait_for_a_limit_ends_when_it_was_said_to_and_counts_as_no_attempt()
    {
        _reconciler.Failures["a"] = () => new WecomException(WecomFailure.Throttled, "externalcontact/mark_tag", 45009, "limit") { RetryAfter = TimeSpan.FromHours(1) };
        await MarkAsync("a");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(async () => await CountAsync() is { Later: 1 });

        var waiting = (await _state.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(null, null, null), 10, _time.GetUtcNow()))).ShouldHaveSingleItem();

        waiting.Attempts.ShouldBe(0);
        (waiting.At - _time.GetUtcNow()).TotalMinutes.ShouldBeInRange(60, 66);
        waiting.Reason.ShouldBe("Throttled 45009 from externalcontact/mark_tag");
    }

    [Fact]
    public async Task A_closed_api_is_not_found_out_by_each_piece_of_the_backlog()
    {
        string[] keys = [.. Enumerable.Range(0, 60).Select(n => $"k{n}")];
        foreach (var key in keys) _reconciler.Failures[key] = () => new WecomException(WecomFailure.Throttled, "externalcontact/mark_tag", null, "closed") { RetryAfter = TimeSpan.FromMinutes(1) };
        await MarkAsync(keys);
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _pauses.Current.Count == 1);
        for (var second = 0; second < 150; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2);
        }

        _reconciler.Started.ShouldBeLessThan(15);
        _reconciler.Failures.Clear();
        await MoveUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(_reconciler.Done.Distinct().Count() == keys.Length));
        _log.Lines.ShouldNotContain(line => line.Contains("is taken again"));
    }

    [Fact]
    public async Task A_long_piece_keeps_its_lease_and_holds_up_only_its_own_slot()
    {
        _reconciler.Hold("slow");
        await MarkAsync("slow", "quick");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _reconciler.Done.Count == 1 && _reconciler.Started == 2);
        for (var n = 0; n < 9; n++)
        {
            // Each third of the lease, once the renewal of the last one is durable.
            for (var tries = 1; !await LeaseIsFreshAsync(); tries++)
            {
                // A write that the database refused is made again with the next tick, while the lease still holds.
                tries.ShouldBeLessThan(1500, "the lease was not renewed");
                if (tries % 400 == 0) _time.Advance(_options.Lease / 12);
                await Task.Delay(5);
            }

            _time.Advance(_options.Lease / 6);
        }

        (await _state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "thief", 9, _time.GetUtcNow(), _options.Lease))).ShouldBeEmpty();
        _reconciler.LetAllGo();
        await UntilAsync(() => _reconciler.Done.Count == 2);
        _reconciler.Started.ShouldBe(2);
    }

    [Fact]
    public async Task A_piece_that_is_claimed_again_before_its_run_has_wound_down_does_not_wait_for_its_lease()
    {
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reconciler.Hold("a");
        await MarkAsync("a");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _reconciler.Started == 1);
        await MarkAsync("a");
        var before = _flaky.Writes;
        _flaky.HoldNextWrite(hold.Task);
        _reconciler.LetAllGo();
        await UntilAsync(() => _flaky.Writes > before);

        // The row is free, and the run that freed it does not know yet: claimed, and given back.
        _signal.Raise(WorkLane.Tags);
        await UntilAsync(() => _flaky.Writes >= before + 3);
        hold.SetResult();
        await UntilAsync(() => _reconciler.Done.Count == 2);
        await UntilAsync(async () => await CountAsync() == new WorkCounts(0, 0, 0, 0, null));
        _time.GetUtcNow().ShouldBe(new ManualTimeProvider().GetUtcNow());
    }

    [Fact]
    public async Task A_piece_that_hangs_is_stopped_at_its_time_limit_and_tried_again()
    {
        _reconciler.Hold("hangs");
        await MarkAsync("hangs");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _reconciler.Started == 1);
        await MoveUntilAsync(TimeSpan.FromSeconds(5), () => Task.FromResult(_reconciler.Cancelled == 1));
        _reconciler.LetAllGo();
        await MoveUntilAsync(TimeSpan.FromSeconds(5), () => Task.FromResult(_reconciler.Done.Count == 1));
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_once_and_work_goes_on_when_it_is_back()
    {
        _flaky.IsAway = true;
        await _runner.StartAsync(CancellationToken.None);
        await MoveUntilAsync(_options.PollInterval, () => Task.FromResult(_flaky.Refused >= 5));
        await MarkAsync("a");
        _flaky.IsAway = false;
        await MoveUntilAsync(_options.PollInterval, () => Task.FromResult(_reconciler.Done.Count == 1));
        _log.Lines.Count(line => line.Contains("no due work can be read")).ShouldBe(1);
        _log.Lines.Count(line => line.EndsWith("goes on")).ShouldBe(1);
    }

    [Fact]
    public async Task A_stopping_service_gives_back_what_it_could_not_finish()
    {
        _reconciler.Hold("slow");
        await MarkAsync("slow");
        await _runner.StartAsync(CancellationToken.None);
        await UntilAsync(() => _reconciler.Started == 1);

        var stopping = _runner.StopAsync(CancellationToken.None);
        await MoveUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(stopping.IsCompleted));
        await stopping;

        _reconciler.Cancelled.ShouldBe(1);
        var item = (await _state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "next", 9, _time.GetUtcNow(), _options.Lease))).ShouldHaveSingleItem();
        item.Attempt.ShouldBe(1);
    }

    private Task MarkAsync(params string[] keys) => MarkWithAppAsync("contact", keys);

    private Task MarkWithAppAsync(string app, params string[] keys) =>
        _state.WriteAsync(async session =>
        {
            foreach (var key in keys)
                await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, "acme", key), app, _time.GetUtcNow(), Guid.NewGuid(), _time.GetUtcNow());
        });

    private Task<WorkCounts> CountAsync() => _state.ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Tags, _time.GetUtcNow()));

    private async Task<bool> LeaseIsFreshAsync()
    {
        var until = await _state.ReadAsync(session => session.FindAsync<long?>("SELECT MIN(lease_until) FROM work"));
        return until is { } milliseconds && DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) - _time.GetUtcNow() > _options.Lease / 2;
    }

    private static Task UntilAsync(Func<bool> isTrue) => UntilAsync(() => Task.FromResult(isTrue()));

    // The runner's tasks run on their own threads: the clock is the test's, the threads are not.
    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        for (var n = 0; !await isTrue(); n++)
        {
            n.ShouldBeLessThan(3000, "it did not come true in time");
            await Task.Delay(5);
        }
    }

    private async Task MoveUntilAsync(TimeSpan step, Func<Task<bool>> isTrue)
    {
        for (var n = 0; !await isTrue(); n++)
        {
            n.ShouldBeLessThan(3000, "it did not come true in time");
            _time.Advance(step);
            await Task.Delay(5);
        }
    }

    private sealed class FakeReconciler : IReconciler
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource> _held = new();
        private int _started;
        private int _cancelled;

        public string Lane => WorkLane.Tags;

        public System.Collections.Concurrent.ConcurrentDictionary<string, Func<Exception>> Failures { get; } = new();

        public System.Collections.Concurrent.ConcurrentQueue<string> Done { get; } = new();

        public int Started => Volatile.Read(ref _started);

        public int Cancelled => Volatile.Read(ref _cancelled);

        public void Hold(string key) => _held[key] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetAllGo()
        {
            foreach (var held in _held.Values) held.TrySetResult();
        }

        public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _started);
            if (Failures.TryGetValue(item.Key.Key, out var failure)) throw failure();
            try
            {
                if (_held.TryGetValue(item.Key.Key, out var held)) await held.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _cancelled);
                throw;
            }

            Done.Enqueue(item.Key.Key);
        }
    }

    private sealed class LogLines : ILogger<WorkRunner>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);
    }
}
