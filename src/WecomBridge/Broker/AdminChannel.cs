using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace WecomBridge.Broker;

/// <summary>How a queue stands.</summary>
/// <param name="Messages">Waiting, not with a consumer.</param>
/// <param name="Consumers">Readers connected.</param>
internal sealed record QueueState(uint Messages, uint Consumers);

/// <summary>A channel for declaring, binding and asking. The broker closes a channel over each "no"; this one opens another for the next question.</summary>
internal sealed class AdminChannel(IConnection connection) : IAsyncDisposable
{
    private const ushort NotFound = 404;
    private const ushort ResourceLocked = 405;

    /// <summary>Marks bindings as the service's own. Topic exchanges route without looking at it; the management plug-in shows it.</summary>
    public static readonly IReadOnlyDictionary<string, object?> OwnMark = new Dictionary<string, object?> { ["wecombridge"] = "routing" };

    private IChannel? _channel;

    /// <exception cref="TopologyMismatchException">The exchange exists with other properties.</exception>
    public async Task DeclareExchangeAsync(string exchange, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        await TopologyDeclarer.GuardAsync($"exchange '{exchange}'", () => channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken));
    }

    /// <exception cref="TopologyMismatchException">The queue exists with other properties.</exception>
    public async Task DeclareQueueAsync(QueueDeclaration queue, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        await TopologyDeclarer.GuardAsync($"queue '{queue.Name}'", () => channel.QueueDeclareAsync(queue.Name, durable: true, exclusive: false, autoDelete: false, queue.Arguments.ToDictionary(), cancellationToken: cancellationToken));
    }

    /// <summary>Null when there is no such queue.</summary>
    public async Task<QueueState?> FindQueueAsync(string queue, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        try
        {
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return new QueueState(found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode == NotFound)
        {
            return null;
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode == ResourceLocked)
        {
            // One connection holds it for itself alone, and the broker tells nobody else what is in it.
            return new QueueState(Messages: 0, Consumers: 1);
        }
    }

    /// <param name="binding">Queue and exchange exist.</param>
    /// <param name="mark"><see cref="OwnMark"/> for bindings of subscribers, null for the bridge's own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task BindAsync(QueueBinding binding, IReadOnlyDictionary<string, object?>? mark, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        await channel.QueueBindAsync(binding.Queue, binding.Exchange, binding.Pattern, mark?.ToDictionary(), cancellationToken: cancellationToken);
    }

    /// <summary>Takes a subscriber's binding away; one that is not there, on a queue that is not there, is no fault.</summary>
    public async Task UnbindAsync(QueueBinding binding, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        try
        {
            await channel.QueueUnbindAsync(binding.Queue, binding.Exchange, binding.Pattern, OwnMark.ToDictionary(), cancellationToken);
        }
        catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode is NotFound or ResourceLocked)
        {
            // The queue went, and its bindings with it; what is there now is somebody's own.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null) await _channel.DisposeAsync();
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true }) return _channel;
        if (_channel is not null) await _channel.DisposeAsync();
        return _channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
    }
}
