using System.CommandLine;

namespace WecomBridge.Operations;

/// <summary><c>config check</c>: everything that is wrong with the settings, before the service is started with them.</summary>
internal static class ConfigVerb
{
    public static Command Create(Option<string[]> config) => new("config", "What the settings say.") { Check(config) };

    private static Command Check(Option<string[]> config)
    {
        var online = new Option<bool>("--online") { Description = "Also tries what they name: State, broker, WeCom's tokens (at most one is fetched for each app) and the CRM." };
        var show = new Option<bool>("--show") { Description = "Also lists every setting in force and the source it came from, secrets masked." };
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("check", "Reads the settings as the service would and says all that is wrong with them. Exit codes: 0 when nothing is; 2 when they cannot be used; 3 when --online found something.") { online, show, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.Validators.Add(result =>
        {
            if (result.GetValue(online) && result.GetValue(show)) result.AddError("Give --online or --show, not both.");
        });
        command.SetAction((parsed, cancellationToken) => Verbs.ExplainAsync("The settings cannot be read", async () =>
        {
            var sources = Verbs.ReadSources(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out var environment);
            var settings = SettingsSources.Merge(sources.Select(source => source.Values));
            var output = parsed.InvocationConfiguration.Output;
            return parsed.GetValue(online)
                ? await TryAsync(settings, environment, parsed.GetValue(json), output, cancellationToken)
                : await CheckAsync(settings, environment, parsed.GetValue(show) ? EffectiveSetting.Of(settings, sources) : null, parsed.GetValue(json), output);
        }));
        return command;
    }

    /// <summary>Checks and prints.</summary>
    /// <param name="settings">All settings, flat.</param>
    /// <param name="environment">Environment name, such as <c>Production</c>.</param>
    /// <param name="shown">Settings to be listed as well; null for none.</param>
    /// <param name="asJson">For programs.</param>
    /// <param name="output">Where to.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> CheckAsync(IDictionary<string, string?> settings, string environment, IReadOnlyList<EffectiveSetting>? shown, bool asJson, TextWriter output)
    {
        var (app, _, faults) = ServiceHost.Assemble(settings, environment, builder => VerbService.Quieten(builder, _ => { }));
        await app.DisposeAsync();
        if (asJson)
        {
            var told = faults.Select(fault => new { fault.Path, fault.Value, fault.Rule, fault.Remedy });
            await output.WriteLineAsync(shown is null ? VerbOutput.Json(told) : VerbOutput.Json(new { Settings = shown, Faults = told }));
        }
        else
        {
            if (shown is not null) await output.WriteLineAsync(VerbOutput.Table(["SETTING", "VALUE", "SOURCE"], [.. shown.Select(one => (string[])[one.Setting, one.Value, one.Source])], none: "No settings."));
            await output.WriteLineAsync(VerbOutput.Table(["SETTING", "VALUE", "WHAT IS WRONG", "REMEDY"], [.. faults.Select(fault => (string[])[fault.Path, fault.Value ?? "", fault.Rule, fault.Remedy ?? ""])], none: "The settings are in order."));
        }

        return faults.Count > 0 ? Verbs.Refused : 0;
    }

    /// <summary>Checks, tries what the settings name, and prints.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> TryAsync(IDictionary<string, string?> settings, string environment, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        var (app, _, faults) = ServiceHost.Assemble(settings, environment, builder => VerbService.Quieten(builder, services => services.AddDoctor(new DoctorRequest(Url: null))));
        await using var ended = app;
        if (faults.Count > 0) return await CheckAsync(settings, environment, shown: null, asJson, output);
        var found = await DoctorRun.RunAsync(app.Services.GetServices<IDoctorCheck>().Where(check => check.IsOfSettings), app.Services.GetRequiredService<TimeProvider>(), cancellationToken);
        return await DoctorRun.PrintAsync(output, found, asJson);
    }
}

/// <summary>A setting in force.</summary>
/// <param name="Setting">Its path.</param>
/// <param name="Value">As it may be shown.</param>
/// <param name="Source">The file, <c>environment</c> or <c>command line</c> it came from.</param>
internal sealed record EffectiveSetting(string Setting, string Value, string Source)
{
    /// <summary>What the service reads of all sources; environment variables of others are left out.</summary>
    public static IReadOnlyList<EffectiveSetting> Of(Dictionary<string, string?> settings, IReadOnlyList<(string Name, Dictionary<string, string?> Values)> sources) =>
    [
        .. settings.Where(setting => SettingsModel.TypeAt(setting.Key) is not null || setting.Key == Roles.Key)
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => new EffectiveSetting(
                setting.Key, setting.Value is null ? "null" : SettingsModel.Shown(setting.Key, setting.Value), sources.Last(source => source.Values.ContainsKey(setting.Key)).Name)),
    ];
}
