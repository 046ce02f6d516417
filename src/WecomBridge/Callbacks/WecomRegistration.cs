using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WecomBridge.Calls;
using WecomBridge.Operations;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Callbacks;

internal static class WecomRegistration
{
    private const string HttpClientName = "wecom";

    /// <summary>Secrets as they were when the settings were read; a file is not read again with every call.</summary>
    private static readonly ConditionalWeakTable<AppOptions, string> Secrets = [];

    /// <summary>The corps' settings and the clients of their apps. Tokens and limits are shared through State.</summary>
    public static IServiceCollection AddWecom(this IServiceCollection services)
    {
        services.AddSettings<WecomOptions, WecomOptionsValidator>(WecomOptions.Section);
        services.TryAddSingleton(TimeProvider.System);

        // The factory's own log lines show addresses, and tokens travel in addresses; .NET's own spans would show them too, and our traces are not the platform's business.
        services.AddHttpClient(HttpClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10), ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(3) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<WecomOptions>>().Value;
            return new WecomTransport(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName), options.ApiBaseUrl, provider.GetRequiredService<TimeProvider>(), options.CallTimeout);
        });
        services.AddCalls();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IOptionsMonitor<WecomOptions>>();
            return new WecomClientFactory(
                (corp, app) => FindApp(settings.CurrentValue, corp, app),
                provider.GetRequiredService<WecomTransport>(),
                provider.GetRequiredService<IAccessTokenStore>(),
                provider.GetRequiredService<CallGovernor>(),
                [.. provider.GetServices<IWecomInterceptor>()],
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IWecomClientFactory>(provider => provider.GetRequiredService<WecomClientFactory>());
        return services;
    }

    private static WecomApp? FindApp(WecomOptions options, string corp, string app) =>
        options.Find(corp, app) is ({ } corpOptions, { Secret.Length: > 0 } appOptions)
            ? new WecomApp(corp, app, corpOptions.CorpId, Secrets.GetValue(appOptions, static read => SecretText.Resolve(read.Secret!)))
            : null;
}
