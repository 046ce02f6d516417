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
        command.SetAction((parsed, cancellationToken) => Verbs.ExplainAsync("The settings cannot be read", async () =>
        {
            var sources = Verbs.ReadSources(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out var environment);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(show)) await output.WriteLineAsync(Effective(sources, parsed.GetValue(json)));
            return await CheckAsync(SettingsSources.Merge(sources.Select(source => source.Values)), environment, parsed.GetValue(online), parsed.GetValue(json), output, cancellationToken);
        }));
        return command;
    }

    /// <summary>Checks and prints.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> CheckAsync(IDictionary<string, string?> settings, string environment, bool online, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        var (app, _, faults) = ServiceHost.Assemble(settings, environment, builder => VerbService.Quieten(builder, services => services.AddDoctor(new DoctorRequest(Url: null))));
        await using var ended = app;
        if (faults.Count > 0 || !online)
        {
            await output.WriteLineAsync(asJson
                ? VerbOutput.Json(faults.Select(fault => new { fault.Path, fault.Value, fault.Rule, fault.Remedy }))
                : VerbOutput.Table(["SETTING", "VALUE", "WHAT IS WRONG", "REMEDY"], [.. faults.Select(fault => (string[])[fault.Path, fault.Value ?? "", fault.Rule, fault.Remedy ?? ""])], none: "The settings are in order."));
            return faults.Count > 0 ? Verbs.Refused : 0;
        }

        var found = await DoctorRun.RunAsync(app.Services.GetServices<IDoctorCheck>().Where(check => check.IsOfSettings), app.Services.GetRequiredService<TimeProvider>(), cancellationToken);
        return await DoctorRun.PrintAsync(output, found, asJson);
    }

    /// <summary>What the service reads of all sources; environment variables of others are left out.</summary>
    private static string Effective(IReadOnlyList<(string Name, Dictionary<string, string?> Values)> sources, bool asJson)
    {
        var settings = SettingsSources.Merge(sources.Select(source => source.Values)).Where(setting => SettingsModel.TypeAt(setting.Key) is not null || setting.Key == Roles.Key)
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => (setting.Key, Value: setting.Value is null ? "null" : SettingsModel.Shown(setting.Key, setting.Value), Source: sources.Last(source => source.Values.ContainsKey(setting.Key)).Name))
            .ToList();
        return asJson
            ? VerbOutput.Json(settings.Select(setting => new { Setting = setting.Key, setting.Value, setting.Source }))
            : VerbOutput.Table(["SETTING", "VALUE", "SOURCE"], [.. settings.Select(setting => (string[])[setting.Key, setting.Value, setting.Source])], none: "No settings.");
    }
}
