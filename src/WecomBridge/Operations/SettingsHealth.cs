using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Operations;

/// <summary>Names why the service does not run by its settings files as they stand now.</summary>
internal sealed class SettingsHealth(SettingsReload reload) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(reload.Fault is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy("as in the files"));
}
