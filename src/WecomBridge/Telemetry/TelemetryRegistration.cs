using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Telemetry;

internal static class TelemetryRegistration
{
    /// <summary>Export of spans and metrics, and the page <c>/metrics</c>. Called before other hosted services are registered: it starts first and stops last.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSettings<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        services.AddSingleton<IValidateOptions<TelemetryOptions>, OtlpOptionsValidator>();
        services.AddSingleton<TelemetryExport>();
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryExport>());
        services.AddSingleton<MetricBook>();
        services.AddSingleton<IOperationsPages, MetricsPage>();
        return services;
    }
}
