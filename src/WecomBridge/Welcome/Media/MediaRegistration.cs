using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.Welcome;

internal static class MediaRegistration
{
    /// <summary>Knows which media greetings may use, and sees to it that they are uploaded: what an instance needs that greets or works.</summary>
    public static void AddGreetingMedia(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(MediaShelf))) return;
        services.AddSingleton<MediaShelf>();
        services.AddSingleton<IValidateOptions<WelcomeOptions>, MediaFilesValidator>();
        services.AddSingleton<GreetingMedia>();
        services.AddSingleton<IGreetingMedia>(provider => provider.GetRequiredService<GreetingMedia>());
        services.AddSingleton<GreetingAttachments>();
        services.AddSingleton<MediaMetrics>();
        services.AddSingleton<MediaHealth>();
        services.AddHealthChecks().AddCheck<MediaHealth>("media", tags: [HealthEndpoints.Ready]);
        services.AddSingleton<MediaKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<MediaKeeper>());
    }
}
