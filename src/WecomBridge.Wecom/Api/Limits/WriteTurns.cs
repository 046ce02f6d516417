using System.Runtime.InteropServices;

namespace WecomBridge.Wecom.Api;

/// <summary>One writer at a time for each thing of a corp (45035). Others wait in the order of their lanes, within a lane in that of their coming; what nobody writes takes no memory.</summary>
internal sealed class WriteTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Corp, string Key), List<Waiter>?> _held = [];

    /// <summary>Returns when it is the caller's turn; <see cref="Leave"/> ends it.</summary>
    public ValueTask EnterAsync(string corp, string key, CallLane lane, CancellationToken ct)
    {
        Waiter waiter;
        lock (_lock)
        {
            ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, (corp, key), out var isHeld);
            if (!isHeld) return ValueTask.CompletedTask;
            waiter = new Waiter(lane);
            (waiting ??= []).Add(waiter);
        }

        return WaitAsync((corp, key), waiter, ct);
    }

    /// <summary>Ends the turn and begins the next one's.</summary>
    public void Leave(string corp, string key)
    {
        lock (_lock)
        {
            if (_held[(corp, key)] is not { Count: > 0 } waiting)
            {
                _held.Remove((corp, key));
                return;
            }

            // The first of the earliest lane.
            var next = waiting.MinBy(waiter => waiter.Lane)!;
            waiting.Remove(next);
            next.SetResult();
        }
    }

    private async ValueTask WaitAsync((string Corp, string Key) thing, Waiter waiter, CancellationToken ct)
    {
        using var registration = ct.UnsafeRegister(
            _ =>
            {
                lock (_lock)
                {
                    // Whoever has taken it off the list already has given it the turn.
                    if (_held.GetValueOrDefault(thing)?.Remove(waiter) == true) waiter.SetCanceled(ct);
                }
            },
            null);
        await waiter.Task.ConfigureAwait(false);
    }

    private sealed class Waiter(CallLane lane) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public CallLane Lane => lane;
    }
}
