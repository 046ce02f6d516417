using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Work;

/// <summary>Names the apps that WeCom or the CRM refuses, or has not answered for a while, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class WorkHealth(WorkPauses pauses, TimeProvider time) : IHealthCheck
{
    /// <summary>Shorter silences pass by themselves.</summary>
    private static readonly TimeSpan Worrying = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var waiting = pauses.Current.Where(pause => !pause.IsSilence || now - pause.Since >= Worrying).Select(pause => $"{pause.Lane} of {pause.Corp}/{pause.App} waits: {pause.Reason}. {pause.Remedy}").ToList();
        return Task.FromResult(waiting.Count == 0 ? HealthCheckResult.Healthy("no app is refused") : HealthCheckResult.Degraded(string.Join(" ", waiting)));
    }
}
