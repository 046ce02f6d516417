using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace WecomBridge.Broker;

/// <summary>Proves that what a queue gives up finds its dead letters, and leaves nothing behind: a message that must be routed and that expires on arrival.</summary>
/// <remarks>The broker itself drops a dead letter that cannot be routed, and says nothing.</remarks>
internal static class DeadLetterRoutes
{
    /// <summary>Type of the message, should a consumer of dead letters be quick enough to get it.</summary>
    public const string ProbeType = "com.wecombridge.probe";

    /// <summary>How long one proof may take; a broker under an alarm answers none.</summary>
    private static readonly TimeSpan ProofDeadline = TimeSpan.FromMilliseconds(1500);

    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <returns>Those of the queues whose dead letters would be lost.</returns>
    public static async Task<IReadOnlyList<string>> FindLostAsync(IConnection connection, IEnumerable<string> queues, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(Confirming, cancellationToken);
        var proofs = await Task.WhenAll(queues.Select(async queue => (Queue: queue, Found: await IsFoundAsync(channel, Topology.DeadLettersOf(queue), cancellationToken))));
        return [.. proofs.Where(proof => !proof.Found).Select(proof => proof.Queue)];
    }

    /// <summary>What is said of such a queue.</summary>
    public static string Explain(string queue) => $"The dead letters of queue '{queue}' would be lost: the broker has no queue '{Topology.DeadLettersOf(queue)}'.";

    private static async Task<bool> IsFoundAsync(IChannel channel, string letters, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ProofDeadline);
        try
        {
            // Behind letters a message would not expire; where letters lie, a road has been proved.
            if (await channel.MessageCountAsync(letters, deadline.Token) > 0) return true;
            await channel.BasicPublishAsync("", letters, mandatory: true, new BasicProperties { Expiration = "0", Type = ProbeType, AppId = "wecombridge" }, ReadOnlyMemory<byte>.Empty, deadline.Token);
            return true;
        }
        catch (PublishException lost) when (lost.IsReturn)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A broker under an alarm holds publishes back: nothing is proved, and nothing refuted.
            return true;
        }
    }
}
