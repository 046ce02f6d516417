using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>Judges how subscribers' queues stand: gone, nearly full, read by nobody. One caller at a time.</summary>
internal sealed class SubscriberWatch(SubscriberFaults faults, TimeProvider time, ILogger<SubscriberWatch> logger)
{
    /// <summary>Share of a queue's bytes above which it is named.</summary>
    private const double NearlyFull = 0.8;

    private readonly Dictionary<string, DateTimeOffset> _unreadSince = new(StringComparer.Ordinal);

    /// <summary>Looks at every queue of the subscribers.</summary>
    /// <param name="find">How a queue stands; null when it is not there.</param>
    /// <param name="snapshot">The subscribers.</param>
    /// <param name="bytesEach">Bytes of an event, roughly: AMQP tells how many wait, not how large they are.</param>
    public async Task LookAsync(Func<string, Task<QueueState?>> find, RoutingSnapshot snapshot, int bytesEach)
    {
        var looked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var subscriber in snapshot.Subscribers)
        {
            foreach (var queue in subscriber.Queues)
            {
                Judge(looked, "gone:" + queue, await find(queue) is { } state ? JudgeState(looked, subscriber, queue, state, snapshot.Options.AbandonedAfter, bytesEach) : Gone(subscriber, queue));
                var letters = Topology.DeadLettersOf(queue);
                Judge(looked, "gone:" + letters, await find(letters) is null ? Gone(subscriber, letters) : null);
            }
        }

        // Faults of queues that the settings no longer name go with them; those of declaring have keys of their own.
        foreach (var key in _unreadSince.Keys.Where(key => !looked.Contains("unread:" + key)).ToList()) _unreadSince.Remove(key);
        faults.ClearOthers(looked, key => key.StartsWith("gone:", StringComparison.Ordinal) || key.StartsWith("unread:", StringComparison.Ordinal) || key.StartsWith("full:", StringComparison.Ordinal));
    }

    private static string Gone(SubscriberRoute subscriber, string queue) =>
        $"Queue '{queue}' of subscriber '{subscriber.Name}' is gone and its events are lost meanwhile: 'subscriptions apply' declares it again, 'replay' refills it from {Topology.LogQueue}";

    /// <returns>Null: the queue is there.</returns>
    private string? JudgeState(HashSet<string> looked, SubscriberRoute subscriber, string queue, QueueState state, TimeSpan patience, int bytesEach)
    {
        if (state is { Consumers: 0, Messages: > 0 }) _unreadSince.TryAdd(queue, time.GetUtcNow());
        else _unreadSince.Remove(queue);
        var isUnread = _unreadSince.TryGetValue(queue, out var since) && time.GetUtcNow() - since >= patience;
        Judge(looked, "unread:" + queue, isUnread
            ? $"Nobody reads queue '{queue}' of subscriber '{subscriber.Name}' since {since.UtcDateTime:yyyy-MM-dd HH:mm}Z: start its reader, or take the subscriber out of the settings and delete the queue"
            : null);

        var share = (double)state.Messages * bytesEach / subscriber.MaxBytesEach;
        Judge(looked, "full:" + queue, share >= NearlyFull
            ? $"Queue '{queue}' of subscriber '{subscriber.Name}' is nearly or wholly full: its oldest events go to '{Topology.DeadLettersOf(queue)}'; read it faster or raise Routing:Subscribers:{subscriber.Name}:MaxBytes"
            : null);
        return null;
    }

    private void Judge(HashSet<string> looked, string key, string? fault)
    {
        looked.Add(key);
        if (fault is null) faults.Clear(key);
        else if (faults.Set(key, fault)) logger.SubscriberInTrouble(fault);
    }
}
