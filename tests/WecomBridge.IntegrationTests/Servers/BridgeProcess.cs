using System.Diagnostics;
using System.Text.Json;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>What is special about a bridge's process.</summary>
internal sealed record BridgeProcessOptions
{
    /// <summary>More environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A command that starts the process, such as one with a small disk of its own; the bridge's command line follows it.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];
}

/// <summary>The service as a process of its own, which a test may kill.</summary>
internal sealed class BridgeProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Process _process;
    private readonly string _log;

    private BridgeProcess(Process process, string log) => (_process, _log) = (process, log);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Its address.</summary>
    public required Uri Url { get; init; }

    /// <summary>What it has written to its console.</summary>
    public string Output => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <summary>Starts the process and waits until it is ready for callbacks.</summary>
    public static async Task<BridgeProcess> StartAsync(Dictionary<string, string?> settings, string folder, BridgeProcessOptions options)
    {
        var bridge = Launch(settings, folder, options);
        try
        {
            await bridge.ReadyAsync(ReadyWithin);
            return bridge;
        }
        catch
        {
            await bridge.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process and does not wait.</summary>
    public static BridgeProcess Launch(Dictionary<string, string?> settings, string folder, BridgeProcessOptions options)
    {
        var file = Path.Combine(folder, $"settings-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        var log = file + ".log";
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("out=$1; shift; exec \"$@\" >>\"$out\" 2>&1");
        start.ArgumentList.Add("bridge");
        start.ArgumentList.Add(log);
        foreach (var argument in (string[])[.. options.Launcher, "dotnet", typeof(Operations.ServiceHost).Assembly.Location, "--config", file]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in options.Environment) start.Environment[name] = value;
        return new BridgeProcess(Process.Start(start)!, log) { Url = new Uri(settings["urls"]!) };
    }

    /// <summary>Waits for <c>/health/ready</c>.</summary>
    public async Task ReadyAsync(TimeSpan within)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < within && !HasExited)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri(Url, "/health/ready"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"The bridge was not ready within {within.TotalSeconds:0} s{(HasExited ? $" (it ended with {ExitCode})" : "")}: {Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: asks it to finish and end.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()])!;
        kill.WaitForExit();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> ExitedAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync().WaitAsync(within);
        return ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Recorder.Write(Output);
        _process.Dispose();
    }
}
