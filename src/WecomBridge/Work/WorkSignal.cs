using System.Collections.Concurrent;

namespace WecomBridge.Work;

/// <summary>Tells the runner of this process that something was marked; other instances find it at their next poll.</summary>
internal sealed class WorkSignal(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Bell> _bells = new(StringComparer.Ordinal);

    /// <summary>Wakes the lane's runner, or lets its next wait return at once. Call it after the mark is durable.</summary>
    public void Raise(string lane) => BellOf(lane).Ring();

    /// <summary>Returns at the next <see cref="Raise"/>, one that came since the last wait included, or when the time is over.</summary>
    public Task WaitAsync(string lane, TimeSpan atMost, CancellationToken cancellationToken) => BellOf(lane).WaitAsync(atMost, time, cancellationToken);

    private Bell BellOf(string lane) => _bells.GetOrAdd(lane, static _ => new Bell());

    private sealed class Bell
    {
        private TaskCompletionSource _rung = New();

        public void Ring() => Volatile.Read(ref _rung).TrySetResult();

        public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Volatile.Read(ref _rung).Task, Task.Delay(atMost, time, over.Token));
            // The delay must not outlive the wait.
            await over.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            // Only the one waiter of a lane replaces the bell, and a ring after this line is kept for its next wait.
            if (_rung.Task.IsCompleted) Volatile.Write(ref _rung, New());
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
