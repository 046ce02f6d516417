using System.Diagnostics;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Everything under <c>/cgi-bin/</c>: fault, token, rights, limits, effect, answer, in this order.</summary>
internal sealed class ApiEndpoint(SimulatorOptions options, TokenDesk tokens, FaultPlan faults, SimulatorLedger ledger)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ApiGate _gate = new(options.Limits, options.TimeProvider);
    private readonly Dictionary<string, ApiRoute> _routes =
        CustomerApi.Routes.Concat(CorpTagApi.Routes).Concat(WelcomeApi.Routes).Concat(GroupChatApi.Routes).Concat(DirectoryApi.Routes).Concat(MessageApi.Routes)
            .ToDictionary(r => r.Path, StringComparer.Ordinal);

    public async Task AnswerAsync(HttpContext context, string path)
    {
        var started = Stopwatch.GetTimestamp();
        if (!_routes.TryGetValue(path, out var route) && path != "gettoken")
        {
            ledger.Add(new ApiEntry { Path = path, Status = StatusCodes.Status404NotFound });
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var fault = faults.Take(FaultTarget.Api, path);
        var entry = new ApiEntry { Path = path, Fault = fault?.Kind.ToString(), Status = FaultPlayer.StatusOf(fault, StatusCodes.Status200OK) };
        try
        {
            if (FaultPlayer.PreventsEffect(fault)) ledger.Add(entry);
            await FaultPlayer.BeforeEffectAsync(fault, context).ConfigureAwait(false);
            if (FaultPlayer.PreventsEffect(fault)) return;
            (var answer, entry) = await WorkAsync(context, route, fault, entry).ConfigureAwait(false);
            Decorate(answer, context);

            // Written down before the answer goes out: whoever has the answer finds it in the ledger.
            ledger.Add(entry with { ErrorCode = Answer.CodeOf(answer), Took = Stopwatch.GetElapsedTime(started) });
            await FaultPlayer.WriteAsync(fault, context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(answer, Json)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away while sending or receiving; what was worked by then is in the ledger.
        }
    }

    private async Task<(JsonObject Answer, ApiEntry Entry)> WorkAsync(HttpContext context, ApiRoute? route, FaultRule? fault, ApiEntry entry)
    {
        if (route is null) return IssueToken(context, fault, entry);
        string? token = context.Request.Query["access_token"];
        if (fault?.Kind == FaultKind.RevokeToken && token is not null) tokens.Revoke(token);
        var (corp, app, code) = tokens.Check(token);
        entry = entry with { CorpId = corp?.CorpId, App = app?.Name };
        if (code != 0 || corp is null || app is null) return (TokenError(code), entry);
        if (!app.AddressTrusted) return (Answer.Error(60020, "not allow to access from your ip"), entry);
        if (route.IsCustomerApi && !app.CustomerApiAllowed) return (Answer.Error(48002, "api forbidden"), entry);
        var (refused, concurrent) = _gate.Enter(corp.CorpId, route);
        try
        {
            entry = entry with { Concurrent = concurrent };
            if (refused != 0) return (Answer.Error(refused, refused == 45033 ? "api concurrent out of limit" : "api freq out of limit"), entry);
            if (fault?.Kind == FaultKind.ErrorCode) return (Answer.Error(fault.ErrorCode, "injected"), entry);
            if (route.IsPost && !HttpMethods.IsPost(context.Request.Method)) return (Answer.Error(40058, "invalid parameter: POST expected"), entry);
            return await WorkAsync(context, route, corp, app, entry).ConfigureAwait(false);
        }
        finally
        {
            _gate.Leave(corp.CorpId, route);
        }
    }

    private async Task<(JsonObject Answer, ApiEntry Entry)> WorkAsync(HttpContext context, ApiRoute route, SimulatedCorp corp, SimulatedApp app, ApiEntry entry)
    {
        var isUpload = route.Path == "media/upload";
        var body = isUpload || !route.IsPost ? [] : await RequestBody.ReadJsonAsync(context.Request).ConfigureAwait(false);
        if (body is null) return (Answer.Error(40035, "invalid parameter: the body is no JSON object"), entry);
        var call = new ApiCall
        {
            Corp = corp.State,
            App = app,
            Query = context.Request.Query,
            Body = body,
            Ledger = ledger,
            Upload = isUpload ? await RequestBody.ReadMediaAsync(context.Request).ConfigureAwait(false) : null,
        };
        entry = entry with
        {
            UserId = call.Text("userid") ?? context.Request.Query["userid"],
            ExternalUserId = call.Text("external_userid") ?? context.Request.Query["external_userid"],
        };
        string? key;
        lock (corp.State.Gate) key = route.Exclusive(call);
        using var taken = _gate.TryTake(corp.CorpId, key);
        if (taken is null) return (Answer.Error(route.BusyCode, "concurrent operation on the same data"), entry);
        if (options.ApiLatency > TimeSpan.Zero) await Task.Delay(options.ApiLatency, CancellationToken.None).ConfigureAwait(false);
        lock (corp.State.Gate) return (route.Handler(call), entry);
    }

    private (JsonObject Answer, ApiEntry Entry) IssueToken(HttpContext context, FaultRule? fault, ApiEntry entry)
    {
        if (fault?.Kind == FaultKind.ErrorCode) return (Answer.Error(fault.ErrorCode, "injected"), entry);
        var (answer, corp, app) = tokens.Issue(new TokenCall(context.Request.Query, context.Connection.RemoteIpAddress ?? IPAddress.Loopback));
        return (answer, entry with { CorpId = corp?.CorpId, App = app?.Name });
    }

    /// <summary>Failures carry what the platform's do: a hint, the caller's address and the self-service link.</summary>
    private void Decorate(JsonObject answer, HttpContext context)
    {
        var code = Answer.CodeOf(answer);
        if (code == 0) return;
        var hint = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        answer["errmsg"] = $"{answer["errmsg"]}, hint: [{hint}], from ip: {context.Connection.RemoteIpAddress}, more info at https://open.work.weixin.qq.com/devtool/query?e={code}";
    }

    private static JsonObject TokenError(int code) =>
        Answer.Error(code, code switch { 41001 => "access_token missing", 42001 => "access_token expired", _ => "invalid access_token" });
}
