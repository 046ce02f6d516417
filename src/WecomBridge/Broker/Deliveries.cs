using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace WecomBridge.Broker;

/// <summary>Reads a queue message by message, for verbs: without bus, retries or acknowledgements of its own.</summary>
internal static class Deliveries
{
    /// <summary>Begins to consume; what is not acknowledged goes back, in order, when the channel closes.</summary>
    /// <param name="channel">A channel of its own.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="prefetch">Messages that may be with the reader unacknowledged.</param>
    /// <param name="arguments">Of the consumer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<ChannelReader<BasicDeliverEventArgs>> ConsumeAsync(IChannel channel, string queue, ushort prefetch, Dictionary<string, object?>? arguments, CancellationToken cancellationToken)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, cancellationToken);
        var messages = Channel.CreateBounded<BasicDeliverEventArgs>(prefetch);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => messages.Writer.WriteAsync(Copy(delivery), cancellationToken).AsTask();
        channel.ChannelShutdownAsync += (_, shutdown) =>
        {
            messages.Writer.TryComplete(new BrokerUnavailableException($"The broker ended the reading of {queue}: {shutdown.ReplyText}."));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, "", noLocal: false, exclusive: false, arguments, consumer, cancellationToken);
        return messages.Reader;
    }

    /// <summary>The next message; null when none comes in that time.</summary>
    /// <exception cref="BrokerUnavailableException">The broker ended the reading.</exception>
    public static async Task<BasicDeliverEventArgs?> NextAsync(ChannelReader<BasicDeliverEventArgs> messages, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (messages.TryRead(out var ready)) return ready;
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), quiet, patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await messages.ReadAsync(quiet.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException ended)
        {
            throw new BrokerUnavailableException(ended.InnerException?.Message ?? "The broker ended the reading.", ended);
        }
    }

    // The client takes the body's memory back as soon as the handler returns.
    private static BasicDeliverEventArgs Copy(BasicDeliverEventArgs delivery) =>
        new(delivery.ConsumerTag, delivery.DeliveryTag, delivery.Redelivered, delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties, delivery.Body.ToArray(), delivery.CancellationToken);
}
