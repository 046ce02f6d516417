namespace WecomBridge.Operations;

internal static class OperationsRegistration
{
    /// <summary>The operators' address; features add their pages as <see cref="IOperationsPages"/>.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSettings<OperationsOptions, OperationsOptionsValidator>(OperationsOptions.Section);
        services.AddHealthChecks();
        services.AddSingleton<OperationsGuard>();
        services.AddSingleton<IOperationsPages, HealthPage>();
        services.AddSingleton<OperationsServer>();
        services.AddHostedService(provider => provider.GetRequiredService<OperationsServer>());
        services.AddHostedService<SystemdNotifier>();
        return services;
    }

    /// <summary>Takes changed settings files over while the service runs.</summary>
    public static IServiceCollection AddSettingsReload(this IServiceCollection services, LiveSettings live, SettingsFiles files)
    {
        services.AddSingleton(live);
        services.AddSingleton(files);
        services.AddSingleton<SettingsReload>();
        services.AddHostedService(provider => provider.GetRequiredService<SettingsReload>());
        services.AddHealthChecks().AddCheck<SettingsHealth>("settings", tags: [HealthEndpoints.Ready]);
        return services;
    }
}
