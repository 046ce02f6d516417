namespace WecomBridge.Work;

/// <summary>Makes one lane's things true: reads the present state, computes the difference, writes it. Runs any number of times with the same end.</summary>
internal interface IReconciler
{
    /// <summary>One of <see cref="WorkLane"/>; each lane has one reconciler.</summary>
    string Lane { get; }

    /// <summary>Returns when the thing is as it should be; throws what <see cref="RetryPolicy"/> decides about.</summary>
    /// <param name="item">What, and why.</param>
    /// <param name="cancellationToken">The service stops, the time limit is over or the lease is lost: another may be at it.</param>
    Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken);
}
