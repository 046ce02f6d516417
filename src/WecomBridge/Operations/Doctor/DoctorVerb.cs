using System.CommandLine;

namespace WecomBridge.Operations;

/// <summary><c>doctor</c>: walks the whole chain and says of each part how it is.</summary>
internal static class DoctorVerb
{
    public static Command Create(Option<string[]> config)
    {
        var url = UrlOption.Create("--url", "Address by which WeCom reaches the service, such as https://bridge.example; by default the service's own address.");
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("doctor", "Walks the whole chain: settings, keys, callback address, spool, broker, State, clock, tokens, rights and CRM; changes nothing. Exit codes: 0 all well; 2 when the settings cannot be used; 3 when something is to be mended.") { url, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => Verbs.ExplainAsync("The chain cannot be walked", async () =>
        {
            var settings = Verbs.ReadSettings(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out var environment);
            return await RunAsync(settings, environment, services => services.AddDoctor(new DoctorRequest(parsed.GetValue(url))), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellationToken);
        }));
        return command;
    }

    /// <summary>Walks the chain and prints what was found.</summary>
    /// <param name="settings">All settings, flat.</param>
    /// <param name="environment">Environment name, such as <c>Production</c>.</param>
    /// <param name="add">Adds the checks.</param>
    /// <param name="asJson">For programs.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(IDictionary<string, string?> settings, string environment, Action<IServiceCollection> add, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        var (app, _, faults) = ServiceHost.Assemble(settings, environment, builder => VerbService.Quieten(builder, add));
        await using var ended = app;
        if (faults.Count > 0)
        {
            await DoctorRun.PrintAsync(output, [.. faults.Select(fault => new CheckedFinding("settings", Finding.Fault(fault.Path, fault.Sentence, fault.Remedy)))], asJson);
            return Verbs.Refused;
        }

        var found = await DoctorRun.RunAsync(app.Services.GetServices<IDoctorCheck>(), app.Services.GetRequiredService<TimeProvider>(), cancellationToken);
        return await DoctorRun.PrintAsync(output, [new CheckedFinding("settings", Finding.Well("", "The settings are in order.")), .. found], asJson);
    }
}
