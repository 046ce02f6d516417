using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace WecomBridge.Welcome;

/// <summary>Names the files that greetings go without, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class MediaHealth(IOptionsMonitor<WelcomeOptions> options) : IHealthCheck
{
    /// <summary>As of the last look, whole sentences; null before the first.</summary>
    public IReadOnlyList<string>? Faults { get; set; }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = Faults ?? (MediaNeeds.FilesOf(options.CurrentValue).Any() ? ["Greeting media have not been looked at yet: see whether State can be reached."] : []);
        return Task.FromResult(faults.Count == 0 ? HealthCheckResult.Healthy("greetings have their media") : HealthCheckResult.Degraded(string.Join(" ", faults)));
    }
}
