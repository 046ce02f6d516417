using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WecomBridge.Demo;
using WecomBridge.Operations;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Tests.Operations;

/// <summary>A simulated WeCom with people in it, a service that runs against it, and verbs that look at settings which may be others.</summary>
internal sealed class DoctorHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wb-doctor-");
    private WebApplication? _service;

    private DoctorHost(WecomSimulator simulator) => (Simulator, Settings) = (simulator, DemoSettings.Service(simulator, _folder.FullName));

    public WecomSimulator Simulator { get; }

    /// <summary>What the verbs read; the service was started with the same before a test changed it.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>Where the service listens; null when it does not run.</summary>
    public Uri? Service => _service is null ? null : new Uri(_service.Urls.First());

    /// <summary>What the verbs take for the time.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string Environment { get; set; } = "Development";

    public string Folder => _folder.FullName;

    public SimulatedApp App => Simulator.Wecom.Corp().App();

    public static async Task<DoctorHost> StartAsync(bool withService = true)
    {
        var host = new DoctorHost(await WecomSimulator.StartAsync(DemoSettings.Simulator(1), TestContext.Current.CancellationToken));
        var people = Population.Generate(host.Simulator, host.Simulator.Wecom.Corp(), new PopulationSize { Staff = 2, Customers = 3 });
        host.Simulator.Wecom.Corp().Customers.Add(people.Staff[0].UserId, people.Customers[0].ExternalUserId);
        if (!withService) return host;
        host._service = ServiceHost.Build(host.Settings, "Development", builder => builder.Logging.ClearProviders());
        await host._service.StartAsync();
        return host;
    }

    public Task<VerbResult> DoctorAsync(bool asJson = false) => RunAsync((output, token) => DoctorVerb.RunAsync(Settings, Environment, Add, asJson, output, token));

    public Task<VerbResult> ConfigCheckAsync(bool online = false, bool asJson = false) => RunAsync((output, token) =>
        online ? ConfigVerb.TryAsync(Settings, Environment, asJson, output, token) : ConfigVerb.CheckAsync(Settings, Environment, shown: null, asJson, output));

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync();
            await _service.DisposeAsync();
        }

        await Simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Add(IServiceCollection services)
    {
        services.AddDoctor(new DoctorRequest(Service));
        services.AddSingleton(Time);
    }

    private static async Task<VerbResult> RunAsync(Func<TextWriter, CancellationToken, Task<int>> verb)
    {
        await using var output = new StringWriter();
        var code = await verb(output, TestContext.Current.CancellationToken);
        return new VerbResult(code, output.ToString());
    }
}

/// <summary>What a verb printed and ended with.</summary>
internal sealed record VerbResult(int Code, string Output)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A clock that is wrong by as much as is said.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
