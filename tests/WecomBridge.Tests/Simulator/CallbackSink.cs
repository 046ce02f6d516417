using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Simulator;

/// <summary>An endpoint that takes callbacks and answers as it is told.</summary>
internal sealed class CallbackSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CallbackSink(WebApplication app) => _app = app;

    /// <summary>What each request gets; by its number, from 1. Default 200.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public ConcurrentQueue<(IQueryCollection Query, string Body, string? ContentType)> Requests { get; } = new();

    public Uri Url => new(_app.Urls.First() + "/callback");

    public static async Task<CallbackSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var sink = new CallbackSink(app);
        app.Map("/callback", sink.TakeAsync);
        await app.StartAsync();
        return sink;
    }

    /// <summary>Verifies, decrypts and parses an XML callback by the book.</summary>
    public static XElement Open((IQueryCollection Query, string Body, string? ContentType) request, string token = "QDG6eK", string receiver = SimulatorFixture.CorpId)
    {
        using var crypto = new CallbackCrypto(token, SimulatorFixture.Key, receiver);
        var encrypt = XElement.Parse(request.Body).Element("Encrypt")!.Value;
        crypto.Open(request.Query["msg_signature"]!, request.Query["timestamp"]!, request.Query["nonce"]!, encrypt, out var message).ShouldBe(CallbackCryptoResult.Ok);
        return XElement.Parse(Encoding.UTF8.GetString(message));
    }

    /// <summary>Answers the verification request by the book.</summary>
    public static async Task EchoAsync(HttpContext context)
    {
        using var crypto = new CallbackCrypto("QDG6eK", SimulatorFixture.Key, SimulatorFixture.CorpId);
        var query = context.Request.Query;
        crypto.Open(query["msg_signature"]!, query["timestamp"]!, query["nonce"]!, query["echostr"]!, out var message).ShouldBe(CallbackCryptoResult.Ok);
        await context.Response.Body.WriteAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue((context.Request.Query, body, context.Request.ContentType));
        await Answer(Requests.Count, context);
    }
}
