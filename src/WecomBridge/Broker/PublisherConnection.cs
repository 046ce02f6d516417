using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Routing;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>The broker cannot take a message now: away, blocked, too slow, or it refused the publish. The outcome of that publish is unknown.</summary>
internal sealed class BrokerUnavailableException(string reason, Exception? innerException = null) : Exception(reason, innerException);

/// <summary>One connection with one long-lived confirming channel. Reconnects when told.</summary>
/// <remarks>
/// A broker that is merely slow keeps its connection: given up with all that is under way, it would get the same messages once more, on top of those that it has not worked yet.
/// Only one that confirms nothing at all for <see cref="StalledAfter"/> is given up.
/// </remarks>
internal sealed class PublisherConnection(ConnectionFactory factory, Topology topology, RoutingTable routing, SubscriberFaults faults, BrokerMetrics metrics, ILogger logger) : IAsyncDisposable
{
    /// <summary>How long publishes may wait without any answer before the connection counts as dead.</summary>
    public static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan CloseWithin = TimeSpan.FromMilliseconds(500);
    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);
    private volatile Link? _link;

    /// <summary>Whether a publish may be tried.</summary>
    public bool Ready => _link is { IsOpen: true, Blocked: null };

    /// <summary>Why a publish would not be tried, or null.</summary>
    public string? Fault => Mismatch ?? (_link is { Blocked: { } reason } ? "blocked: " + reason : Ready ? null : "not connected");

    /// <summary>What stands on the broker with other properties than declared, as the last attempt to connect found it; null when nothing does.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>Connects and declares the topology, when there is no open channel that confirms.</summary>
    /// <param name="starting">Whether also a subscriber's queue with other properties is a reason to give up. Later it is not: what one team did to its queue must not stop the others' events.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    /// <returns>Whether it connected now.</returns>
    /// <exception cref="TopologyMismatchException">Something on the broker has other properties than declared.</exception>
    public async Task<bool> EnsureOpenAsync(bool starting, CancellationToken cancellationToken)
    {
        if (_link is { IsOpen: true, Stalled: false }) return false;
        if (_link is { } old)
        {
            if (old.IsOpen) logger.ConnectionStalled(StalledAfter.TotalSeconds);
            await DropAsync(old);
        }

        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            await TopologyDeclarer.DeclareAsync(connection, topology, routing.Current, starting ? null : faults, cancellationToken);
            _link = new Link(connection, await connection.CreateChannelAsync(Confirming, cancellationToken));
            Mismatch = null;
            return true;
        }
        catch (Exception failure)
        {
            Mismatch = (failure as TopologyMismatchException)?.Message;
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes and returns when the broker has confirmed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="moreKeys">Routing keys beside its own, or null.</param>
    /// <param name="within">How long to wait for the confirm; null: as long as the broker confirms anything and does not block.</param>
    /// <param name="cancellationToken">Stops waiting; the broker may have taken it all the same.</param>
    /// <exception cref="BrokerUnavailableException">Not confirmed in time, or refused.</exception>
    public async Task PublishAsync(OutgoingMessage message, string[]? moreKeys, TimeSpan? within, CancellationToken cancellationToken)
    {
        var link = _link;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, within is null && link is not null ? link.Patience : CancellationToken.None);

        // Looked at after its patience was taken: a block that comes in between ends that one.
        if (link is not { IsOpen: true, Blocked: null }) throw new BrokerUnavailableException(Fault ?? "not connected");
        if (within is { } longest) deadline.CancelAfter(longest);
        using var span = StartSpan(message);
        var (started, error) = (metrics.Timestamp, (string?)"other");
        link.Begin();
        try
        {
            // A message for one queue must find it; an event may well have no subscriber yet.
            await link.Channel.BasicPublishAsync(message.Exchange, message.RoutingKey, mandatory: message.Exchange.Length == 0, AmqpProperties.Of(message, moreKeys), message.Body, deadline.Token);
            link.Progress();
            error = null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            error = "timeout";
            throw new BrokerUnavailableException(Fault ?? "no confirm in time");
        }
        catch (PublishException failure) when (failure.IsReturn)
        {
            // The queue has been deleted: connecting anew declares it again.
            error = "returned";
            await DropAsync(link);
            throw new BrokerUnavailableException($"queue '{message.RoutingKey}' is gone");
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            if (failure is PublishException) link.Progress();
            error = failure.GetType().Name;
            throw new BrokerUnavailableException(failure.GetType().Name, failure);
        }
        finally
        {
            link.End();
            metrics.Sent(message, started, error);
            if (error is not null) span.Fail(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is { } link) await DropAsync(link);
    }

    /// <summary>Below what publishes; of a spooled message, below what made it.</summary>
    private static Activity? StartSpan(OutgoingMessage message)
    {
        if (!Traces.IsOn) return null;
        var destination = message.Exchange.Length == 0 ? message.RoutingKey : message.Exchange;
        var span = Traces.StartUnder(message.Attributes.GetValueOrDefault(EventWriter.HeaderPrefix + Traces.Header), "publish " + destination, ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
            span.SetTag("messaging.system", "rabbitmq").SetTag("messaging.operation.name", "publish").SetTag("messaging.destination.name", destination).SetTag("messaging.message.id", message.Id.ToString()).SetTag("wecombridge.event.type", message.Type);
        return span;
    }

    /// <summary>Gives one connection up; a newer one, made meanwhile, stays.</summary>
    private async Task DropAsync(Link link)
    {
        Interlocked.CompareExchange(ref _link, null, link);
        if (!link.TryClose()) return;
        link.Dispose();
        try
        {
            // A dead line takes the client ten seconds more to say good-bye to; a new connection does not wait for that.
            await CloseAsync(link.Connection).WaitAsync(2 * CloseWithin);
        }
        catch (Exception failure)
        {
            // A connection that cannot even be aborted is gone all the same; nothing depends on it any more.
            logger.DroppingConnectionFailed(failure.GetType().Name);
        }
    }

    private static async Task CloseAsync(IConnection connection)
    {
        await connection.AbortAsync(CloseWithin);
        await connection.DisposeAsync();
    }

    /// <summary>One connection with its channel, and whether the broker has blocked it.</summary>
    private sealed class Link : IDisposable
    {
        private Patience _patience = new();
        private volatile string? _blocked;
        private int _closed;
        private int _waiting;
        private long _progressAt = Environment.TickCount64;

        public Link(IConnection connection, IChannel channel)
        {
            (Connection, Channel) = (connection, channel);
            connection.ConnectionBlockedAsync += (_, blocked) =>
            {
                _blocked = blocked.Reason;
                EndPatience();
                return Task.CompletedTask;
            };
            connection.ConnectionUnblockedAsync += (_, _) =>
            {
                Progress();
                _blocked = null;
                return Task.CompletedTask;
            };
        }

        public IConnection Connection { get; }

        public IChannel Channel { get; }

        public bool IsOpen => Channel.IsOpen;

        /// <summary>The broker's reason (a memory or disk alarm), or null.</summary>
        public string? Blocked => _blocked;

        /// <summary>Whether publishes wait and nothing has been answered for too long, though the broker takes publishes.</summary>
        public bool Stalled => _blocked is null && Volatile.Read(ref _waiting) > 0 && Environment.TickCount64 - Volatile.Read(ref _progressAt) > StalledAfter.TotalMilliseconds;

        /// <summary>For those who wait without a deadline of their own: cancelled when the broker blocks and when the connection is given up.</summary>
        public CancellationToken Patience => Volatile.Read(ref _patience).Token;

        /// <summary>A publish begins; the first to wait starts the clock.</summary>
        public void Begin()
        {
            if (Volatile.Read(ref _waiting) == 0) Progress();
            Interlocked.Increment(ref _waiting);
        }

        /// <summary>Starts the clock anew: the broker has answered a publish, or takes publishes again.</summary>
        public void Progress() => Volatile.Write(ref _progressAt, Environment.TickCount64);

        /// <summary>A publish waits no longer, whatever came of it.</summary>
        public void End() => Interlocked.Decrement(ref _waiting);

        /// <summary>True for the first caller only.</summary>
        public bool TryClose() => Interlocked.Exchange(ref _closed, 1) == 0;

        public void Dispose() => EndPatience();

        private void EndPatience() => Interlocked.Exchange(ref _patience, new Patience()).Dispose();
    }

    /// <summary>A token that outlives its source: cancelled when disposed.</summary>
    private sealed class Patience : IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public Patience() => Token = _source.Token;

        public CancellationToken Token { get; }

        public void Dispose()
        {
            _source.Cancel();
            _source.Dispose();
        }
    }
}
