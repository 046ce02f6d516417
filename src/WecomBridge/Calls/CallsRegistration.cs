using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Operations;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

internal static class CallsRegistration
{
    /// <summary>What keeps calls of the platform inside its limits, counts them and tells what is wrong with them.</summary>
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddSingleton<StateCallBudgetStore>();
        services.AddSingleton<ICallBudgetStore>(provider => provider.GetRequiredService<StateCallBudgetStore>());
        services.AddSingleton(provider =>
        {
            var limits = provider.GetRequiredService<IOptions<WecomOptions>>().Value.Limits;
            return new CallGovernor(new CallLimits(limits.PerMinute, limits.PerHour, limits.UsedShare), provider.GetRequiredService<ICallBudgetStore>(), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IWecomInterceptor, CallMetrics>();
        services.AddSingleton<IWecomInterceptor, CallTraces>();
        services.AddHealthChecks().AddCheck<CallHealth>("calls", tags: [HealthEndpoints.Ready]);
        return services;
    }
}
