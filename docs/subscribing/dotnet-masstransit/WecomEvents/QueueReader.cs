using System.Runtime.Serialization;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Subscriber.WecomEvents;

/// <summary>Reads the queue and hands each message to the consumers. What cannot be read goes to the dead letters; what a consumer fails on comes again, and goes there when the queue's limit of deliveries is reached. When the queue is deleted, or the broker closes the channel, the host stops with exit code 1: what runs the program starts it again.</summary>
internal sealed class QueueReader(Uri broker, string queue, IReceiveEndpointDispatcherFactory factory, ILogger<QueueReader> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly IReceiveEndpointDispatcher _consumers = factory.CreateReceiver(queue);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReadAsync(stoppingToken);
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The host stops over it, but with 0.
            Environment.ExitCode = 1;
            throw;
        }
    }

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await ConnectAsync(stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        await channel.BasicQosAsync(0, 50, global: false, stoppingToken);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            // A connection that breaks closes its channels too, and is made again.
            if (connection.IsOpen) ended.TrySetException(new InvalidOperationException($"The broker closed the channel: {reason.ReplyText}"));
            return Task.CompletedTask;
        };
        var consumer = new Consumer(channel, ended);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            try
            {
                await _consumers.Dispatch(delivery.Body.ToArray(), new Dictionary<string, object> { ["Content-Type"] = "application/cloudevents+json" }, stoppingToken);
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stoppingToken);
            }
            catch (MessageNotConsumedException)
            {
                // Other types, also ones to come, are fetched and forgotten.
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                var isPoison = failure is SerializationException;
                logger.LogWarning("Message {Id} failed: {Failure}", delivery.BasicProperties.MessageId, failure.GetType().Name);
                if (!isPoison) await Task.Delay(Pause, stoppingToken);
                await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: !isPoison, stoppingToken);
            }
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stoppingToken);
        await ended.Task.WaitAsync(stoppingToken);
    }

    /// <summary>A connection that breaks later is made again, and consumes again, by itself.</summary>
    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try { return await new ConnectionFactory { Uri = broker, NetworkRecoveryInterval = Pause }.CreateConnectionAsync(cancellationToken); }
            catch (BrokerUnreachableException) { await Task.Delay(Pause, cancellationToken); }
        }
    }

    private sealed class Consumer(IChannel channel, TaskCompletionSource ended) : AsyncEventingBasicConsumer(channel)
    {
        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            ended.TrySetException(new InvalidOperationException("The queue was deleted."));
            return Task.CompletedTask;
        }
    }
}
