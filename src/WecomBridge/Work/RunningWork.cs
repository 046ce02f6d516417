namespace WecomBridge.Work;

/// <summary>A claimed piece while it is worked, and what may stop it. Its lease ends here no later than in the database, renewed or not.</summary>
internal sealed class RunningWork : IDisposable
{
    private readonly CancellationTokenSource _timeLimit;
    private readonly CancellationTokenSource _lease;
    private readonly CancellationTokenSource _any;

    /// <summary>Starts the clocks.</summary>
    /// <param name="item">What is worked.</param>
    /// <param name="lease">What is left of the lease.</param>
    /// <param name="timeLimit">How long it may take.</param>
    /// <param name="time">The clocks' source.</param>
    /// <param name="abort">The service stops and waits no longer.</param>
    public RunningWork(WorkItem item, TimeSpan lease, TimeSpan timeLimit, TimeProvider time, CancellationToken abort)
    {
        Item = item;
        _timeLimit = new CancellationTokenSource(timeLimit, time);
        _lease = new CancellationTokenSource(Left(lease), time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(_timeLimit.Token, _lease.Token, abort);
    }

    /// <summary>What is worked.</summary>
    public WorkItem Item { get; }

    /// <summary>Nobody may note an end any more: another may hold the claim.</summary>
    public bool IsLost => _lease.IsCancellationRequested;

    /// <summary>It took longer than a piece may.</summary>
    public bool IsOverdue => _timeLimit.IsCancellationRequested;

    /// <summary>Fires for whichever comes first: time limit, end of the lease, end of the service.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>The lease lasts so much longer from now; zero ends it.</summary>
    public void Renew(TimeSpan lease)
    {
        try
        {
            _lease.CancelAfter(Left(lease));
        }
        catch (ObjectDisposedException)
        {
            // It ended between the renewal in the database and this line.
        }
    }

    public void Dispose()
    {
        _any.Dispose();
        _lease.Dispose();
        _timeLimit.Dispose();
    }

    private static TimeSpan Left(TimeSpan lease) => lease > TimeSpan.Zero ? lease : TimeSpan.Zero;
}
