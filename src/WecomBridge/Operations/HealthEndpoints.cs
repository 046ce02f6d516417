using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WecomBridge.Operations;

/// <summary><c>/health/live</c>, <c>/health/startup</c> and <c>/health/ready</c>. Ready means: a callback can be made durable. A broker that is away is degraded, not unready.</summary>
internal static class HealthEndpoints
{
    /// <summary>Tag of checks that decide whether callbacks may come. Not <c>ready</c>: MassTransit's check of its bus carries that, and a broker that is away is no reason to send WeCom elsewhere.</summary>
    public const string Ready = "intake";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", Options(_ => false));
        routes.MapHealthChecks("/health/startup", Options(_ => false));
        routes.MapHealthChecks("/health/ready", Options(check => check.Tags.Contains(Ready)));
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> which) => new() { Predicate = which, ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), what = entry.Value.Description }),
        }));
    }
}
