using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Limits;

public class WriteTurnsTests
{
    private readonly WriteTurns _turns = new();

    [Fact]
    public async Task Writers_of_one_thing_come_one_after_another_by_lane_and_arrival()
    {
        await Enter(CallLane.Sync);
        var order = new List<string>();
        var waiting = new List<Task>();
        foreach (var (name, lane) in new[] { ("bulk", CallLane.Bulk), ("sync 1", CallLane.Sync), ("sync 2", CallLane.Sync), ("interactive", CallLane.Interactive) }) waiting.Add(WriteAsync(name, lane));
        order.ShouldBeEmpty();

        _turns.Leave("acme", "wm1");
        await Task.WhenAll(waiting);

        order.ShouldBe(["interactive", "sync 1", "sync 2", "bulk"]);
        IsFree("wm1").ShouldBeTrue();

        async Task WriteAsync(string name, CallLane lane)
        {
            await Enter(lane);
            order.Add(name);
            _turns.Leave("acme", "wm1");
        }
    }

    [Fact]
    public async Task Other_things_and_other_corps_do_not_wait()
    {
        await Enter(CallLane.Sync);

        _turns.EnterAsync("acme", "wm2", CallLane.Sync, default).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        _turns.EnterAsync("other", "wm1", CallLane.Sync, default).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_writer_who_gives_up_waiting_gets_no_turn_and_holds_nobody_up()
    {
        await Enter(CallLane.Sync);
        using var impatience = new CancellationTokenSource();
        var impatient = _turns.EnterAsync("acme", "wm1", CallLane.Sync, impatience.Token).AsTask();
        var patient = _turns.EnterAsync("acme", "wm1", CallLane.Sync, default).AsTask();

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        _turns.Leave("acme", "wm1");

        await patient;
        _turns.Leave("acme", "wm1");
        IsFree("wm1").ShouldBeTrue();
    }

    [Fact]
    public async Task Many_writers_who_come_and_give_up_at_random_never_write_side_by_side()
    {
        var writing = 0;
        var sideBySide = 0;
        await Task.WhenAll(Enumerable.Range(0, 400).Select(n => Task.Run(async () =>
        {
            using var patience = new CancellationTokenSource();
            if (n % 3 == 0) patience.CancelAfter(1);
            try
            {
                await _turns.EnterAsync("acme", $"wm{n % 5}", (CallLane)(n % 4), patience.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (n % 5 == 0 && Interlocked.Increment(ref writing) > 1) Interlocked.Increment(ref sideBySide);
            await Task.Yield();
            if (n % 5 == 0) Interlocked.Decrement(ref writing);
            _turns.Leave("acme", $"wm{n % 5}");
        })));

        sideBySide.ShouldBe(0);
        for (var n = 0; n < 5; n++) IsFree($"wm{n}").ShouldBeTrue();
    }

    private bool IsFree(string key) => _turns.EnterAsync("acme", key, CallLane.Sync, default).AsTask().IsCompletedSuccessfully;

    private ValueTask Enter(CallLane lane) => _turns.EnterAsync("acme", "wm1", lane, default);
}
