using Microsoft.Extensions.Options;
using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>Holds the snapshot that publishes go by. Swapped as a whole.</summary>
internal sealed class RoutingTable(IOptions<RoutingOptions> options, IOptions<BrokerOptions> broker) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile RoutingSnapshot? _current;
    private volatile HashSet<QueueBinding> _former = [];

    /// <summary>Whether limits are policies, for as long as the process lives.</summary>
    public bool LimitsArePolicies { get; } = broker.Value.ManagementUrl is not null;

    /// <summary>What publishes go by now.</summary>
    public RoutingSnapshot Current => _current ??= SnapshotOf(options.Value);

    public RoutingSnapshot SnapshotOf(RoutingOptions settings) => new(settings, LimitsArePolicies);

    /// <summary>Bindings that this process has asked for and no longer does: whatever else is bound, another instance may need.</summary>
    public IReadOnlySet<QueueBinding> Former => _former;

    public void Swap(RoutingSnapshot next)
    {
        _former = [.. _former.Union(Current.Bindings).Except(next.Bindings)];
        _current = next;
    }

    /// <summary>Waits until nobody else of this instance changes bindings; disposing gives the turn back.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
