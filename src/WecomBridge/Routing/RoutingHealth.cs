using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Routing;

/// <summary>Names subscribers' queues that are gone, full or read by nobody. Never more than degraded: other events and callbacks are not concerned.</summary>
internal sealed class RoutingHealth(SubscriberFaults faults, RoutingTable table) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = faults.All;
        return Task.FromResult(all.Count == 0 ? HealthCheckResult.Healthy($"{table.Current.Subscribers.Count} subscribers") : HealthCheckResult.Degraded(string.Join("; ", all)));
    }
}
