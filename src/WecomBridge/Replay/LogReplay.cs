using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.DeadLetters;

namespace WecomBridge.Replay;

/// <summary>Publishes events of the log once more, to the queues of one subscriber and to nobody else.</summary>
/// <remarks>Nothing that this service does itself is repeated: greeting commands are never in the log, and the queues of its own consumers are not taken for a target.</remarks>
internal sealed class LogReplay(RabbitConnectionFactory factory, TimeProvider time)
{
    private const string OriginHeader = "cloudEvents_wborigin";
    private const int LookEvery = 100;

    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    /// <summary>Replays.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="target">Who gets them.</param>
    /// <param name="mostWaiting">Above so many messages waiting in a queue it waits: a full queue drops its oldest.</param>
    /// <param name="cancellationToken">Stops between two events.</param>
    /// <returns>The ids of what was published, in order.</returns>
    /// <exception cref="BrokerUnavailableException">There is no log or no such queue, or the broker is away.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(ReplayFilter filter, ReplayTarget target, int mostWaiting, CancellationToken cancellationToken)
    {
        var (ids, sent) = (new List<string>(), new Dictionary<string, (int Count, long Bytes)>(StringComparer.Ordinal));
        try
        {
            await using var connection = await factory.Create("wecombridge replay").CreateConnectionAsync(cancellationToken);
            await using var channel = await connection.CreateChannelAsync(Confirming, cancellationToken);
            await new LogReader(connection, time).ReadAsync(
                filter.From,
                async message =>
                {
                    var headers = TextHeaders(message.BasicProperties);
                    var letter = Letter.Of(Topology.LogQueue, message.BasicProperties.MessageId, "", null, headers, message.Body.Length);
                    if (!filter.Matches(letter, DateTimeOffset.FromUnixTimeSeconds(message.BasicProperties.Timestamp.UnixTime))) return;
                    if (target.QueueFor(letter, headers.GetValueOrDefault("cloudEvents_partitionkey", letter.Subject), message.Body, headers.GetValueOrDefault(OriginHeader)) is not { } queue) return;
                    var (count, bytes) = sent.GetValueOrDefault(queue);
                    sent[queue] = (count + 1, bytes + message.Body.Length);
                    if (count % LookEvery == 0) await RoomAsync(channel, queue, Math.Min(mostWaiting, target.MaxBytesEach * (count + 1) / (2 * sent[queue].Bytes)), cancellationToken);
                    await channel.BasicPublishAsync("", queue, mandatory: true, Marked(message.BasicProperties), ReplayBody.Of(message.Body), cancellationToken);
                    ids.Add(letter.Id);
                },
                cancellationToken);
            return ids;
        }
        catch (Exception absent) when (absent is PublishException { IsReturn: true } or OperationInterruptedException { ShutdownReason.ReplyCode: 404 })
        {
            throw new BrokerUnavailableException("The subscriber's queue is not there: declare it with subscriptions apply.", absent);
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException)
        {
            throw new BrokerUnavailableException($"The broker cannot be used: {failure.GetType().Name}; {ids.Count} events were published before. See Broker:Uri, and that it may be reached from here.", failure);
        }
    }

    /// <summary>Waits until fewer messages wait than may, by number and by half of the queue's bytes at their average size.</summary>
    private async Task RoomAsync(IChannel channel, string queue, long mostWaiting, CancellationToken cancellationToken)
    {
        while ((await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount > mostWaiting) await Task.Delay(Wait, time, cancellationToken);
    }

    private static Dictionary<string, string> TextHeaders(IReadOnlyBasicProperties properties) =>
        properties.Headers?.Where(header => header.Value is byte[]).ToDictionary(header => header.Key, header => Encoding.UTF8.GetString((byte[])header.Value!), StringComparer.Ordinal) ?? [];

    private static BasicProperties Marked(IReadOnlyBasicProperties properties) => new(properties)
    {
        UserId = null,
        Headers = new Dictionary<string, object?>((properties.Headers ?? new Dictionary<string, object?>()).Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal))) { [OriginHeader] = Origins.Replay },
    };
}
