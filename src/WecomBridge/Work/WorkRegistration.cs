using Microsoft.Extensions.DependencyInjection.Extensions;
using WecomBridge.Operations;

namespace WecomBridge.Work;

internal static class WorkRegistration
{
    /// <summary>What consumers need to mark work, and the runner of all reconcilers that are registered as <see cref="IReconciler"/>.</summary>
    /// <param name="services">The service's.</param>
    /// <param name="run">False on an instance that only marks: others work.</param>
    public static IServiceCollection AddWork(this IServiceCollection services, bool run)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<WorkOptions, WorkOptionsValidator>(WorkOptions.Section);
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<WorkPauses>();
        services.AddHealthChecks().AddCheck<WorkHealth>("work", tags: [HealthEndpoints.Ready]);
        services.AddSingleton<WorkMetrics>();
        if (!run) return services;
        services.AddHostedService<WorkRunner>();
        services.AddHostedService<WorkGauges>();
        return services;
    }
}
