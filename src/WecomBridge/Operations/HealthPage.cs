using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace WecomBridge.Operations;

/// <summary><c>/health</c> for operators: every check there is, with how long it took. 503 only when callbacks cannot be made durable.</summary>
internal sealed class HealthPage(HealthCheckService health, IOptions<OperationsOptions> options) : IOperationsPages
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", async http =>
    {
        var report = await health.CheckHealthAsync(http.RequestAborted);
        if (report.Status == HealthStatus.Unhealthy && report.Entries.Values.Any(check => check.Status == HealthStatus.Unhealthy && check.Tags.Contains(HealthEndpoints.Ready)))
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await OperationsAnswer.WriteAsync(http, new
        {
            status = report.Status.ToString(),
            checks = report.Entries.OrderBy(check => check.Key, StringComparer.Ordinal).ToDictionary(check => check.Key, check => new
            {
                status = check.Value.Status.ToString(),
                what = HealthEndpoints.WhatOf(check.Value),
                decidesReadiness = check.Value.Tags.Contains(HealthEndpoints.Ready),
                durationMs = Math.Round(check.Value.Duration.TotalMilliseconds, 1),
            }),
        });
    }).IsOpenOnLoopback(options.Value);
}
