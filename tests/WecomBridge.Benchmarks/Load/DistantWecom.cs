using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.Benchmarks.Load;

/// <summary>A WeCom as far away as the real one: every call is answered with the same success after a while, so that reconcilers have their ordinary work beside the measured intake.</summary>
internal sealed class DistantWecom : IAsyncDisposable
{
    private const string Answer = """{"errcode":0,"errmsg":"ok","access_token":"benchmark","expires_in":7200,"external_contact":{},"follow_user":[]}""";
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(100);
    private readonly WebApplication _app;

    private DistantWecom(WebApplication app, string url) => (_app, Url) = (app, url);

    public string Url { get; }

    public static async Task<DistantWecom> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async http =>
        {
            await Task.Delay(Distance);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Answer);
        });
        var url = $"http://127.0.0.1:{FreePorts.Take()}/";
        app.Urls.Add(url);
        await app.StartAsync();
        return new DistantWecom(app, url);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
