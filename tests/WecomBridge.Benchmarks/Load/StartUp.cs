using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WecomBridge.Operations;

namespace WecomBridge.Benchmarks.Load;

/// <summary>Start-up and idle memory of the executable, embedded, in a process of its own.</summary>
/// <param name="Best">Shortest time to the first good <c>/health/ready</c>.</param>
/// <param name="Median">The middle one.</param>
/// <param name="IdleMegabytes">Resident memory after a while without callbacks, 10^6 bytes.</param>
internal sealed record StartUp(TimeSpan Best, TimeSpan Median, double IdleMegabytes)
{
    private const int Starts = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<StartUp> MeasureAsync(string folder)
    {
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(2) };
        var times = new List<TimeSpan>();
        while (true)
        {
            var settings = MeasuredService.Settings(folder);
            var clock = Stopwatch.StartNew();
            using var service = Launch(settings, folder);
            try
            {
                await ReadyAsync(http, new Uri(new Uri(settings["urls"]!), "/health/ready"), clock);
                times.Add(clock.Elapsed);
                if (times.Count < Starts) continue;
                await Task.Delay(Idle);
                times.Sort();
                return new StartUp(times[0], times[Starts / 2], ResidentMegabytes(service.Id));
            }
            finally
            {
                service.Kill();
                await service.WaitForExitAsync();
            }
        }
    }

    private static Process Launch(Dictionary<string, string?> settings, string folder)
    {
        var file = Path.Combine(folder, $"settings-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, WorkingDirectory = folder };
        foreach (var argument in (string[])[typeof(ServiceHost).Assembly.Location, "--config", file]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return Process.Start(start)!;
    }

    private static async Task ReadyAsync(HttpClient http, Uri ready, Stopwatch clock)
    {
        while (clock.Elapsed < ReadyWithin)
        {
            try
            {
                using var answer = await http.GetAsync(ready);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(Look);
        }

        throw new InvalidOperationException($"The service was not ready within {ReadyWithin.TotalSeconds:F0} s.");
    }

    private static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kibibytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return kibibytes * 1024 / 1e6;
    }
}
