using System.Diagnostics;
using System.Globalization;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.Benchmarks.Load;

/// <summary>Start-up and idle memory of the executable, embedded, in a process of its own.</summary>
/// <param name="Best">Shortest time to the first good <c>/health/ready</c>.</param>
/// <param name="Median">The middle one.</param>
/// <param name="IdleMegabytes">Resident memory after a while without callbacks, 10^6 bytes.</param>
internal sealed record StartUp(TimeSpan Best, TimeSpan Median, double IdleMegabytes)
{
    private const int Starts = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<StartUp> MeasureAsync(string folder)
    {
        var times = new List<TimeSpan>();
        for (var start = 1; ; start++)
        {
            var clock = Stopwatch.StartNew();
            await using var bridge = await BridgeProcess.StartAsync(MeasuredService.Settings(folder), folder, new BridgeProcessOptions());
            times.Add(clock.Elapsed);
            if (start < Starts) continue;
            await Task.Delay(Idle);
            times.Sort();
            return new StartUp(times[0], times[Starts / 2], ResidentMegabytes(bridge.Id));
        }
    }

    private static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kibibytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return kibibytes * 1024 / 1e6;
    }
}
