using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Limits;

public sealed class ApiGovernorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryCallBudgetStore _store = new();

    [Fact]
    public async Task A_call_goes_at_once_while_reserved_calls_are_at_hand()
    {
        using var governor = Governor();
        await LeaveAsync(governor, await governor.EnterAsync(CallLane.Sync, default));

        var second = governor.EnterAsync(CallLane.Sync, default);

        second.IsCompletedSuccessfully.ShouldBeTrue();
        (await second).Waited.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Earlier_lanes_go_first_and_within_a_lane_those_who_came_first()
    {
        using var governor = Governor();
        var running = await FillAsync(governor, CallLane.Welcome, 8);
        CallLane[] lanes = [CallLane.Bulk, CallLane.Sync, CallLane.Sync, CallLane.Welcome, CallLane.Interactive];
        var waiting = lanes.Select(lane => governor.EnterAsync(lane, default).AsTask()).ToList();
        var order = new List<int>();

        // Without an answer the limit stays as it is, and one goes when one has ended.
        foreach (var permit in running)
        {
            await governor.LeaveAsync(permit, errorCode: null);
            while (governor.Read().IsReserving || waiting.Count(call => call.IsCompleted) < waiting.Count - governor.Read().Waiting) await Task.Yield();
            order.AddRange(Enumerable.Range(0, waiting.Count).Where(n => waiting[n].IsCompleted).Except(order));
        }

        order.ShouldBe([3, 4, 1, 2, 0]);
        foreach (var call in waiting) await LeaveAsync(governor, await call);
        governor.Read().InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Bulk_cannot_take_the_places_kept_for_a_greeting()
    {
        using var governor = Governor();
        await FillAsync(governor, CallLane.Bulk, 6);

        var bulk = governor.EnterAsync(CallLane.Bulk, default).AsTask();
        var greeting = await governor.EnterAsync(CallLane.Welcome, default);

        bulk.IsCompleted.ShouldBeFalse();
        greeting.InFlight.ShouldBe(7);
    }

    [Fact]
    public async Task Bulk_cannot_spend_the_budget_kept_for_a_greeting()
    {
        using var governor = Governor(new CallLimits(100, 1000, 1));
        for (var n = 0; n < 70; n++) await LeaveAsync(governor, await governor.EnterAsync(CallLane.Bulk, default));

        var withheld = await Should.ThrowAsync<WecomException>(() => governor.EnterAsync(CallLane.Bulk, default).AsTask());

        (withheld.Failure, withheld.ErrorCode).ShouldBe((WecomFailure.Throttled, null));
        withheld.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(55, 63);
        for (var n = 0; n < 30; n++) await LeaveAsync(governor, await governor.EnterAsync(CallLane.Welcome, default));
        await Should.ThrowAsync<WecomException>(() => governor.EnterAsync(CallLane.Welcome, default).AsTask());
    }

    [Fact]
    public async Task A_spent_hour_is_told_with_the_time_until_it_turns()
    {
        using var governor = Governor(new CallLimits(100, 50, 1));
        for (var n = 0; n < 50; n++) await LeaveAsync(governor, await governor.EnterAsync(CallLane.Welcome, default));

        var withheld = await Should.ThrowAsync<WecomException>(() => governor.EnterAsync(CallLane.Welcome, default).AsTask());

        withheld.RetryAfter!.Value.TotalMinutes.ShouldBeInRange(59, 61);
    }

    [Fact]
    public async Task A_closed_api_is_left_alone_then_probed_by_one_and_then_open_to_all()
    {
        using var governor = Governor();
        var running = await FillAsync(governor, CallLane.Welcome, 3);
        (await governor.LeaveAsync(running[0], WecomErrorCodes.FrequencyExceeded)).ShouldBe(TimeSpan.FromMinutes(1));
        (await governor.LeaveAsync(running[1], WecomErrorCodes.FrequencyExceeded)).ShouldBe(TimeSpan.FromMinutes(1), "it was under way when the first came");
        await LeaveAsync(governor, running[2]);
        governor.Read().Closing.Count.ShouldBe(1);
        (await Should.ThrowAsync<WecomException>(() => governor.EnterAsync(CallLane.Welcome, default).AsTask())).RetryAfter.ShouldBe(TimeSpan.FromMinutes(1));

        _time.Advance(TimeSpan.FromMinutes(1));
        var probe = await governor.EnterAsync(CallLane.Sync, default);
        var second = governor.EnterAsync(CallLane.Welcome, default).AsTask();
        probe.IsProbe.ShouldBeTrue();
        second.IsCompleted.ShouldBeFalse();

        await LeaveAsync(governor, probe);
        (await second).IsProbe.ShouldBeFalse();
        governor.Read().Closing.ShouldBe(CallClosing.None);
    }

    [Fact]
    public async Task Nobody_is_kept_waiting_longer_than_its_patience_while_a_probe_is_out()
    {
        using var governor = Governor();
        await governor.LeaveAsync(await governor.EnterAsync(CallLane.Sync, default), WecomErrorCodes.FrequencyExceeded);
        _time.Advance(TimeSpan.FromMinutes(1));
        var probe = await governor.EnterAsync(CallLane.Sync, default);
        var waiting = governor.EnterAsync(CallLane.Welcome, default).AsTask();

        _time.Advance(TimeSpan.FromSeconds(1.9));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.4));

        (await Should.ThrowAsync<WecomException>(() => waiting)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        await LeaveAsync(governor, probe);
        await LeaveAsync(governor, await governor.EnterAsync(CallLane.Welcome, default));
    }

    [Fact]
    public async Task The_store_is_not_asked_again_before_it_knows_that_the_api_is_open()
    {
        var store = new FailingStore(_store) { Opening = new TaskCompletionSource() };
        using var governor = new ApiGovernor("acme", "api", new CallLimits(), store, _time);
        await governor.LeaveAsync(await governor.EnterAsync(CallLane.Sync, default), WecomErrorCodes.FrequencyExceeded);
        _time.Advance(TimeSpan.FromMinutes(1));
        var leaving = governor.LeaveAsync(await governor.EnterAsync(CallLane.Sync, default), WecomErrorCodes.Ok).AsTask();
        var waiting = governor.EnterAsync(CallLane.Sync, default).AsTask();
        governor.Read().IsReserving.ShouldBeFalse();

        store.Opening.SetResult();
        await leaving;

        await LeaveAsync(governor, await waiting);
        governor.Read().Closing.ShouldBe(CallClosing.None);
    }

    // Fault F40.
    [Fact]
    public async Task A_clock_set_back_does_not_stop_calls()
    {
        using var governor = Governor();
        await LeaveAsync(governor, await governor.EnterAsync(CallLane.Sync, default));

        _time.Advance(TimeSpan.FromMinutes(-30));

        for (var n = 0; n < 20; n++) await LeaveAsync(governor, await governor.EnterAsync(CallLane.Sync, default));
    }

    [Fact]
    public async Task What_was_used_long_ago_counts_no_more_in_what_is_left()
    {
        using var governor = Governor(new CallLimits(100, 1000, 1));
        await LeaveAsync(governor, await governor.EnterAsync(CallLane.Sync, default));
        (governor.Read().MinuteLeft, governor.Read().HourLeft).ShouldBe((96, 996));

        _time.Advance(TimeSpan.FromMinutes(2));
        (governor.Read().MinuteLeft, governor.Read().HourLeft).ShouldBe((100, 996));
    }

    [Fact]
    public async Task A_probe_refused_again_closes_for_longer_and_other_instances_know()
    {
        using var governor = Governor();
        using var other = Governor();
        await governor.LeaveAsync(await governor.EnterAsync(CallLane.Sync, default), WecomErrorCodes.FrequencyExceeded);
        _time.Advance(TimeSpan.FromMinutes(1));

        (await governor.LeaveAsync(await governor.EnterAsync(CallLane.Sync, default), WecomErrorCodes.FrequencyExceeded)).ShouldBe(TimeSpan.FromMinutes(10));

        (await Should.ThrowAsync<WecomException>(() => other.EnterAsync(CallLane.Welcome, default).AsTask())).RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        other.Read().Closing.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_cancelled_and_loses_nobody_a_place()
    {
        using var governor = Governor();
        var running = await FillAsync(governor, CallLane.Welcome, 8);
        using var impatience = new CancellationTokenSource();
        var impatient = governor.EnterAsync(CallLane.Welcome, impatience.Token).AsTask();
        var patient = governor.EnterAsync(CallLane.Welcome, default).AsTask();

        await impatience.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => impatient)).CancellationToken.ShouldBe(impatience.Token);
        await LeaveAsync(governor, running[0]);

        await LeaveAsync(governor, await patient);
        foreach (var permit in running.Skip(1)) await LeaveAsync(governor, permit);
        (governor.Read().InFlight, governor.Read().Waiting).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_store_that_fails_fails_the_waiting_calls_and_no_others()
    {
        var store = new FailingStore(_store) { Fails = true };
        using var governor = new ApiGovernor("acme", "api", new CallLimits(), store, _time);

        (await Should.ThrowAsync<WecomException>(() => governor.EnterAsync(CallLane.Sync, default).AsTask())).Failure.ShouldBe(WecomFailure.Transient);
        store.Fails = false;

        await LeaveAsync(governor, await governor.EnterAsync(CallLane.Sync, default));
        governor.Read().InFlight.ShouldBe(0);
    }

    [Fact]
    public void Whatever_comes_in_whatever_lane_at_whatever_instance_no_window_is_crossed_and_no_place_is_lost()
    {
        var step = from pause in Gen.Choose(0, 3000) from who in Gen.Choose(0, 11) from how in Gen.Choose(0, 9) select (pause, who, how);
        Prop.ForAll(step.ListOf().Resize(150).ToArbitrary(), steps => ArriveAsync(steps).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Two_instances_under_load_use_95_percent_of_a_limit_without_crossing_it_and_none_starves()
    {
        const int limit = 600;
        var instances = new[] { Governor(new CallLimits(limit, limit * 60, 0.98)), Governor(new CallLimits(limit, limit * 60, 0.98)) };
        var waiting = new List<(Task<CallPermit> Call, int At)>();
        var made = new List<DateTimeOffset>();
        var share = new int[2];
        var start = _time.GetUtcNow();
        for (var step = 0; step < 240 * 20; step++)
        {
            for (var at = 0; at < 2; at++)
            {
                while (waiting.Count(call => call.At == at) < 4) waiting.Add((instances[at].EnterAsync(CallLane.Welcome, default).AsTask(), at));
            }

            while (instances.Any(instance => instance.Read().IsReserving)) await Task.Yield();
            while (waiting.Count(call => !call.Call.IsCompleted) > instances.Sum(instance => instance.Read().Waiting)) await Task.Yield();
            foreach (var (call, at) in waiting.Where(call => call.Call.IsCompleted).ToList())
            {
                waiting.Remove((call, at));
                if (!call.IsCompletedSuccessfully) continue;
                made.Add(_time.GetUtcNow());
                share[at]++;
                await LeaveAsync(instances[at], await call);
            }

            _time.Advance(TimeSpan.FromMilliseconds(50));
        }

        CallLedgerTests.Most(made, TimeSpan.FromMinutes(1)).ShouldBeLessThanOrEqualTo(limit);
        (made.Count(at => at >= start.AddMinutes(1)) / 3.0).ShouldBeGreaterThanOrEqualTo(0.95 * limit);
        share.Min().ShouldBeGreaterThan(share.Max() / 4);
        foreach (var instance in instances) instance.Dispose();
    }

    private static async Task<bool> ArriveAsync(IReadOnlyList<(int Pause, int Who, int How)> steps)
    {
        var time = new ManualTimeProvider();
        var limits = new CallLimits(60, 500, 1);
        var store = new InMemoryCallBudgetStore();
        var instances = Enumerable.Range(0, 3).Select(_ => new ApiGovernor("acme", "api", limits, store, time)).ToArray();
        var waiting = new List<(Task<CallPermit> Call, ApiGovernor At, DateTimeOffset Since, CancellationTokenSource Patience)>();
        var running = new Queue<(CallPermit Permit, ApiGovernor At)>();
        var made = new List<DateTimeOffset>();
        foreach (var (pause, who, how) in steps)
        {
            for (var n = 0; n <= how; n++)
            {
                var patience = new CancellationTokenSource();
                waiting.Add((instances[who % 3].EnterAsync((CallLane)(who % 4), patience.Token).AsTask(), instances[who % 3], time.GetUtcNow(), patience));
            }

            await SettleAsync();
            if (how == 3 && waiting.Count > 0) await waiting[0].Patience.CancelAsync();
            for (var n = 0; n < how && running.TryDequeue(out var ended); n++) await ended.At.LeaveAsync(ended.Permit, n % 4 == 3 ? null : WecomErrorCodes.Ok);

            await PassAsync(TimeSpan.FromMilliseconds(pause % 9 == 0 ? pause * 15 : pause));
        }

        while (waiting.Count > 0 || running.Count > 0)
        {
            while (running.TryDequeue(out var ended)) await ended.At.LeaveAsync(ended.Permit, WecomErrorCodes.Ok);
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        foreach (var instance in instances) instance.Dispose();
        return CallLedgerTests.Most(made, TimeSpan.FromMinutes(1)) <= 60 && CallLedgerTests.Most(made, TimeSpan.FromHours(1)) <= 500
            && instances.All(instance => instance.Read() is { InFlight: 0, Waiting: 0 });

        // Time goes on while instances ask the store, but not by more than clocks may differ: that would look like a clock set back, whose counts are forgotten.
        async Task PassAsync(TimeSpan span)
        {
            var step = TimeSpan.FromSeconds(1);
            for (var left = span; left > TimeSpan.Zero; left -= step)
            {
                await SettleAsync();
                time.Advance(left < step ? left : step);
            }

            await SettleAsync();
        }

        async Task SettleAsync()
        {
            do
            {
                while (instances.Any(instance => instance.Read().IsReserving)) await Task.Yield();
                foreach (var ended in waiting.Where(call => call.Call.IsCompleted).ToList())
                {
                    waiting.Remove(ended);
                    if (!ended.Call.IsCompletedSuccessfully) continue;
                    // When it was let go, which may have been on the way to the present.
                    made.Add(ended.Since + ended.Call.Result.Waited);
                    running.Enqueue((ended.Call.Result, ended.At));
                }
            }
            while (instances.Sum(instance => instance.Read().Waiting) != waiting.Count);
        }
    }

    private static async Task LeaveAsync(ApiGovernor governor, CallPermit permit) => (await governor.LeaveAsync(permit, WecomErrorCodes.Ok)).ShouldBeNull();

    private static async Task<List<CallPermit>> FillAsync(ApiGovernor governor, CallLane lane, int count)
    {
        var permits = new List<CallPermit>();
        while (permits.Count < count) permits.Add(await governor.EnterAsync(lane, default));
        return permits;
    }

    private ApiGovernor Governor(CallLimits? limits = null) => new("acme", "externalcontact/mark_tag", limits ?? new CallLimits(), _store, _time);

    private sealed class FailingStore(ICallBudgetStore inner) : ICallBudgetStore
    {
        public bool Fails { get; set; }

        public TaskCompletionSource? Opening { get; init; }

        public Task<CallGrant> ReserveAsync(string corp, string api, CallLane lane, DateTimeOffset now, int wanted, CallBudget budget, CancellationToken ct) =>
            Fails ? throw new IOException("away") : inner.ReserveAsync(corp, api, lane, now, wanted, budget, ct);

        public Task<CallClosing> CloseAsync(string corp, string api, DateTimeOffset now, CancellationToken ct) => inner.CloseAsync(corp, api, now, ct);

        public async Task OpenAsync(string corp, string api, CancellationToken ct)
        {
            if (Opening is { } opening) await opening.Task;
            await inner.OpenAsync(corp, api, ct);
        }
    }
}
