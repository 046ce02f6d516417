using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Work;

/// <summary>Names the apps that WeCom or the CRM refuses, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class WorkHealth(WorkPauses pauses) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var refused = pauses.Current.Select(pause => $"{pause.Lane} of {pause.Corp}/{pause.App} waits: {pause.Reason}. {pause.Remedy}").ToList();
        return Task.FromResult(refused.Count == 0 ? HealthCheckResult.Healthy("no app is refused") : HealthCheckResult.Degraded(string.Join(" ", refused)));
    }
}
