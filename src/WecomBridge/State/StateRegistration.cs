using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;
using WecomBridge.Wecom.Api;

namespace WecomBridge.State;

internal static class StateRegistration
{
    /// <summary>State in the database that the settings name, set up before the other hosted services start.</summary>
    public static IServiceCollection AddState(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<StateOptions, StateOptionsValidator>(StateOptions.Section);
        services.AddSingleton<IValidateOptions<StateOptions>, StateConnectionStringValidator>();
        services.AddSingleton<IStateDatabase, ConfiguredStateDatabase>();
        services.AddSingleton<IAccessTokenStore, StateAccessTokenStore>();
        services.AddHostedService<StateSetUp>();
        return services;
    }
}
