using Microsoft.AspNetCore.Http;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>A platform that gives every call one answer, and a client of it.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    public const string Token = "TOKEN-CANARY-71";

    private static readonly WecomApp App = new("acme", "contact", "wwEXAMPLE", "s3cret");

    private readonly InMemoryAccessTokenStore _tokens = new();
    private WecomTransport _transport = null!;

    public StandIn Platform { get; private set; } = null!;

    /// <summary>A client of its own for each call: what the platform answers one says nothing to the next about limits or tokens.</summary>
    public IWecomClient Client => new WecomClient(
        App, CallLane.Sync, _transport, new AccessTokenSource(App, _transport, _tokens, TimeProvider.System),
        new CallGovernor(new CallLimits(), new InMemoryCallBudgetStore(), TimeProvider.System), [], TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        Platform = await StandIn.StartAsync();
        _transport = new WecomTransport(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), Platform.Address, TimeProvider.System, TimeSpan.FromSeconds(20));
        await _tokens.TryReplaceAsync(App.Corp, App.App, expectedGeneration: 0, new AccessToken(Token, TimeProvider.System.GetUtcNow().AddHours(2), Generation: 1), App.Fingerprint, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await Platform.DisposeAsync();
    }

    /// <summary>From now on every call but that for a token gets this answer.</summary>
    public void Answers(int status, string contentType, string body) => Answers((_, context) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    });

    public void Answers(Func<StandIn.Received, HttpContext, Task> answer) => Platform.Answer = (request, context) =>
        request.Path.EndsWith("gettoken", StringComparison.Ordinal) ? StandIn.Json(context, $$"""{"errcode":0,"errmsg":"ok","access_token":"{{Token}}","expires_in":7200}""") : answer(request, context);

    public void Answers(string json) => Answers(200, "application/json; charset=UTF-8", json);
}
