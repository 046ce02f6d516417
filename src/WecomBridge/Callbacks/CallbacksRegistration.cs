using Microsoft.Extensions.Options;

namespace WecomBridge.Callbacks;

internal static class CallbacksRegistration
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CallbacksOptions>, CallbacksOptionsValidator>();
        services.AddOptions<CallbacksOptions>().BindConfiguration(CallbacksOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<CallbackApps>();
        services.AddSingleton<CallbackReceiver>();
        services.AddSingleton<CallbackEndpoints>();
        return services;
    }

    public static void MapCallbacks(this IEndpointRouteBuilder routes) => CallbackEndpoints.Map(routes);
}
