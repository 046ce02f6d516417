using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using WecomBridge.Demo;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Benchmarks.Load;

/// <summary>How fast customers are greeted at a steady rate on RabbitMQ: from the callback's first byte to the start of the API call, and from the add until WeCom has the greeting.</summary>
internal static class GreetingMode
{
    private const int AddsPerSecond = 100;
    private const double MostMedianMs = 30;
    private const double MostSlowMs = 250;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    /// <returns>0 when the targets were met, 1 when one was missed.</returns>
    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("wb-greet-").FullName;
        try
        {
            Console.WriteLine($"{Machine.Describe()}; {AddsPerSecond} adds/s for {Round.TotalSeconds:F0} s\n");
            Console.WriteLine("| greeting | measured | count | median ms | 99 % ms | slowest ms | target | |\n|---|---|--:|--:|--:|--:|---|---|");
            await using var broker = new RabbitBroker();
            await broker.InitializeAsync();
            var met = await GreetAsync(folder, await broker.NewVirtualHostAsync(), "text and link", "Hello, how can I help you?", bounded: true);
            met &= await GreetAsync(folder, await broker.NewVirtualHostAsync(), "with look-ups", "Hello {{customer.name}} ({{crm.level}}), {{staff.name}} here.", bounded: false);
            await broker.KillAsync();
            return met ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> GreetAsync(string folder, Uri broker, string name, string text, bool bounded)
    {
        await using var simulator = await WecomSimulator.StartAsync(DemoSettings.Simulator(1), CancellationToken.None);
        var corp = simulator.Wecom.Corp();
        Population.Generate(simulator, corp, new PopulationSize { Staff = 10, Customers = (int)(AddsPerSecond * (WarmUp + Round).TotalSeconds) });
        var settings = DemoSettings.Service(simulator, Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName);
        foreach (var (key, value) in ((string, string)[])
            [("urls", $"http://127.0.0.1:{FreePorts.Take()}"), ("Logging:LogLevel:Default", "Warning"), ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()),
             ("Routing:Subscribers:sales:Queue", "crm.sales.customers"), ("Routing:Subscribers:sales:Events:0", "customer.*"), ("Welcome:Rules:0:Text", text), ("Welcome:Rules:2:Text", text)])
            settings[key] = value;
        corp.App().CallbackUrl = new Uri($"{settings["urls"]}/callback/{DemoSettings.Corp}/{DemoSettings.App}");
        await using var service = await MeasuredService.StartAsync(settings);
        await TrafficDriver.RunAsync(corp, new TrafficPlan { AddsPerSecond = AddsPerSecond, Duration = WarmUp }, seed: 1, CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(2));

        var before = simulator.Ledger.AcceptedWelcomes.Count;
        using var histograms = new Histograms();
        var adds = await TrafficDriver.RunAsync(corp, new TrafficPlan { AddsPerSecond = AddsPerSecond, Duration = Round }, seed: 2, CancellationToken.None);
        for (var wait = 0; simulator.Ledger.AcceptedWelcomes.Count - before < adds.Count && wait < 100; wait++) await Task.Delay(200);
        var greeted = simulator.Ledger.AcceptedWelcomes.Skip(before).ToList();
        var latency = histograms.Sorted("wecombridge.welcome.latency");
        var fast = Row(name, "received → API call started", latency, bounded ? $"≤ {MostMedianMs:F0}, ≤ {MostSlowMs:F0}" : "none set", !bounded || (At(latency, 50) <= MostMedianMs && At(latency, 99) <= MostSlowMs));
        Row(name, "received → consumer began", histograms.Sorted("wecombridge.welcome.queue_wait"), "none set", met: true);
        var all = Row(name, "add → WeCom has it", [.. greeted.Select(welcome => welcome.AgeMs).Order()], "all greeted", greeted.Count == adds.Count);
        return fast && all;
    }

    private static bool Row(string name, string what, double[] sorted, string target, bool met)
    {
        Console.WriteLine($"| {name} | {what} | {sorted.Length:N0} | {At(sorted, 50):F1} | {At(sorted, 99):F1} | {At(sorted, 100):F1} | {target} | {(met ? "PASS" : "FAIL")} |");
        return met;
    }

    private static double At(double[] sorted, double percent) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(sorted.Length * percent / 100) - 1];

    /// <summary>What the service records, in milliseconds.</summary>
    private sealed class Histograms : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _values = new();

        public Histograms()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "WecomBridge") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _values.GetOrAdd(instrument.Name, _ => new ConcurrentQueue<double>()).Enqueue(value * 1000));
            _listener.Start();
        }

        public double[] Sorted(string instrument) => [.. (_values.GetValueOrDefault(instrument) ?? []).Order()];

        public void Dispose() => _listener.Dispose();
    }
}
