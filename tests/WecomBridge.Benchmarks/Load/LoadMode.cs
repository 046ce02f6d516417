using System.Diagnostics;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.Benchmarks.Load;

/// <summary>The numbers that the docs rest on, in one run of about two minutes: intake against a constant on RabbitMQ, embedded intake, start-up, memory.</summary>
internal static class LoadMode
{
    private const int Callbacks = 60_000;
    private const int Pairs = 3;
    private const double LeastRatio = 0.8;
    private const double LeastEmbedded = 10_000;
    private const double MostStartSeconds = 2;
    private const double MostIdleMegabytes = 120;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <param name="parts">Any of <c>rabbit</c>, <c>embedded</c>, <c>start</c>; none means all.</param>
    /// <returns>0 when every target was met, 1 when one was missed, 2 when the generator is missing.</returns>
    public static async Task<int> RunAsync(IReadOnlyCollection<string> parts)
    {
        if (!Wrk.IsInstalled)
        {
            await Console.Error.WriteLineAsync("The load mode needs wrk (Debian package wrk), and RabbitMQ (Debian package rabbitmq-server).");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("wb-load-").FullName;
        try
        {
            var report = new Report();
            var edits = Wrk.Prepare(folder, Callbacks, SampleCallback.Edited);
            if (Wanted("rabbit")) await RabbitAsync(report, folder, edits);
            if (Wanted("embedded")) await EmbeddedAsync(report, folder, edits);
            if (Wanted("start")) await StartUpAsync(report, folder);
            report.Print();
            return report.Passed ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        bool Wanted(string part) => parts.Count == 0 || parts.Contains(part);
    }

    private static async Task RabbitAsync(Report report, string folder, Wrk edits)
    {
        await using var broker = new RabbitBroker();
        await broker.InitializeAsync();
        report.Broker = (await broker.GetAsync("overview")).GetProperty("rabbitmq_version").GetString();
        await RatioAsync(report, edits, folder, await broker.NewVirtualHostAsync(), log: false);
        await RatioAsync(report, edits, folder, await broker.NewVirtualHostAsync(), log: true);

        // Nothing in it is worth an orderly end.
        await broker.KillAsync();
    }

    /// <summary>Callbacks and constants in turn, so that whatever else the machine does meets both alike.</summary>
    private static async Task RatioAsync(Report report, Wrk edits, string folder, Uri broker, bool log)
    {
        var name = log ? "RabbitMQ with wecom.log" : "RabbitMQ";
        await using var service = await MeasuredService.StartAsync(MeasuredService.Settings(folder,
            ("Roles:0", "Intake"),
            ("Broker:Transport", "RabbitMq"),
            ("Broker:Uri", broker.ToString()),
            ("Broker:Log:MaxAge", log ? "7.00:00:00" : "00:00:00"),
            ("Routing:Subscribers:sales:Queue", "crm.sales.customers"),
            ("Routing:Subscribers:sales:Events:0", "customer.*")));
        foreach (var path in (string[])[MeasuredService.CallbackPath, ConstantEndpoint.Path]) await service.WarmUpAsync(edits, path);
        var (callbacks, constants) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < Pairs; pair++)
        {
            callbacks.Add(await RoundAsync(MeasuredService.CallbackPath, "callbacks"));
            constants.Add(await RoundAsync(ConstantEndpoint.Path, "constant"));
        }

        var ratio = callbacks.Sum() / constants.Sum();
        report.Target($"{name}: confirmed intake / constant body", $"{callbacks.Average():N0} / {constants.Average():N0} = {ratio:F2}", $"≥ {LeastRatio:F1}", ratio >= LeastRatio);

        async Task<double> RoundAsync(string path, string what)
        {
            await service.PurgeAsync();
            var round = await service.RunAsync(edits, path, Round);
            report.Add($"{name}, {what}", round);
            return round.Load.PerSecond;
        }
    }

    private static async Task EmbeddedAsync(Report report, string folder, Wrk edits)
    {
        await using var wecom = await DistantWecom.StartAsync();
        await using var service = await MeasuredService.StartAsync(MeasuredService.Settings(folder, ("Wecom:ApiBaseUrl", wecom.Url)));
        await service.WarmUpAsync(edits, MeasuredService.CallbackPath);
        var round = await service.RunAsync(edits, MeasuredService.CallbackPath, Round);
        report.Add("embedded, callbacks", round);
        report.Target("embedded intake, callbacks/s", $"{round.Load.PerSecond:N0}", $"≥ {LeastEmbedded:N0}", round.Load.PerSecond >= LeastEmbedded);
        var (waiting, clock) = (service.Waiting, Stopwatch.StartNew());
        await Task.Delay(Round);
        var relayed = (waiting - service.Waiting) / clock.Elapsed.TotalSeconds;
        report.Target("embedded: events behind at the end of the round", $"{waiting:N0}", "none set", met: true);
        report.Target("embedded: events worked off after it, each second", $"{relayed:N0}{(service.Waiting == 0 ? " or more" : "")}", "none set", met: true);
    }

    private static async Task StartUpAsync(Report report, string folder)
    {
        var start = await StartUp.MeasureAsync(folder);
        report.Target("embedded: start until ready, best and median of 5", $"{start.Best.TotalSeconds:F2} s, {start.Median.TotalSeconds:F2} s", $"median ≤ {MostStartSeconds:F0} s", start.Median.TotalSeconds <= MostStartSeconds);
        report.Target("embedded: resident memory, idle for 10 s", $"{start.IdleMegabytes:F0} MB", $"≤ {MostIdleMegabytes:F0} MB", start.IdleMegabytes <= MostIdleMegabytes);
    }
}
