using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WecomBridge.Customers;
using WecomBridge.Operations;
using WecomBridge.Work;

namespace WecomBridge.Crm;

internal static class CrmRegistration
{
    /// <summary>The CRM's settings and the client they choose.</summary>
    public static IServiceCollection AddCrm(this IServiceCollection services)
    {
        services.AddSettings<CrmOptions, CrmOptionsValidator>(CrmOptions.Section);
        services.TryAddSingleton(TimeProvider.System);

        // The factory's own log lines show addresses, and mobile numbers travel in addresses.
        services.AddHttpClient(HttpCrmTransport.HttpClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<CrmMetrics>();
        services.AddSingleton<HttpCrmConnector>();
        services.AddSingleton<SqlCrmConnector>();
        services.AddSingleton(provider => new CrmGuard(provider.GetRequiredService<IOptions<CrmOptions>>().Value.Calls, provider.GetRequiredService<CrmMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CrmGuard>>()));
        services.AddSingleton<CrmWriteBack>();
        services.AddSingleton<ICrmClient>(provider => provider.GetRequiredService<IOptions<CrmOptions>>().Value.Provider switch
        {
            CrmProvider.Http => Client(provider, provider.GetRequiredService<HttpCrmConnector>()),
            CrmProvider.Sql => Client(provider, provider.GetRequiredService<SqlCrmConnector>()),
            _ => new NoCrmClient(),
        });
        services.AddHealthChecks().AddCheck<CrmHealth>("crm", tags: [HealthEndpoints.Ready]);
        return services;
    }

    /// <summary>Tells the CRM what it should know of customers.</summary>
    public static IServiceCollection AddCrmWork(this IServiceCollection services)
    {
        services.TryAddSingleton<CustomerReader>();
        services.AddSingleton<CrmTargets>();
        services.AddSingleton<IReconciler, CrmReconciler>();
        return services;
    }

    private static CrmClient Client(IServiceProvider provider, ICrmConnector connector) =>
        new(connector, provider.GetRequiredService<CrmGuard>(), provider.GetRequiredService<IOptions<CrmOptions>>().Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CrmClient>>());
}
