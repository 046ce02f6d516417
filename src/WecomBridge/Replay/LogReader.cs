using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;

namespace WecomBridge.Replay;

/// <summary>Reads the stream <c>wecom.log</c> from a time on to where it ended when the reading began.</summary>
internal sealed class LogReader(IConnection connection, TimeProvider time)
{
    private const ushort NotFound = 404;
    private const ushort Prefetch = 500;
    private const string Offset = "x-stream-offset";

    /// <summary>A stream says nothing of its end: after so long without a message it has been reached.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    /// <summary>While events keep coming there is no quiet; by then the newest of the beginning has been seen.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    /// <summary>The first message may take longer: the broker looks for its place on disk.</summary>
    private static readonly TimeSpan FirstQuiet = TimeSpan.FromSeconds(10);

    /// <summary>An event reaches the log after its own time, by the clocks of two machines.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    /// <param name="from">By the broker's clock, when it took the event; null reads from the beginning.</param>
    /// <param name="take">Called for each message, in order; the message's memory is valid until it returns.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <exception cref="BrokerUnavailableException">There is no log, or the broker is away.</exception>
    public async Task ReadAsync(DateTimeOffset? from, Func<BasicDeliverEventArgs, Task> take, CancellationToken cancellationToken)
    {
        if (await EndAsync(cancellationToken) is not { } end) return;
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var messages = await Deliveries.ConsumeAsync(
            channel, Topology.LogQueue, Prefetch, new Dictionary<string, object?> { [Offset] = from is { } since ? new AmqpTimestamp((since - ClockMargin).ToUnixTimeSeconds()) : "first" }, cancellationToken);
        while (await Deliveries.NextAsync(messages, FirstQuiet, time, cancellationToken) is { } message)
        {
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            await take(message);

            // What comes behind reaches the subscriber by itself.
            if (OffsetOf(message) >= end) return;
        }
    }

    /// <summary>The offset of the newest message, or of one a moment newer; null when there is none.</summary>
    private async Task<long?> EndAsync(CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await RequireLogAsync(channel, cancellationToken);
        var messages = await Deliveries.ConsumeAsync(channel, Topology.LogQueue, Prefetch, new Dictionary<string, object?> { [Offset] = "last" }, cancellationToken);
        long? end = null;
        var (begun, patience) = (time.GetTimestamp(), FirstQuiet);
        while ((end is null || time.GetElapsedTime(begun) < LongestLook) && await Deliveries.NextAsync(messages, patience, time, cancellationToken) is { } message)
        {
            patience = Quiet;
            end = Math.Max(end ?? 0, OffsetOf(message));
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
        }

        return end;
    }

    // How much is in a stream the broker says late: an empty one is found out by reading.
    private static async Task RequireLogAsync(IChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await channel.QueueDeclarePassiveAsync(Topology.LogQueue, cancellationToken);
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == NotFound)
        {
            throw new BrokerUnavailableException($"The broker has no log '{Topology.LogQueue}': Broker:Log:MaxAge is 0, or the service has not run yet. What was published before it was there cannot be replayed.");
        }
    }

    private static long OffsetOf(BasicDeliverEventArgs message) => message.BasicProperties.Headers?.TryGetValue(Offset, out var value) == true && value is long offset ? offset : 0;
}
