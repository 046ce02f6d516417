using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.Benchmarks.Load;

/// <summary>What 50 subscribers, 10 of them with conditions, cost intake on RabbitMQ. Each pair of rounds delivers the same copies, so that the difference is routing alone.</summary>
internal static class RoutingMode
{
    private const int Callbacks = 60_000;
    private const int Rounds = 4;
    private const int Patterns = 40;
    private const int Conditions = 10;
    private const double LeastRatio = 0.9;
    private const string Sales = "Routing:Subscribers:sales";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

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
        var (base0, routed) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, and the other way round every second time, so that whatever else the machine does meets both alike.
            var first = round % 2 == 0;
            base0 += first ? await RoundAsync(without, few.Length == 0 ? "no subscriber" : "one by pattern") : 0;
            routed += await RoundAsync(with, "50 subscribers");
            base0 += first ? 0 : await RoundAsync(without, few.Length == 0 ? "no subscriber" : "one by pattern");
        }

        report.Target($"{name}: with 50 subscribers / without", $"{routed / Rounds:N0} / {base0 / Rounds:N0} = {routed / base0:F2}", $"≥ {LeastRatio:F1}", routed / base0 >= LeastRatio);

        async Task<double> RoundAsync(MeasuredService service, string what)
        {
            await service.PurgeAsync();
            var round = await service.RunAsync(edits, MeasuredService.CallbackPath, Round);
            report.Add($"{name}, {what}", round);
            return round.Load.PerSecond;
        }
    }

    private static Task<MeasuredService> StartAsync(string folder, Uri broker, (string Key, string Value)[] subscribers) =>
        MeasuredService.StartAsync(MeasuredService.Settings(folder, [("Roles:0", "Intake"), ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Broker:Log:MaxAge", "00:00:00"), .. subscribers]));

    /// <summary>40 by pattern, for events that the load does not have; 10 with conditions that are judged for every event of the load, and one of which may hold.</summary>
    private static (string Key, string Value)[] Fifty(bool matching) =>
    [
        .. Enumerable.Range(0, Patterns).SelectMany(number => Subscriber($"p{number}", number % 2 == 0 ? "group.*" : "tag.*")),
        .. Enumerable.Range(0, Conditions).SelectMany(number => Subscriber($"c{number}", "customer.*")),
        .. Enumerable.Range(0, Conditions).Select(number => ($"Routing:Subscribers:c{number}:When:Customer:0", matching && number == 0 ? "wm*" : $"nobody-{number}*")),
        .. Enumerable.Range(0, Conditions).Select(number => ($"Routing:Subscribers:c{number}:When:Staff:0", "staff-*")),
    ];

    private static IEnumerable<(string Key, string Value)> Subscriber(string name, string events) =>
        [($"Routing:Subscribers:{name}:Queue", $"crm.bench.{name}"), ($"Routing:Subscribers:{name}:Events:0", events)];
}
