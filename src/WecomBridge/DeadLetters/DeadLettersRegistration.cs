using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Routing;
using WecomBridge.State;

namespace WecomBridge.DeadLetters;

internal static class DeadLettersRegistration
{
    /// <summary>What verbs need to look into the dead letters, beside State. Settings are read as they are: whoever runs a verb need not have the service's secrets.</summary>
    public static IServiceCollection AddDeadLetters(this IServiceCollection services)
    {
        services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section);
        services.AddOptions<RoutingOptions>().BindConfiguration(RoutingOptions.Section);
        services.AddOptions<WecomOptions>().BindConfiguration(WecomOptions.Section);
        services.AddSingleton<RoutingTable>();
        services.AddSingleton<Topology>();
        services.AddSingleton<RabbitConnectionFactory>();
        services.AddSingleton<IDeadLetters>(provider => provider.GetRequiredService<IOptions<BrokerOptions>>().Value.Transport == BrokerTransport.Embedded
            ? new EmbeddedDeadLetters(provider.GetRequiredService<IStateDatabase>(), provider.GetRequiredService<TimeProvider>())
            : new RabbitDeadLetters(provider.GetRequiredService<RabbitConnectionFactory>(), provider.GetRequiredService<Topology>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Takes up, in the running service, what a verb asked for.</summary>
    public static IServiceCollection AddEmbeddedRetries(this IServiceCollection services)
    {
        services.AddSingleton<EmbeddedRetries>();
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedRetries>());
        return services;
    }
}
