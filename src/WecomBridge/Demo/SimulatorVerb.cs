using System.CommandLine;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Demo;

/// <summary><c>simulator</c>: a WeCom and a CRM to try settings and subscribers against.</summary>
internal static class SimulatorVerb
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1.", DefaultValueFactory = _ => 8090 };
        var seed = new Option<int>("--seed") { Description = "Seed of the invented people and of every random choice.", DefaultValueFactory = _ => 1 };
        var callback = new Option<Uri>("--callback") { Description = "Where callbacks go.", DefaultValueFactory = _ => new Uri("http://127.0.0.1:5000/callback/acme/contact") };
        var rate = new Option<double>("--adds-per-second") { Description = "Customers who add staff by themselves; 0 leaves everything to the control API.", DefaultValueFactory = _ => 0 };
        var duration = new Option<TimeSpan>("--for") { Description = "How long they come, hh:mm:ss.", DefaultValueFactory = _ => TimeSpan.FromMinutes(1) };
        var command = new Command("simulator", "Plays WeCom and a small CRM; GET /control/ lists what it can be told to do.") { port, seed, callback, rate, duration };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(port), parsed.GetValue(seed), parsed.GetValue(callback)!,
            new TrafficPlan { AddsPerSecond = parsed.GetValue(rate), Duration = parsed.GetValue(duration) }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int port, int seed, Uri callback, TrafficPlan plan, CancellationToken cancellationToken)
    {
        var options = DemoSettings.Simulator(seed);
        options.Port = port;
        options.Corps[0].Apps[0].CallbackUrl = callback;
        await using var simulator = await WecomSimulator.StartAsync(options, cancellationToken);
        var corp = simulator.Wecom.Corp();
        Population.Generate(simulator, corp, new PopulationSize { Staff = 5, Customers = 1000 });
        var app = options.Corps[0].Apps[0];
        Console.WriteLine($"""
            A simulated WeCom and CRM. Set the service up for it with:
              Wecom:ApiBaseUrl                {simulator.ApiBaseUrl}
              Wecom:Corps:acme:CorpId         {corp.CorpId}
              ...:Apps:contact:Secret         {app.Secret}
              ...:Apps:contact:Keys:0:Token   {app.Token}
              ...:Keys:0:EncodingAesKey       {app.EncodingAesKey}
              Crm:Http:BaseUrl                {simulator.CrmBaseUrl}   (bearer {options.CrmToken})
            It calls back {callback}
            Tell it what happens: {simulator.ControlUrl} lists the calls. Ctrl+C ends it.
            """);
        try
        {
            if (plan.AddsPerSecond > 0) await TrafficDriver.RunAsync(corp, plan, seed, cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine($"{simulator.Ledger.Acknowledged.Count} callbacks acknowledged, {simulator.Ledger.AcceptedWelcomes.Count} greetings accepted.");
        }

        return 0;
    }
}
