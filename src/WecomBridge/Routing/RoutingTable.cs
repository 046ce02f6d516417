using Microsoft.Extensions.Options;
using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>Holds the snapshot that publishes go by. Swapped as a whole.</summary>
internal sealed class RoutingTable(IOptions<RoutingOptions> options, IOptions<BrokerOptions> broker)
{
    private volatile RoutingSnapshot? _current;

    /// <summary>Whether limits are policies, for as long as the process lives.</summary>
    public bool LimitsArePolicies { get; } = broker.Value.ManagementUrl is not null;

    /// <summary>What publishes go by now.</summary>
    public RoutingSnapshot Current => _current ??= SnapshotOf(options.Value);

    public RoutingSnapshot SnapshotOf(RoutingOptions settings) => new(settings, LimitsArePolicies);

    public void Swap(RoutingSnapshot next) => _current = next;
}
