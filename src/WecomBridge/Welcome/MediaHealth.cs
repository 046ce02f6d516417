using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Welcome;

/// <summary>Names the files that greetings go without, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class MediaHealth : IHealthCheck
{
    /// <summary>As of the last look; whole sentences.</summary>
    public IReadOnlyList<string> Faults { get; set; } = [];

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = Faults;
        return Task.FromResult(faults.Count == 0 ? HealthCheckResult.Healthy("greetings have their media") : HealthCheckResult.Degraded(string.Join(" ", faults)));
    }
}
