using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace WecomBridge.Broker;

/// <summary>Proves that what a queue gives up finds its dead letters, and leaves nothing behind: a message that must be routed and that expires on arrival.</summary>
/// <remarks>The broker itself drops a dead letter that cannot be routed, and says nothing.</remarks>
internal static class DeadLetterRoutes
{
    /// <summary>Type of the message, should a consumer of dead letters be quick enough to get it.</summary>
    public const string ProbeType = "com.wecombridge.probe";

    private const string RoutingKey = "x-dead-letter-routing-key";

    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <exception cref="TopologyMismatchException">A queue's dead letters would be lost.</exception>
    public static async Task ProveAsync(IConnection connection, Topology topology, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(Confirming, cancellationToken);
        foreach (var queue in topology.Queues.Where(queue => queue.Arguments.ContainsKey(RoutingKey)))
        {
            try
            {
                await channel.BasicPublishAsync("", (string)queue.Arguments[RoutingKey]!, mandatory: true, new BasicProperties { Expiration = "0", Type = ProbeType, AppId = "wecombridge" }, ReadOnlyMemory<byte>.Empty, cancellationToken);
            }
            catch (PublishException lost) when (lost.IsReturn)
            {
                throw new TopologyMismatchException($"The dead letters of queue '{queue.Name}' would be lost: the broker has no queue '{queue.Arguments[RoutingKey]}'.");
            }
        }
    }
}
