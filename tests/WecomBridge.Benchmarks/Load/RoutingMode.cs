using System.Diagnostics;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.Benchmarks.Load;

/// <summary>What 50 subscribers, 10 of them with conditions, cost intake on RabbitMQ. Each pair of rounds delivers the same copies, so that the difference is routing alone.</summary>
internal static class RoutingMode
{
    private const int Callbacks = 60_000;
    private const int Rounds = 24;
    private const int Patterns = 40;
    private const int Conditions = 10;
    private const double LeastRatio = 0.9;
    private const string Sales = "Routing:Subscribers:sales";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <returns>0 when both targets were met, 1 when one was missed, 2 when the generator is missing.</returns>
    public static async Task<int> RunAsync()
    {
        if (!Wrk.IsInstalled)
        {
            await Console.Error.WriteLineAsync("The routing mode needs wrk (Debian package wrk), and RabbitMQ (Debian package rabbitmq-server).");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("wb-routing-").FullName;
        try
        {
            var report = new Report();
            var edits = Wrk.Prepare(folder, Callbacks, SampleCallback.Edited);
            await using var broker = new RabbitBroker();
            await broker.InitializeAsync();
            report.Broker = (await broker.GetAsync("overview")).GetProperty("rabbitmq_version").GetString();
            await PairAsync(report, edits, folder, broker, "no copies", [], Fifty(matching: false));
            await PairAsync(report, edits, folder, broker, "one copy each", [(Sales + ":Queue", "crm.sales.customers"), (Sales + ":Events:0", "customer.*")], Fifty(matching: true));
            report.Print();

            // Nothing in it is worth an orderly end.
            await broker.KillAsync();
            return report.Passed ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PairAsync(Report report, Wrk edits, string folder, RabbitBroker broker, string name, (string Key, string Value)[] few, (string Key, string Value)[] fifty)
    {
        await using var without = await StartAsync(folder, await broker.NewVirtualHostAsync(), few);
        await using var with = await StartAsync(folder, await broker.NewVirtualHostAsync(), fifty);
        foreach (var service in (MeasuredService[])[without, with]) await service.WarmUpAsync(edits, MeasuredService.CallbackPath);
        using var server = Process.GetProcessById(broker.ProcessId);
        var rounds = new Dictionary<MeasuredService, List<RoundResult>> { [without] = [], [with] = [] };
        var brokers = new Dictionary<MeasuredService, List<TimeSpan>> { [without] = [], [with] = [] };
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, and the other way round every second time, so that whatever else the machine does meets both alike.
            foreach (var service in round % 2 == 0 ? (MeasuredService[])[without, with] : [with, without])
            {
                await service.PurgeAsync();
                var before = server.TotalProcessorTime;
                rounds[service].Add(await service.RunAsync(edits, MeasuredService.CallbackPath, Round));
                server.Refresh();
                brokers[service].Add((server.TotalProcessorTime - before) / rounds[service][^1].Load.Requests);
            }
        }

        var (base0, routed) = (RoundResult.MedianOf(rounds[without]), RoundResult.MedianOf(rounds[with]));
        report.Add($"{name}, {(few.Length == 0 ? "no subscriber" : "one by pattern")}", base0);
        report.Add($"{name}, 50 subscribers", routed);
        report.Target($"{name}: the broker's processor time for each, with 50 subscribers / without", $"{Broker(with):N0} / {Broker(without):N0} µs", "none set", met: true);
        var ratio = routed.Load.PerSecond / base0.Load.PerSecond;
        report.Target($"{name}: with 50 subscribers / without", $"{routed.Load.PerSecond:N0} / {base0.Load.PerSecond:N0} = {ratio:F2}", $"≥ {LeastRatio:F1}", ratio >= LeastRatio);

        double Broker(MeasuredService service) => brokers[service].Order().ElementAt(Rounds / 2).TotalMicroseconds;
    }

    private static Task<MeasuredService> StartAsync(string folder, Uri broker, (string Key, string Value)[] subscribers) =>
        MeasuredService.StartAsync(MeasuredService.Settings(folder, [("Roles:0", "Intake"), ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Broker:Log:MaxAge", "00:00:00"), .. subscribers]));

    /// <summary>40 by pattern, for events that the load does not have; 10 with conditions that are judged for every event of the load, and one of which may hold.</summary>
    public static (string Key, string Value)[] Fifty(bool matching) =>
    [
        .. Enumerable.Range(0, Patterns).SelectMany(number => Subscriber($"p{number}", number % 2 == 0 ? "group.*" : "tag.*")),
        .. Enumerable.Range(0, Conditions).SelectMany(number => Subscriber($"c{number}", "customer.*")),
        .. Enumerable.Range(0, Conditions).Select(number => ($"Routing:Subscribers:c{number}:When:Customer:0", matching && number == 0 ? "wm*" : $"nobody-{number}*")),
        .. Enumerable.Range(0, Conditions).Select(number => ($"Routing:Subscribers:c{number}:When:Staff:0", "staff-*")),
    ];

    private static IEnumerable<(string Key, string Value)> Subscriber(string name, string events) =>
        [($"Routing:Subscribers:{name}:Queue", $"crm.bench.{name}"), ($"Routing:Subscribers:{name}:Events:0", events)];
}
