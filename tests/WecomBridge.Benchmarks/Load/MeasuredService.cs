using System.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Operations;
using WecomBridge.Spool;

namespace WecomBridge.Benchmarks.Load;

/// <summary>What one round cost and gave.</summary>
/// <param name="Load">What the generator saw.</param>
/// <param name="CpuMicroseconds">Processor time of the service for one request.</param>
/// <param name="Bytes">Allocated for one request.</param>
internal sealed record RoundResult(LoadResult Load, double CpuMicroseconds, double Bytes)
{
    /// <summary>The middle of each figure: a round that a neighbour on the machine spoilt does not count. Requests and failures are summed.</summary>
    public static RoundResult MedianOf(IReadOnlyCollection<RoundResult> rounds)
    {
        return new RoundResult(
            new LoadResult(Middle(round => round.Load.PerSecond), rounds.Sum(round => round.Load.Requests), rounds.Sum(round => round.Load.Failed), Middle(round => round.Load.Median), Middle(round => round.Load.Slow)),
            Middle(round => round.CpuMicroseconds),
            Middle(round => round.Bytes));

        T Middle<T>(Func<RoundResult, T> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);
    }
}

/// <summary>The service in this process, so that its processor time and allocations can be read; the generator is a process of its own.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    public const string CallbackPath = $"/callback/{SampleCallback.Corp}/{SampleCallback.App}";
    private const int MostWarmUps = 8;
    private const double MostCompiling = 0.05;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);
    private readonly WebApplication _app;
    private readonly Uri _url;

    private MeasuredService(WebApplication app, Uri url) => (_app, _url) = (app, url);

    /// <summary>Settings of one corp and app, quiet logs, files in a folder of its own.</summary>
    public static Dictionary<string, string?> Settings(string folder, params (string Key, string Value)[] more)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        var corp = $"Wecom:Corps:{SampleCallback.Corp}";
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = $"http://127.0.0.1:{FreePorts.Take()}",
            ["Logging:LogLevel:Default"] = "Warning",

            // The generator breaks its connections off at the end of a round; what that interrupts is no news.
            ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics"] = "None",
            ["Spool:Path"] = Path.Combine(own, "spool.db"),
            ["State:ConnectionString"] = $"Data Source={Path.Combine(own, "state.db")}",
            ["Operations:Url"] = $"http://127.0.0.1:{FreePorts.Take()}",

            [$"{corp}:CorpId"] = SampleCallback.CorpId,
            [$"{corp}:Apps:{SampleCallback.App}:AgentId"] = "1000002",
            [$"{corp}:Apps:{SampleCallback.App}:Secret"] = "benchmark",
            [$"{corp}:Apps:{SampleCallback.App}:Keys:0:Token"] = SampleCallback.Token,
            [$"{corp}:Apps:{SampleCallback.App}:Keys:0:EncodingAesKey"] = SampleCallback.AesKey,
        };
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }

    public static async Task<MeasuredService> StartAsync(Dictionary<string, string?> settings)
    {
        var app = ServiceHost.Build(settings, "Development");
        ConstantEndpoint.Map(app);
        await app.StartAsync();
        return new MeasuredService(app, new Uri(settings["urls"]!));
    }

    /// <summary>Events that were acknowledged and have not reached their consumers yet.</summary>
    public long Waiting => Spool.Count(MessageLane.Event) + Spool.Count(MessageLane.Welcome);

    private SpoolStore Spool => _app.Services.GetRequiredService<SpoolStore>();

    /// <summary>Runs until the compiler, which translates busy methods a second and third time, has little left to do.</summary>
    public async Task WarmUpAsync(Wrk wrk, string path)
    {
        for (var round = 0; round < MostWarmUps; round++)
        {
            var compiled = JitInfo.GetCompilationTime();
            await RunAsync(wrk, path, WarmUp);
            if (JitInfo.GetCompilationTime() - compiled < WarmUp * MostCompiling) return;
        }
    }

    public async Task<RoundResult> RunAsync(Wrk wrk, string path, TimeSpan time)
    {
        GC.Collect();
        var (cpu, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        var load = await wrk.RunAsync(_url, path, time);
        return new RoundResult(load,
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / load.Requests,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)load.Requests);
    }

    /// <summary>Empties every queue that holds anything and lets the broker come to rest, so that each round finds it as the first one did.</summary>
    public async Task PurgeAsync()
    {
        await using var connection = await _app.Services.GetRequiredService<RabbitConnectionFactory>().Create("benchmark").CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in _app.Services.GetRequiredService<Topology>().Queues.Where(queue => queue.Name != Topology.LogQueue))
        {
            // A purge of an empty queue is work for the broker all the same: 100 of them would reach into the round.
            if (await channel.MessageCountAsync(queue.Name) > 0) await channel.QueuePurgeAsync(queue.Name);
        }

        await Task.Delay(Rest);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
