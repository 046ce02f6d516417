using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WecomBridge.Tests.Wecom.Api;

/// <summary>A platform on loopback that answers whatever a test wants.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandIn(WebApplication app) => _app = app;

    public sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Query, string Body, string? ContentType, byte[] Bytes);

    public Uri Address => new(_app.Urls.First());

    /// <summary>Every request so far, in order of arrival.</summary>
    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Answers a request; set before the first.</summary>
    public Func<Received, HttpContext, Task> Answer { get; set; } = (_, context) => Json(context, """{"errcode":0,"errmsg":"ok"}""");

    public int CountOf(string api) => Requests.Count(r => r.Path == "/cgi-bin/" + api);

    public static async Task<StandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new StandIn(app);
        app.Run(standIn.HandleAsync);
        await app.StartAsync();
        return standIn;
    }

    public static Task Json(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json; charset=UTF-8";
        return context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.Method,
            context.Request.Path.Value!,
            context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            Encoding.UTF8.GetString(body.ToArray()),
            context.Request.ContentType,
            body.ToArray());
        Requests.Enqueue(received);
        await Answer(received, context);
    }
}
