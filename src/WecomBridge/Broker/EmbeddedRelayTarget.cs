using System.Collections.Concurrent;
using MassTransit.Transports;
using WecomBridge.Spool;
using WecomBridge.State;

namespace WecomBridge.Broker;

/// <summary>The embedded road: hands spooled messages to the same consumers that RabbitMQ would feed, and waits for them.</summary>
internal sealed class EmbeddedRelayTarget : ISpoolTarget
{
    private const int Concurrency = 64;

    /// <summary>How long events may wait for a crowd of callbacks to pass, so that a crowd that stays is served beside them.</summary>
    private static readonly TimeSpan LongestYield = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan YieldStep = TimeSpan.FromMilliseconds(10);
    private readonly SpoolStore _spool;
    private readonly TimeProvider _time;
    private readonly Topology _topology;
    private readonly DeadLetterStore _deadLetters;
    private readonly BrokerMetrics _metrics;
    private readonly ILogger<EmbeddedRelayTarget> _logger;
    private readonly Dictionary<string, IReceiveEndpointDispatcher> _dispatchers;
    private readonly ConcurrentDictionary<(string Exchange, string Key), string[]> _queues = new();

    public EmbeddedRelayTarget(IEnumerable<ConsumerEndpoint> endpoints, IReceiveEndpointDispatcherFactory factory, Topology topology, DeadLetterStore deadLetters, SpoolStore spool, BrokerMetrics metrics, TimeProvider time, ILogger<EmbeddedRelayTarget> logger)
    {
        (_topology, _deadLetters, _spool, _metrics, _time, _logger) = (topology, deadLetters, spool, metrics, time, logger);
        _dispatchers = endpoints.ToDictionary(endpoint => endpoint.Queue, endpoint => endpoint.CreateDispatcher(factory), StringComparer.Ordinal);
    }

    public int BatchSize => 256;

    public bool WorksGreetings => true;

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<SpooledMessage>> DeliverAsync(IReadOnlyList<SpooledMessage> messages, CancellationToken cancellationToken)
    {
        if (messages[0].Message.Lane == MessageLane.Event) await YieldAsync(cancellationToken);
        var arrived = new ConcurrentBag<SpooledMessage>();
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (message, stopping) =>
        {
            if (await DeliverAsync(message.Message, stopping)) arrived.Add(message);
        });
        return [.. arrived];
    }

    public void SpoolEmpty()
    {
        // There is no other road to open.
    }

    /// <summary>WeCom waits for callbacks and soon gives up; nobody waits for the consumers of events. Greetings have a lane of their own.</summary>
    private async Task YieldAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < LongestYield && _spool.Crowded; waited += YieldStep) await Task.Delay(YieldStep, _time, cancellationToken);
    }

    /// <returns>Whether every consumer has it, or the dead letters do.</returns>
    private async Task<bool> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        foreach (var queue in _queues.GetOrAdd((message.Exchange, message.RoutingKey), QueuesOf))
        {
            try
            {
                if (_dispatchers.TryGetValue(queue, out var dispatcher))
                    await dispatcher.Dispatch(message.Body.ToArray(), DispatchHeaders.Of(message), cancellationToken);
                else
                    await _deadLetters.AddAsync(queue, message, reason: queue == Topology.UnrecognizedQueue ? "kept" : "no consumer in this instance", cancellationToken);
            }
            catch (Exception away) when (away is StateUnavailableException or NotDurableException)
            {
                return false;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Whatever a consumer throws beside a store being away is poison: it goes to the dead letters and the lane flows on.
                if (!await TryDeadLetterAsync(queue, message, failure, cancellationToken)) return false;
            }
        }

        return true;
    }

    private async Task<bool> TryDeadLetterAsync(string queue, OutgoingMessage message, Exception failure, CancellationToken cancellationToken)
    {
        var reason = DeadLetterReason.Of(failure);
        try
        {
            await _deadLetters.AddAsync(queue, message, reason, cancellationToken);
        }
        catch (StateUnavailableException)
        {
            return false;
        }

        _metrics.DeadLettered(queue, reason);
        _logger.DeadLettered(queue, message.Id.ToString(), reason);
        return true;
    }

    private string[] QueuesOf((string Exchange, string Key) address)
    {
        if (address.Exchange.Length == 0) return [address.Key];
        return [.. _topology.Bindings.Where(binding => binding.Exchange == address.Exchange && _dispatchers.ContainsKey(binding.Queue) && TopicPattern.Matches(binding.Pattern, address.Key)).Select(binding => binding.Queue).Distinct()];
    }
}
