using WecomBridge.Work;

namespace WecomBridge.Tests.Work;

public class WorkSignalTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_raise_before_the_wait_is_kept_once_and_other_lanes_hear_nothing()
    {
        var time = new ManualTimeProvider();
        var signal = new WorkSignal(time);
        signal.Raise(WorkLane.Tags);
        signal.Raise(WorkLane.Tags);
        var other = signal.WaitAsync(WorkLane.Groups, Long, CancellationToken.None);
        await signal.WaitAsync(WorkLane.Tags, Long, CancellationToken.None);
        var second = signal.WaitAsync(WorkLane.Tags, Long, CancellationToken.None);
        (other.IsCompleted, second.IsCompleted).ShouldBe((false, false));

        time.Advance(Long);
        await Task.WhenAll(other, second);
    }

    [Fact]
    public async Task A_wait_ends_with_a_raise_and_with_its_callers_patience()
    {
        var signal = new WorkSignal(new ManualTimeProvider());
        var wait = signal.WaitAsync(WorkLane.Tags, Long, CancellationToken.None);
        signal.Raise(WorkLane.Tags);
        await wait;

        using var patience = new CancellationTokenSource();
        var cancelled = signal.WaitAsync(WorkLane.Tags, Long, patience.Token);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
    }
}
