using Microsoft.AspNetCore.Http;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>A platform that gives every call one answer, and a client of it.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    public const string Token = "TOKEN-CANARY-71";

    private WecomTransport _transport = null!;

    public StandIn Platform { get; private set; } = null!;

    public IWecomClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Platform = await StandIn.StartAsync();
        _transport = new WecomTransport(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), Platform.Address, TimeProvider.System, TimeSpan.FromSeconds(20));
        var app = new WecomApp("acme", "contact", "wwEXAMPLE", "s3cret");
        Client = new WecomClient(
            app, CallLane.Sync, _transport, new AccessTokenSource(app, _transport, new InMemoryAccessTokenStore(), TimeProvider.System),
            new CallGovernor(new CallLimits(), new InMemoryCallBudgetStore(), TimeProvider.System), [], TimeProvider.System);
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
