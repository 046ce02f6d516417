using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>Refusals of greetings that a person has to mend: said in the log once an hour for each app and code, and in health as long as the app as a whole is refused.</summary>
internal sealed class WelcomeRefusals(TimeProvider time, ILogger<WelcomeRefusals> logger) : IHealthCheck
{
    private static readonly TimeSpan SayAgain = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Corp, string App), Refusal> _denied = new();
    private readonly ConcurrentDictionary<(string Corp, string App, int? Code), DateTimeOffset> _said = new();

    private sealed record Refusal(int? Code, string Remedy, DateTimeOffset Since);

    /// <summary>A greeting was refused for good.</summary>
    public void Refused(string corp, string app, WecomException failure)
    {
        var (now, remedy) = (time.GetUtcNow(), RemedyOf(corp, app, failure));
        if (failure.Failure == WecomFailure.Denied)
            _denied.AddOrUpdate((corp, app), _ => new Refusal(failure.ErrorCode, remedy, now), (_, known) => known.Code == failure.ErrorCode ? known with { Remedy = remedy } : new Refusal(failure.ErrorCode, remedy, now));
        var key = (corp, app, failure.ErrorCode);
        var isNews = !_said.TryGetValue(key, out var said) ? _said.TryAdd(key, now) : now - said >= SayAgain && _said.TryUpdate(key, now, said);
        if (isNews) logger.Refused(corp, app, failure.ErrorCode, remedy);
    }

    /// <summary>A greeting of the app was sent.</summary>
    public void Sent(string corp, string app) => _denied.TryRemove((corp, app), out _);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = _denied.Select(refused => $"Greetings of {refused.Key.Corp}/{refused.Key.App} are refused since {refused.Value.Since:O}{(refused.Value.Code is { } code ? $" ({code})" : "")}. {refused.Value.Remedy}").Order(StringComparer.Ordinal).ToList();
        return Task.FromResult(faults.Count == 0 ? HealthCheckResult.Healthy("no app's greetings are refused") : HealthCheckResult.Degraded(string.Join(" ", faults)));
    }

    /// <summary>Without a code the app was refused before any call: it has no secret.</summary>
    private static string RemedyOf(string corp, string app, WecomException failure) =>
        failure is { ErrorCode: null, Failure: WecomFailure.Denied } ? $"Give Wecom:Corps:{corp}:Apps:{app}:Secret." : WecomErrorCodes.RemedyFor(failure.Remedy, corp, app);
}
