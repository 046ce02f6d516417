using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;

namespace WecomBridge.DeadLetters;

/// <summary>The <c>.dlq</c> queues of the broker. What is looked at and kept goes back to its place when the look ends.</summary>
internal sealed class RabbitDeadLetters(RabbitConnectionFactory factory, Topology topology, TimeProvider time) : IDeadLetters
{
    private const ushort NotFound = 404;
    private const string Deaths = "x-death";
    private static readonly TimeSpan ArriveWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PublishWithin = TimeSpan.FromSeconds(10);

    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
    private static readonly HashSet<string> Ours = new([DeadLetterFilter.ReasonHeader, DeadLetterFilter.QueueHeader, DeadLetterFilter.TimeHeader, "CC", "BCC"], StringComparer.Ordinal);

    public async Task WalkAsync(Func<string, bool> queues, int max, Func<Letter, ReadOnlyMemory<byte>, LetterFate> decide, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await factory.Create("wecombridge dlq").CreateConnectionAsync(cancellationToken);
            foreach (var (queue, letters) in Places().Where(place => queues(place.Queue)))
            {
                // One channel and one consumer a queue: closing it puts back what was only looked at, in its order.
                await using var channel = await connection.CreateChannelAsync(Confirming, cancellationToken);
                await WalkAsync(channel, queue, letters, max, decide, cancellationToken);
            }
        }
        catch (PublishException failure) when (failure.IsReturn)
        {
            throw new BrokerUnavailableException("A queue that a letter came from is gone: declare it again with subscriptions apply, or discard its letters.", failure);
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException)
        {
            throw new BrokerUnavailableException($"The broker cannot be used: {failure.GetType().Name}. See Broker:Uri, and that it may be reached from here.", failure);
        }
    }

    /// <summary>Where letters lie. Callbacks that could not be read have no consumer: their queue is itself the place.</summary>
    private IEnumerable<(string Queue, string Letters)> Places() =>
        topology.Queues.Select(queue => queue.Name).Where(name => topology.Queues.Any(other => other.Name == Topology.DeadLettersOf(name)))
            .Select(name => (name, Topology.DeadLettersOf(name))).Append((Topology.UnrecognizedQueue, Topology.UnrecognizedQueue));

    private async Task WalkAsync(IChannel channel, string queue, string letters, int max, Func<Letter, ReadOnlyMemory<byte>, LetterFate> decide, CancellationToken cancellationToken)
    {
        if (await CountAsync(channel, letters, cancellationToken) is not { } count) return;

        // Counted before: what is retried and fails again comes back to the end, and is not met a second time.
        var left = Math.Min(Math.Min((int)count, max), ushort.MaxValue);
        if (left == 0) return;
        var messages = await Deliveries.ConsumeAsync(channel, letters, (ushort)left, arguments: null, cancellationToken);
        for (; left > 0 && await Deliveries.NextAsync(messages, ArriveWithin, time, cancellationToken) is { } got; left--)
        {
            var fate = got.BasicProperties.Type == DeadLetterRoutes.ProbeType ? LetterFate.Discard : decide(Read(queue, got), got.Body);
            if (fate == LetterFate.Keep) continue;
            if (fate == LetterFate.Retry) await PublishAsync(channel, queue, got, cancellationToken);
            await channel.BasicAckAsync(got.DeliveryTag, multiple: false, cancellationToken);
        }
    }

    /// <summary>A broker under an alarm takes no publish and says nothing: then the letter stays where it is.</summary>
    private static async Task PublishAsync(IChannel channel, string queue, BasicDeliverEventArgs got, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(PublishWithin);
        try
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, Clean(got.BasicProperties), got.Body, deadline.Token);
        }
        catch (OperationCanceledException silent) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerUnavailableException($"The broker took nothing within {PublishWithin.TotalSeconds:0} s: see whether it has raised an alarm over memory or disk.", silent);
        }
    }

    private static async Task<uint?> CountAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == NotFound)
        {
            return null;
        }
    }

    private static Letter Read(string queue, BasicDeliverEventArgs got)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in got.BasicProperties.Headers ?? new Dictionary<string, object?>())
        {
            if (value is byte[] text) headers[name] = Encoding.UTF8.GetString(text);
        }

        var (brokersReason, brokersTime) = Death(got.BasicProperties.Headers);
        var at = headers.TryGetValue(DeadLetterFilter.TimeHeader, out var moved) && DateTimeOffset.TryParse(moved, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : brokersTime;
        return Letter.Of(queue, got.BasicProperties.MessageId, headers.GetValueOrDefault(DeadLetterFilter.ReasonHeader) ?? (queue == Topology.UnrecognizedQueue ? "kept" : brokersReason), at, headers, got.Body.Length);
    }

    /// <summary>What the broker says of a message that it moved itself.</summary>
    private static (string Reason, DateTimeOffset? At) Death(IDictionary<string, object?>? headers)
    {
        if (headers?.TryGetValue(Deaths, out var deaths) != true || deaths is not IList<object?> { Count: > 0 } list || list[0] is not IDictionary<string, object?> death) return ("", null);
        var reason = death.TryGetValue("reason", out var why) && why is byte[] text ? Encoding.UTF8.GetString(text) : "";
        var at = death.TryGetValue("time", out var when) && when is AmqpTimestamp stamp ? DateTimeOffset.FromUnixTimeSeconds(stamp.UnixTime) : (DateTimeOffset?)null;
        return (
            reason switch
            {
                "rejected" => "rejected by its consumer",
                "expired" => "not taken in time",
                "maxlen" => "pushed out of a full queue",
                "delivery_limit" => "delivered too often without an end",
                _ => reason,
            },
            at);
    }

    /// <summary>As it was first published: without what the dead letters added.</summary>
    private static BasicProperties Clean(IReadOnlyBasicProperties properties)
    {
        var clean = new BasicProperties(properties) { Expiration = null, UserId = null };
        clean.Headers = clean.Headers?.Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal) && !Ours.Contains(header.Key)).ToDictionary();
        return clean;
    }
}
