using WecomBridge.Operations;

namespace WecomBridge.Callbacks;

internal static class CallbacksRegistration
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddSettings<CallbacksOptions, CallbacksOptionsValidator>(CallbacksOptions.Section);
        services.AddSingleton<CallbackApps>();
        services.AddSingleton<CallbackMetrics>();
        services.AddSingleton<CallbackReceiver>();
        services.AddSingleton<CallbackEndpoints>();
        return services;
    }

    public static void MapCallbacks(this IEndpointRouteBuilder routes) => CallbackEndpoints.Map(routes);
}
