using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using WecomBridge.Spool;

namespace WecomBridge.Broker;

/// <summary>Can a callback be made durable, and where?</summary>
internal sealed class BrokerHealth(SpoolStore spool, IOptions<BrokerOptions> options, IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = spool.Count(MessageLane.Event) + spool.Count(MessageLane.Welcome);
        var aside = spool.DamagedFiles > 0 ? $", {spool.DamagedFiles} damaged spool files set aside" : "";
        var spoolState = spool.Fault is { } fault ? $"spool: {fault}" : $"spool: {waiting} waiting{aside}";
        if (options.Value.Transport == BrokerTransport.Embedded)
            return Task.FromResult(spool.Fault is null ? Healthy(aside, spoolState) : HealthCheckResult.Unhealthy(spoolState));

        var broker = services.GetRequiredService<RabbitPublisher>();
        var gate = services.GetRequiredService<DirectGate>();
        var road = gate.ClosedSince is null ? "" : $", intake goes through the spool ({gate.Reason})";
        var what = $"broker: {broker.Fault ?? "confirming"}{road}; {spoolState}";
        return Task.FromResult((broker.Ready, spool.Fault) switch
        {
            (true, null) => Healthy(aside, what),
            (false, not null) => HealthCheckResult.Unhealthy(what),
            _ => HealthCheckResult.Degraded(what),
        });
    }

    private static HealthCheckResult Healthy(string aside, string what) => aside.Length == 0 ? HealthCheckResult.Healthy(what) : HealthCheckResult.Degraded(what);
}
