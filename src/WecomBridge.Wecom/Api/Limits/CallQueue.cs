namespace WecomBridge.Wecom.Api;

/// <summary>A caller that waits for leave.</summary>
internal sealed class WaitingCall(CallLane lane, DateTimeOffset since) : TaskCompletionSource<CallPermit>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private static readonly TimeSpan UrgentPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public CallLane Lane => lane;

    public DateTimeOffset Since => since;

    /// <summary>Until when it may wait for budget: beyond it the work is better put off than kept in a slot of its lane.</summary>
    public DateTimeOffset PatientUntil => since + (lane <= CallLane.Interactive ? UrgentPatience : Patience);
}

/// <summary>Callers in the order in which they are served: by lane, within a lane as they came. Not safe for concurrent use.</summary>
internal sealed class CallQueue
{
    private readonly LinkedList<WaitingCall>[] _lanes = [.. Enum.GetValues<CallLane>().Select(_ => new LinkedList<WaitingCall>())];

    public int Count { get; private set; }

    public WaitingCall? First
    {
        get
        {
            foreach (var lane in _lanes)
            {
                if (lane.First is { } node) return node.Value;
            }

            return null;
        }
    }

    /// <summary>Somebody of this lane or an earlier one waits.</summary>
    public bool IsAhead(CallLane lane) => First is { } first && first.Lane <= lane;

    public void Add(WaitingCall call)
    {
        _lanes[(int)call.Lane].AddLast(call);
        Count++;
    }

    /// <summary>False when it no longer waits.</summary>
    public bool Remove(WaitingCall call)
    {
        var removed = _lanes[(int)call.Lane].Remove(call);
        if (removed) Count--;
        return removed;
    }

    public IReadOnlyList<WaitingCall> All() => [.. _lanes.SelectMany(lane => lane)];
}
