using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Operations;

/// <summary><c>/health/live</c>, <c>/health/startup</c> and <c>/health/ready</c>. Ready means: a callback can be made durable. A broker that is away is degraded, not unready.</summary>
internal static class HealthEndpoints
{
    /// <summary>Tag of checks that are shown at <c>/health/ready</c>. Not <c>ready</c>: MassTransit's check of its bus carries that, and a broker that is away is no reason to send WeCom elsewhere.</summary>
    public const string Ready = "intake";

    /// <summary>Tag of the check behind <c>/health/startup</c>.</summary>
    public const string StartUp = "startup";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", Options(_ => false));
        routes.MapHealthChecks("/health/startup", Options(check => check.Tags.Contains(StartUp)));
        routes.MapHealthChecks("/health/ready", Options(check => check.Tags.Contains(Ready)));
    }

    /// <summary>What a check says. Of one that broke, the kind of its failure: the text of an exception may hold what is private.</summary>
    public static string? WhatOf(HealthReportEntry check) => check.Exception is { } failure ? $"the check failed: {failure.GetType().Name}" : check.Description;

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> which) => new() { Predicate = which, ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), what = WhatOf(entry.Value) }),
        }));
    }
}

/// <summary>Healthy once everything that starts has started: State was tried, the broker was tried, the greeting files were looked at.</summary>
internal sealed class StartUpHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy("started") : HealthCheckResult.Unhealthy("the start is under way"));
}
