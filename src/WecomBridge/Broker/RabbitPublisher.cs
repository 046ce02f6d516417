using WecomBridge.Routing;

namespace WecomBridge.Broker;

/// <summary>Publishes over two connections; a partition key always takes the same one, so that its messages keep their order.</summary>
internal sealed class RabbitPublisher : BackgroundService, IAsyncDisposable
{
    private const int Connections = 2;
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(500);
    private readonly PublisherConnection[] _connections;
    private readonly ILogger<RabbitPublisher> _logger;
    private readonly TimeProvider _time;
    private readonly RoutingTable _routing;

    /// <summary>Closed while bindings change, so that no event meets half of the old ones and half of the new.</summary>
    private readonly DirectGate _routes;
    private int _averageBytes = 1024;
    private string? _away;

    public RabbitPublisher(RabbitConnectionFactory factory, Topology topology, RoutingTable routing, SubscriberFaults faults, BrokerMetrics metrics, TimeProvider time, ILogger<RabbitPublisher> logger)
    {
        (_logger, _time, _routing, _routes) = (logger, time, routing, new DirectGate(int.MaxValue, time));
        _connections = [.. Enumerable.Range(0, Connections).Select(n => new PublisherConnection(factory.Create($"wecombridge publisher {n}"), topology, routing, faults, metrics, logger))];
    }

    /// <summary>Whether every connection takes publishes.</summary>
    public bool Ready => _routes.ClosedSince is null && Array.TrueForAll(_connections, connection => connection.Ready);

    /// <summary>Why not, or null.</summary>
    public string? Fault => Array.Find(_connections, connection => !connection.Ready)?.Fault ?? (_routes.ClosedSince is null ? null : _routes.Reason);

    /// <summary>Bytes of an event's body, of late and roughly.</summary>
    public int AverageBytes => _averageBytes;

    /// <summary>Publishes and returns when the broker has confirmed; events go where the settings of this moment say.</summary>
    /// <param name="message">The message.</param>
    /// <param name="within">How long to wait for the confirm; null: as long as the broker confirms anything, however slowly, and does not block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BrokerUnavailableException">Not confirmed in time, or refused; the outcome is unknown.</exception>
    public Task PublishAsync(OutgoingMessage message, TimeSpan? within, CancellationToken cancellationToken)
    {
        var connection = _connections[(uint)PartitionHash(message.PartitionKey) % Connections];
        return message.Exchange.Length == 0 ? connection.PublishAsync(message, moreKeys: null, within, cancellationToken) : RouteAsync(connection, message, within, cancellationToken);
    }

    /// <summary>Runs a change of bindings and settings while no event is under way; events that come meanwhile wait in the spool.</summary>
    /// <param name="change">Short: the spool fills while it runs.</param>
    /// <param name="cancellationToken">Stops waiting for what is under way.</param>
    public async Task ChangeRoutesAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        _routes.Close("routing is being changed");
        try
        {
            await _routes.SettledAsync(cancellationToken);
            await change();
        }
        finally
        {
            _routes.Open();
        }
    }

    /// <summary>Connects before the service takes callbacks, so that a mismatch stops the start. A broker that is away, or keeps something from us, does not: intake then begins with the spool.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_connections.Select(connection => TryOpenAsync(connection, starting: true, cancellationToken)));
        await base.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
        Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_connections.Select(connection => KeepOpenAsync(connection, stoppingToken)));

    private async Task KeepOpenAsync(PublisherConnection connection, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryOpenAsync(connection, starting: false, stoppingToken);
            await Task.Delay(ReconnectPause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryOpenAsync(PublisherConnection connection, bool starting, CancellationToken cancellationToken)
    {
        try
        {
            if (!await connection.EnsureOpenAsync(starting, cancellationToken)) return;
            _away = null;
            _logger.PublisherConnected();
        }
        catch (TopologyMismatchException mismatch) when (!starting || mismatch.IsOutOfReach)
        {
            // What is kept from us may be given back at any time: meanwhile the spool takes over, at a start as well.
            if (Away(mismatch.Message)) _logger.TopologyMismatch(mismatch.Message);
        }
        catch (Exception failure) when (failure is not TopologyMismatchException && !cancellationToken.IsCancellationRequested)
        {
            // Whatever keeps the broker away, the spool takes over and the next round tries again.
            var reason = failure.GetType().Name;
            if (Away(reason)) _logger.BrokerAway(reason);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task RouteAsync(PublisherConnection connection, OutgoingMessage message, TimeSpan? within, CancellationToken cancellationToken)
    {
        if (!_routes.TryEnter()) throw new BrokerUnavailableException("routing is being changed");
        try
        {
            await connection.PublishAsync(message, _routing.Current.KeysOf(message), within, cancellationToken);

            // Publishes that meet here blur it a little; it is an estimate.
            _averageBytes += (message.Body.Length - _averageBytes) / 16;
        }
        finally
        {
            _routes.Leave();
        }
    }

    /// <summary>True once an outage, not once a try.</summary>
    private bool Away(string reason) => Interlocked.Exchange(ref _away, reason) != reason;

    // string.GetHashCode is seeded per process; any stable spread inside the process is enough here.
    private static int PartitionHash(string partitionKey) => partitionKey.GetHashCode(StringComparison.Ordinal);
}
