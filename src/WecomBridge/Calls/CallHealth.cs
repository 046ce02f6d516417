using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary>Names the apps that get no token and the APIs that stay closed, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class CallHealth(WecomClientFactory clients, CallGovernor governor, StateCallBudgetStore budgets, TimeProvider time) : IHealthCheck
{
    /// <summary>The first closing is the limit doing its work; from the second on somebody should look.</summary>
    private const int Worrying = 2;

    /// <summary>So long after a closing nobody has called the API: whether it is open again is not known.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<string> faults = [.. clients.Refusals().Select(refused => $"App {refused.App} gets no access token: {refused.Refusal.Message} {WecomErrorCodes.RemedyFor(refused.Refusal.Remedy, refused.App.Corp, refused.App.App)}")];
        var now = time.GetUtcNow();
        faults.AddRange(governor.Read().Where(api => api.Closing.Count >= Worrying && now < api.Closing.Until + Stale).Select(api =>
            $"WeCom keeps {api.Api} closed to corp {api.Corp} (45009), {api.Closing.Count} times in a row, until {api.Closing.Until:O}. Find out what else calls it, lower Wecom:Limits, or lift the block with the self-service tool of WeCom's developer site."));
        if (budgets.IsAway) faults.Add("State is away: calls go on within a part of the limits.");
        return Task.FromResult(faults.Count == 0 ? HealthCheckResult.Healthy("tokens and limits are in order") : HealthCheckResult.Degraded(string.Join(" ", faults)));
    }
}
