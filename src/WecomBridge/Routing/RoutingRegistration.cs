using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Operations;

namespace WecomBridge.Routing;

internal static class RoutingRegistration
{
    /// <summary>Who gets which events; with RabbitMQ also what keeps the broker so.</summary>
    public static IServiceCollection AddRouting(this IServiceCollection services, bool isEmbedded)
    {
        services.AddRoutingSettings();
        services.AddSingleton<RoutingTable>();
        if (isEmbedded) return services;

        services.AddSubscriptions();
        services.AddSingleton<SubscriberFaults>();
        services.AddSingleton<SubscriberWatch>();
        services.AddHostedService<RoutingKeeper>();
        services.AddSingleton<IReloadable, RoutingReload>();
        services.AddHealthChecks().AddCheck<RoutingHealth>("routing", tags: [HealthEndpoints.Ready]);
        return services;
    }

    public static IServiceCollection AddRoutingSettings(this IServiceCollection services)
    {
        services.AddSettings<RoutingOptions, RoutingOptionsValidator>(RoutingOptions.Section);
        services.AddSingleton<IValidateOptions<RoutingOptions>, RoutingRangesValidator>();
        return services;
    }

    /// <summary>What compares the broker with the settings; for the service and for verbs.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        // The factory's own log lines show addresses, and the address may hold a password.
        services.AddHttpClient(ManagementClient.HttpClientName).RemoveAllLoggers();
        services.AddSingleton<ManagementClient>();
        services.AddSingleton<SubscriptionPlanner>();
        return services;
    }
}
