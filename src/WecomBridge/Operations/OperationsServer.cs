using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace WecomBridge.Operations;

/// <summary>Serves the operators' pages on an address of their own, in a small host beside the main one, which keeps its addresses whatever they are.</summary>
/// <remarks>An endpoint added to the main server in code would put its configured addresses out of force.</remarks>
internal sealed class OperationsServer(
    IOptions<OperationsOptions> options, OperationsGuard guard, IEnumerable<IOperationsPages> pages, ILogger<OperationsServer> logger) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where the pages are; null before the start and when they are nowhere.</summary>
    public Uri? Address { get; private set; }

    /// <exception cref="InvalidOperationException">The address cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Url is not { Length: > 0 } url) return;
        _app = Build(url);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException)
        {
            throw new InvalidOperationException($"Operations:Url: {url} cannot be listened on. Give another address, or an empty one for no pages.", failure);
        }

        Address = new Uri(_app.Urls.Single());
        logger.Listening(Address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // The guard says what fails, in the service's log; what a second host would add to that is told twice.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheService>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(OperationsAddress.Read(url)!);
        });
        var app = builder.Build();
        app.UseRouting();
        app.Use(next => http => guard.InvokeAsync(http, next));
        foreach (var feature in pages) feature.Map(app);
        return app;
    }

    /// <summary>The pages live and end with the service, which alone listens to signals.</summary>
    private sealed class LifetimeOfTheService : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
