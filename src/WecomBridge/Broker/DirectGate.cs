namespace WecomBridge.Broker;

/// <summary>Decides whether intake goes straight to the broker or through the spool. The breaker of the intake path.</summary>
/// <remarks>
/// Order is kept across an outage: once closed, everything new goes through the spool until the spool is empty, and the relay
/// starts only when every publish that was under way has settled (and, if it failed, has been spooled at its old place).
/// </remarks>
internal sealed class DirectGate(int maxInFlight, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _settled;
    private int _inFlight;
    private bool _open = true;

    /// <summary>Since when everything goes through the spool, or null.</summary>
    public DateTimeOffset? ClosedSince { get; private set; }

    /// <summary>Why it closed last.</summary>
    public string? Reason { get; private set; }

    /// <summary>Takes a place in flight, or says that the spool is the way. Each true needs one <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (!_open || _inFlight >= maxInFlight) return false;
            _inFlight++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_inFlight == 0) _settled?.TrySetResult();
        }
    }

    /// <summary>Sends what comes from now on through the spool.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Close(string reason)
    {
        lock (_lock)
        {
            if (!_open) return false;
            (_open, ClosedSince, Reason) = (false, time.GetUtcNow(), reason);
            return true;
        }
    }

    /// <summary>Lets intake go straight to the broker again.</summary>
    /// <returns>Whether it was closed.</returns>
    public bool Open()
    {
        lock (_lock)
        {
            if (_open) return false;
            (_open, ClosedSince) = (true, null);
            return true;
        }
    }

    /// <summary>Completes when no publish is under way.</summary>
    public Task SettledAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_inFlight == 0) return Task.CompletedTask;
            if (_settled is null || _settled.Task.IsCompleted) _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _settled.Task.WaitAsync(cancellationToken);
        }
    }
}
