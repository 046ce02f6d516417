using WecomBridge.Broker;
using WecomBridge.DeadLetters;
using WecomBridge.Routing;

namespace WecomBridge.Replay;

/// <summary>The subscriber that gets events once more: those that its settings say it wants, in the queue that they would have come to.</summary>
/// <param name="route">The subscriber.</param>
/// <param name="queue">All its queues when it is the configured name; one of several, such as <c>crm.sales.customers.3</c>, alone.</param>
internal sealed class ReplayTarget(SubscriberRoute route, string queue)
{
    /// <summary>Bytes that may wait in each queue.</summary>
    public long MaxBytesEach => route.MaxBytesEach;

    /// <exception cref="InvalidOperationException">It is no queue of a subscriber.</exception>
    public static ReplayTarget Find(RoutingSnapshot routing, string queue) =>
        routing.Subscribers.FirstOrDefault(subscriber => subscriber.Settings.Queue == queue || subscriber.Queues.Contains(queue)) is { } route
            ? new ReplayTarget(route, queue)
            : throw new InvalidOperationException(
                $"'{queue}' is no queue of Routing:Subscribers ({string.Join(", ", routing.Subscribers.Select(subscriber => subscriber.Settings.Queue).Order(StringComparer.Ordinal))}). The bridge's own queues take no replay.");

    /// <summary>The queue that an event comes to; null when the subscriber does not get it.</summary>
    /// <param name="letter">What its headers say.</param>
    /// <param name="partitionKey">What must stay in order.</param>
    /// <param name="body">The event.</param>
    /// <param name="origin">Its <c>wborigin</c>.</param>
    public string? QueueFor(Letter letter, string partitionKey, ReadOnlyMemory<byte> body, string? origin)
    {
        if (!route.Wants(letter.Corp, letter.Type)) return null;
        if (route.HasConditions && !SubscriberConditions.Hold(route.Settings.When, EventFacts.Read(body.Span, origin))) return null;
        var own = route.QueueOf(PartitionKeys.NumberOf(partitionKey));
        return queue == own || queue == route.Settings.Queue ? own : null;
    }
}
