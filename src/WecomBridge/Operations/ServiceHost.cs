using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Crm;
using WecomBridge.Groups;
using WecomBridge.Profiles;
using WecomBridge.State;
using WecomBridge.Tags;
using WecomBridge.Telemetry;
using WecomBridge.Welcome;
using WecomBridge.Work;

namespace WecomBridge.Operations;

/// <summary>Puts the service together from settings. The table of contents.</summary>
internal static class ServiceHost
{
    /// <param name="settings">All settings, flat; nothing else is read.</param>
    /// <param name="environment">Environment name, such as <c>Production</c>.</param>
    /// <param name="adjust">What tests and the demo replace.</param>
    public static WebApplication Build(IDictionary<string, string?> settings, string environment, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = environment });
        SettingsSources.Use(builder.Configuration, settings);
        var isEmbedded = BrokerOptions.TransportOf(builder.Configuration) == BrokerTransport.Embedded;
        var roles = Roles.Read(builder.Configuration, isEmbedded);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTelemetry();
        builder.Services.AddState();
        builder.Services.AddWork(run: roles.Contains(Role.Work));
        builder.Services.AddWecom();
        builder.Services.AddCrm();
        builder.Services.AddCallbacks();
        builder.Services.AddWelcomeCommands();
        builder.Services.AddOperations();
        builder.Services.AddHealthChecks().AddCheck<StartUpHealth>("startup", tags: [HealthEndpoints.StartUp]);
        builder.Services.AddProfilePage();
        builder.Services.AddBroker(isEmbedded, bus =>
        {
            if (roles.Contains(Role.Welcome)) bus.AddWelcome();
            if (!roles.Contains(Role.Work)) return;
            bus.AddWelcomeWork();
            bus.AddCrmWork();
            bus.AddTags();
            bus.AddProfiles();
            bus.AddGroups();
        });
        adjust?.Invoke(builder);

        var app = builder.Build();

        // Before anything reads them: whoever reads first would report the faults of its own section only.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (roles.Contains(Role.Intake)) app.MapCallbacks();
        HealthEndpoints.Map(app);
        return app;
    }
}
