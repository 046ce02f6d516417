using System.CommandLine;
using WecomBridge.Operations;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Scenarios;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Demo;

/// <summary><c>simulator</c>: a WeCom and a CRM to try settings and subscribers against, on its own or through a named scenario.</summary>
internal static class SimulatorVerb
{
    private const string List = "list";
    private static readonly Uri DefaultCallback = new("http://127.0.0.1:5000/callback/acme/contact");
    private static readonly TimeSpan TrafficLength = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1.", DefaultValueFactory = _ => 8090 };
        var seed = new Option<int>("--seed") { Description = "Seed of the invented people and of every random choice.", DefaultValueFactory = _ => 1 };
        var callback = UrlOption.Create("--callback", $"Where callbacks go. Default {DefaultCallback}.");
        var rate = new Option<double>("--adds-per-second") { Description = "Customers who add staff by themselves; 0 leaves everything to the control API.", DefaultValueFactory = _ => 0 };
        var duration = new Option<TimeSpan?>("--for") { Description = "How long they come, hh:mm:ss. Default a minute, or as the scenario says." };
        var scenario = new Option<string?>("--scenario") { Description = "Plays one scenario, compares what happened with what is expected, and ends; 'list' lists them." };
        var command = new Command("simulator", "Plays WeCom and a small CRM; GET /control/ lists what it can be told to do. Exit codes: 0; with --scenario 1 when no callback was acknowledged, 2 when there is no such scenario.") { port, seed, callback, rate, duration, scenario };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = DemoSettings.Simulator(parsed.GetValue(seed));
            options.Port = parsed.GetValue(port);
            options.Corps[0].Apps[0].CallbackUrl = parsed.GetValue(callback) ?? DefaultCallback;
            return parsed.GetValue(scenario) is { } name
                ? PlayAsync(options, name, parsed.GetValue(duration), Console.Out, cancellationToken)
                : RunAsync(options, new TrafficPlan { AddsPerSecond = parsed.GetValue(rate), Duration = parsed.GetValue(duration) ?? TrafficLength }, cancellationToken);
        });
        return command;
    }

    /// <summary>Plays one scenario and prints what came of it beside what is expected.</summary>
    /// <returns>0; 1 when no callback was acknowledged, since then no bridge was there; 2 for an unknown name.</returns>
    public static async Task<int> PlayAsync(SimulatorOptions options, string name, TimeSpan? length, TextWriter console, CancellationToken cancellationToken)
    {
        if (Scenario.Find(name) is not { } scenario)
        {
            if (name != List) await console.WriteLineAsync($"There is no scenario {name}. These are:");
            foreach (var known in Scenario.All) await console.WriteLineAsync($"  {known.Name,-26} {known.Plays}");
            return name == List ? 0 : 2;
        }

        await using var simulator = await StartAsync(options, console, cancellationToken);
        await console.WriteLineAsync($"{scenario.Name}: {scenario.Plays}\nA well-behaved bridge: {scenario.Expects}\n");
        var pace = length is { } wanted ? scenario.Pace with { Length = wanted } : scenario.Pace;
        var report = await scenario.RunAsync(simulator, simulator.Wecom.Corp(), pace, simulator.Seed, cancellationToken);
        await console.WriteLineAsync(report.ToString());
        if (report.Acknowledged > 0) return 0;
        await console.WriteLineAsync($"No callback was acknowledged: is the service running at {options.Corps[0].Apps[0].CallbackUrl}, with the settings above?");
        return 1;
    }

    private static async Task<int> RunAsync(SimulatorOptions options, TrafficPlan plan, CancellationToken cancellationToken)
    {
        await using var simulator = await StartAsync(options, Console.Out, cancellationToken);
        Console.WriteLine($"Tell it what happens: {simulator.ControlUrl} lists the calls. Ctrl+C ends it.");
        try
        {
            if (plan.AddsPerSecond > 0) await TrafficDriver.RunAsync(simulator.Wecom.Corp(), plan, simulator.Seed, cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine($"{simulator.Ledger.Acknowledged.Count} callbacks acknowledged, {simulator.Ledger.AcceptedWelcomes.Count} greetings accepted.");
        }

        return 0;
    }

    private static async Task<WecomSimulator> StartAsync(SimulatorOptions options, TextWriter console, CancellationToken cancellationToken)
    {
        var simulator = await WecomSimulator.StartAsync(options, cancellationToken);
        var corp = simulator.Wecom.Corp();
        Population.Generate(simulator, corp, new PopulationSize { Staff = 5, Customers = 1000 });
        var app = options.Corps[0].Apps[0];
        await console.WriteLineAsync($"""
            A simulated WeCom and CRM. Set the service up for it with:
              Wecom:ApiBaseUrl                {simulator.ApiBaseUrl}
              Wecom:Corps:acme:CorpId         {corp.CorpId}
              ...:Apps:contact:Secret         {app.Secret}
              ...:Apps:contact:Keys:0:Token   {app.Token}
              ...:Keys:0:EncodingAesKey       {app.EncodingAesKey}
              Crm:Http:BaseUrl                {simulator.CrmBaseUrl}   (bearer {options.CrmToken})
            It calls back {app.CallbackUrl}

            """);
        return simulator;
    }
}
