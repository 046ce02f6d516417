using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Operations;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

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
        bus.AddGreetingMedia();
        bus.AddSingleton<StaffNotices>();
        bus.AddSingleton<WelcomeGreetings>();
        bus.AddSingleton<GreetingStarts>();
        bus.AddSingleton<IWecomInterceptor>(provider => provider.GetRequiredService<GreetingStarts>());
        bus.AddSingleton<WelcomeRefusals>();
        bus.AddHealthChecks().AddCheck<WelcomeRefusals>("welcome", tags: [HealthEndpoints.Ready]);
        bus.AddSingleton<GreetingClaims>();
        bus.AddSingleton<GreetingSender>();
        bus.AddConsumerOn<SendWelcomeConsumer>(Topology.WelcomeQueue);
    }

    /// <summary>What greetings leave to be worked: uploads their media, tells staff of those that were missed.</summary>
    public static void AddWelcomeWork(this IServiceCollection services)
    {
        services.AddWelcomeCommands();
        services.AddGreetingMedia();
        services.AddSingleton<IReconciler, MediaReconciler>();
        services.AddSingleton<IReconciler, StaffNoticeReconciler>();
    }

    /// <summary>Writes greeting commands: what an instance that takes callbacks needs, whether or not it sends greetings itself.</summary>
    public static void AddWelcomeCommands(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(IWelcomeCommands))) return;
        services.AddSettings<WelcomeOptions, WelcomeOptionsValidator>(WelcomeOptions.Section);
        services.AddSingleton<IValidateOptions<WelcomeOptions>, WelcomeRulesValidator>();
        services.AddSingleton<IValidateOptions<WelcomeOptions>, StaffNoticeValidator>();
        services.AddSingleton<IWelcomeCommands, WelcomeCommands>();
        services.AddSingleton(new PrivateMessageType(SendWelcome.MessageType, WelcomeJson.Default.CloudEventSendWelcome));
    }
}
