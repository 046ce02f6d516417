namespace WecomBridge.Broker;

/// <summary>Publishes over two connections; a partition key always takes the same one, so that its messages keep their order.</summary>
internal sealed class RabbitPublisher : BackgroundService, IAsyncDisposable
{
    private const int Connections = 2;
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(500);
    private readonly PublisherConnection[] _connections;
    private readonly ILogger<RabbitPublisher> _logger;
    private readonly TimeProvider _time;
    private string? _away;

    public RabbitPublisher(RabbitConnectionFactory factory, Topology topology, BrokerMetrics metrics, TimeProvider time, ILogger<RabbitPublisher> logger)
    {
        (_logger, _time) = (logger, time);
        _connections = [.. Enumerable.Range(0, Connections).Select(n => new PublisherConnection(factory.Create($"wecombridge publisher {n}"), topology, metrics, logger))];
    }

    /// <summary>Whether every connection takes publishes.</summary>
    public bool Ready => Array.TrueForAll(_connections, connection => connection.Ready);

    /// <summary>Why not, or null.</summary>
    public string? Fault => Array.Find(_connections, connection => !connection.Ready)?.Fault;

    /// <summary>Publishes and returns when the broker has confirmed.</summary>
    /// <exception cref="BrokerUnavailableException">Not confirmed in time, or refused; the outcome is unknown.</exception>
    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        _connections[(uint)PartitionHash(message.PartitionKey) % Connections].PublishAsync(message, cancellationToken);

    /// <summary>Connects before the service takes callbacks, so that a mismatch stops the start. A broker that is away does not: intake then begins with the spool.</summary>
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_connections.Select(connection => TryOpenAsync(connection, starting: false, stoppingToken)));
            await Task.Delay(ReconnectPause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryOpenAsync(PublisherConnection connection, bool starting, CancellationToken cancellationToken)
    {
        try
        {
            if (!await connection.EnsureOpenAsync(cancellationToken)) return;
            _away = null;
            _logger.PublisherConnected();
        }
        catch (TopologyMismatchException mismatch) when (!starting)
        {
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

    /// <summary>True once an outage, not once a try.</summary>
    private bool Away(string reason) => Interlocked.Exchange(ref _away, reason) != reason;

    // string.GetHashCode is seeded per process; any stable spread inside the process is enough here.
    private static int PartitionHash(string partitionKey) => partitionKey.GetHashCode(StringComparison.Ordinal);
}
