using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Work;

/// <summary>Names the apps that WeCom or the CRM refuses, or has not answered for a while, with what a person can do. Callbacks do not depend on it.</summary>
internal sealed class WorkHealth(WorkPauses pauses, TimeProvider time) : IHealthCheck
{
    /// <summary>Shorter silences and limits pass by themselves.</summary>
    private static readonly TimeSpan WorryingSilence = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WorryingLimit = TimeSpan.FromMinutes(10);

    /// <summary>So long after a pause nobody had anything to try: whether it still holds is not known.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var waiting = pauses.Current.Where(pause => IsWorrying(pause, now)).Select(pause => $"{pause.Lane} of {pause.Corp}/{pause.App} waits: {pause.Reason}. {pause.Remedy}").ToList();
        return Task.FromResult(waiting.Count == 0 ? HealthCheckResult.Healthy("no app is refused") : HealthCheckResult.Degraded(string.Join(" ", waiting)));
    }

    private static bool IsWorrying(WorkPause pause, DateTimeOffset now) =>
        now < pause.Until + Stale && now - pause.Since >= (pause.IsSilence ? WorryingSilence : pause.IsLimit ? WorryingLimit : TimeSpan.Zero);
}
