using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contract;
using WecomBridge.Crm;
using WecomBridge.DeadLetters;
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
    /// <param name="files">Where the settings came from, to be looked at while the service runs; null when they never change.</param>
    /// <exception cref="SettingsException">Something is wrong with the settings; all of it.</exception>
    public static WebApplication Build(IDictionary<string, string?> settings, string environment, Action<WebApplicationBuilder>? adjust = null, SettingsFiles? files = null)
    {
        var (app, roles, faults) = Assemble(settings, environment, adjust, files);
        if (faults.Count > 0) throw new SettingsException(faults);
        if (roles.Contains(Role.Intake)) app.MapCallbacks();
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>The service before anything of it runs or opens a file, and what is wrong with its settings: for verbs that look at it.</summary>
    public static AssembledService Assemble(IDictionary<string, string?> settings, string environment, Action<WebApplicationBuilder>? adjust = null, SettingsFiles? files = null)
    {
        var faults = SettingsShape.Find(settings);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = environment });
        var live = SettingsSources.Use(builder.Configuration, SettingsShape.Without(settings, faults));
        if (files is not null) builder.Services.AddSettingsReload(live, files);
        var isEmbedded = BrokerOptions.TransportOf(builder.Configuration) == BrokerTransport.Embedded;
        var roles = Roles.Read(builder.Configuration);
        if (Roles.FindFault(roles, isEmbedded) is { } fault) faults = [.. faults, fault];

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTelemetry();
        builder.Services.AddState();
        builder.Services.AddWecom();
        builder.Services.AddCrm();
        builder.Services.AddCallbacks();
        builder.Services.AddWelcomeCommands();
        builder.Services.AddOperations();
        builder.Services.AddHealthChecks().AddCheck<StartUpHealth>("startup", tags: [HealthEndpoints.StartUp]);
        builder.Services.AddProfilePage();
        builder.Services.AddContract();
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

        // Starts after the broker's road and ends before it: what work publishes finds it open.
        builder.Services.AddWork(run: roles.Contains(Role.Work));
        if (isEmbedded) builder.Services.AddEmbeddedRetries();
        adjust?.Invoke(builder);

        var app = builder.Build();

        // Before anything reads them: whoever reads first would report the faults of its own section only.
        return new AssembledService(app, roles, SettingsFaults.Find(app.Services, app.Configuration, faults));
    }
}

/// <summary>A service put together and not started.</summary>
/// <param name="App">Its parts; only of use when there are no faults.</param>
/// <param name="Roles">What the instance does.</param>
/// <param name="Faults">What is wrong with its settings.</param>
internal sealed record AssembledService(WebApplication App, IReadOnlySet<Role> Roles, IReadOnlyList<SettingsFault> Faults);
