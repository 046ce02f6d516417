using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace WecomBridge.Broker;

/// <summary>The broker cannot take a message now: away, blocked, too slow, or it refused the publish. The outcome of that publish is unknown.</summary>
internal sealed class BrokerUnavailableException(string reason, Exception? innerException = null) : Exception(reason, innerException);

/// <summary>One connection with one long-lived confirming channel. Reconnects when told; a publish that outlives its deadline drops the connection.</summary>
internal sealed class PublisherConnection(ConnectionFactory factory, Topology topology, ILogger logger) : IAsyncDisposable
{
    /// <summary>How long one publish may wait for its confirm. Well inside the callback's answer budget, so that the spool still can take the event.</summary>
    public static readonly TimeSpan PublishDeadline = TimeSpan.FromMilliseconds(1500);

    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
    private IConnection? _connection;
    private volatile IChannel? _channel;
    private volatile string? _blocked;

    /// <summary>Whether a publish may be tried.</summary>
    public bool Ready => _channel is { IsOpen: true } && _blocked is null;

    /// <summary>Why a publish would not be tried, or null.</summary>
    public string? Fault => _blocked is { } reason ? "blocked: " + reason : Ready ? null : "not connected";

    /// <summary>Connects and declares the topology, when there is no open channel.</summary>
    /// <exception cref="TopologyMismatchException">Something on the broker has other properties than declared.</exception>
    public async Task EnsureOpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true }) return;
        await DropAsync();
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            connection.ConnectionBlockedAsync += OnBlockedAsync;
            connection.ConnectionUnblockedAsync += OnUnblockedAsync;
            await TopologyDeclarer.DeclareAsync(connection, topology, cancellationToken);
            _channel = await connection.CreateChannelAsync(Confirming, cancellationToken);
            _connection = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes and returns when the broker has confirmed.</summary>
    /// <exception cref="BrokerUnavailableException">Not confirmed inside the deadline, or refused.</exception>
    public async Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (_channel is not { IsOpen: true } channel || _blocked is not null) throw new BrokerUnavailableException(Fault ?? "not connected");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(PublishDeadline);
        try
        {
            // A message for one queue must find it; an event may well have no subscriber yet.
            await channel.BasicPublishAsync(message.Exchange, message.RoutingKey, mandatory: message.Exchange.Length == 0, AmqpProperties.Of(message), message.Body, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (_blocked is null) await DropAsync();
            throw new BrokerUnavailableException("no confirm inside the deadline");
        }
        catch (PublishException failure) when (failure.IsReturn)
        {
            // The queue has been deleted: connecting anew declares it again.
            await DropAsync();
            throw new BrokerUnavailableException($"queue '{message.RoutingKey}' is gone");
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new BrokerUnavailableException(failure.GetType().Name, failure);
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private async Task DropAsync()
    {
        _channel = null;
        if (Interlocked.Exchange(ref _connection, null) is not { } connection) return;
        _blocked = null;
        connection.ConnectionBlockedAsync -= OnBlockedAsync;
        connection.ConnectionUnblockedAsync -= OnUnblockedAsync;
        try
        {
            await connection.AbortAsync(TimeSpan.FromMilliseconds(500));
            await connection.DisposeAsync();
        }
        catch (Exception failure)
        {
            // A connection that cannot even be aborted is gone all the same; nothing depends on it any more.
            logger.DroppingConnectionFailed(failure.GetType().Name);
        }
    }

    private Task OnBlockedAsync(object sender, ConnectionBlockedEventArgs blocked)
    {
        _blocked = blocked.Reason;
        return Task.CompletedTask;
    }

    private Task OnUnblockedAsync(object sender, AsyncEventArgs unblocked)
    {
        _blocked = null;
        return Task.CompletedTask;
    }
}
