using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WecomBridge.Operations;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>The whole service inside the test's process, with its log kept for reading.</summary>
internal sealed class Bridge : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private Bridge(WebApplication app, LogCapture log) => (_app, Log) = (app, log);

    public IServiceProvider Services => _app.Services;

    public LogCapture Log { get; }

    /// <param name="settings">All settings.</param>
    /// <param name="files">Files to look at for changes; null when settings never change.</param>
    public static async Task<Bridge> StartAsync(IDictionary<string, string?> settings, SettingsFiles? files = null)
    {
        var log = new LogCapture();
        var app = ServiceHost.Build(settings, "Development", builder => builder.Logging.ClearProviders().AddProvider(log), files);
        try
        {
            await app.StartAsync();
            return new Bridge(app, log);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
