using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Crm;

internal static class CrmRegistration
{
    /// <summary>The CRM's settings and the client they choose.</summary>
    public static IServiceCollection AddCrm(this IServiceCollection services)
    {
        services.AddSettings<CrmOptions, CrmOptionsValidator>(CrmOptions.Section);
        services.TryAddSingleton(TimeProvider.System);

        // The factory's own log lines show addresses, and mobile numbers travel in addresses.
        services.AddHttpClient(HttpCrmClient.HttpClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<HttpCrmClient>();
        services.AddSingleton<NoCrmClient>();
        services.AddSingleton<CrmWriteBack>();
        services.AddSingleton<ICrmClient>(provider => provider.GetRequiredService<IOptions<CrmOptions>>().Value.Provider switch
        {
            CrmProvider.Http => provider.GetRequiredService<HttpCrmClient>(),
            _ => provider.GetRequiredService<NoCrmClient>(),
        });
        return services;
    }
}
