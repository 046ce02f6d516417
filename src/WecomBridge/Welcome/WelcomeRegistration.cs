using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Operations;

namespace WecomBridge.Welcome;

internal static class WelcomeRegistration
{
    /// <summary>Sends greetings.</summary>
    public static void AddWelcome(this IBusRegistrationConfigurator bus)
    {
        bus.AddWelcomeCommands();
        bus.AddSingleton<WelcomeMetrics>();
        bus.AddSingleton<StaffDirectory>();
        bus.AddSingleton<GreetingLookUps>();
        bus.AddSingleton<GreetingRules>();
        bus.AddSingleton<GreetingText>();
        bus.AddSingleton<WelcomeGreetings>();
        bus.AddSingleton<GreetingSender>();
        bus.AddConsumerOn<SendWelcomeConsumer>(Topology.WelcomeQueue);
    }

    /// <summary>Writes greeting commands: what an instance that takes callbacks needs, whether or not it sends greetings itself.</summary>
    public static void AddWelcomeCommands(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(IWelcomeCommands))) return;
        services.AddSettings<WelcomeOptions, WelcomeOptionsValidator>(WelcomeOptions.Section);
        services.AddSingleton<IValidateOptions<WelcomeOptions>, WelcomeRulesValidator>();
        services.AddSingleton<IWelcomeCommands, WelcomeCommands>();
        services.AddSingleton(new PrivateMessageType(SendWelcome.MessageType, WelcomeJson.Default.CloudEventSendWelcome));
    }
}
