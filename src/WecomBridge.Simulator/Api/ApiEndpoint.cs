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
internal sealed class ApiEndpoint(SimulatorOptions options, TokenDesk tokens, FaultPlan faults, Interventions interventions, SimulatorLedger ledger)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const int DebugsPerMinute = 5;
    private readonly ApiGate _gate = new(options.Limits, options.TimeProvider);
    private readonly SlidingCount _debugged = new(TimeSpan.FromMinutes(1), TimeSpan.Zero);

    private long _failures;

    public ApiGate Gate => _gate;

    public async Task AnswerAsync(HttpContext context, string path)
    {
        var started = Stopwatch.GetTimestamp();
        if (!ApiRoutes.All.TryGetValue(path, out var route) && path != "gettoken")
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
            (var answer, entry, var file) = await WorkAsync(context, route, fault, entry).ConfigureAwait(false);
            Decorate(answer);

            // Written down before the answer goes out: whoever has the answer finds it in the ledger.
            ledger.Add(entry with { ErrorCode = Answer.CodeOf(answer), Took = Stopwatch.GetElapsedTime(started) });
            if (file is not null) await MediaFile.WriteAsync(context, file).ConfigureAwait(false);
            else await FaultPlayer.WriteAsync(fault, context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(answer, Json)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away while sending or receiving; what was worked by then is in the ledger.
        }
    }

    private async Task<Worked> WorkAsync(HttpContext context, ApiRoute? route, FaultRule? fault, ApiEntry entry)
    {
        if (route is null) return IssueToken(context, fault, entry);
        string? token = context.Request.Query["access_token"];
        if (fault?.Kind == FaultKind.RevokeToken && token is not null) tokens.Revoke(token);
        var (corp, app, code) = tokens.Check(token);
        entry = entry with { CorpId = corp?.CorpId, App = app?.Name };
        if (code != 0 || corp is null || app is null) return new Worked(Answer.Error(code), entry);
        if (!app.AddressTrusted) return new Worked(Answer.Error(60020), entry);
        if (!route.Takes(app)) return new Worked(Answer.Error(48002), entry);
        using var stay = _gate.Enter(corp.CorpId, route);
        entry = entry with { Concurrent = stay.Concurrent };
        if (stay.Code != 0 || DebuggedTooOften(context)) return new Worked(Answer.Error(stay.Code != 0 ? stay.Code : 45009), entry);
        if (Played(fault) is { } played) return new Worked(played, entry);
        if (route.IsPost && !HttpMethods.IsPost(context.Request.Method)) return new Worked(Answer.Error(40058, "invalid parameter: POST expected"), entry);
        return await WorkAsync(context, route, corp, app, entry).ConfigureAwait(false);
    }

    private async Task<Worked> WorkAsync(HttpContext context, ApiRoute route, SimulatedCorp corp, SimulatedApp app, ApiEntry entry)
    {
        var body = route.IsUpload || !route.IsPost ? [] : await RequestBody.ReadJsonAsync(context.Request).ConfigureAwait(false);
        if (body is null) return new Worked(Answer.Error(40035, "invalid parameter: the body is no JSON object"), entry);
        var call = new ApiCall
        {
            Path = route.Path,
            Corp = corp.State,
            App = app,
            Query = context.Request.Query,
            Body = body,
            Ledger = ledger,
            Upload = route.IsUpload ? await RequestBody.ReadMediaAsync(context.Request).ConfigureAwait(false) : null,
        };
        entry = entry with
        {
            UserId = call.Text("userid") ?? context.Request.Query["userid"],
            ExternalUserId = call.Text("external_userid") ?? context.Request.Query["external_userid"],
        };
        return new Worked(await TakeEffectAsync(route, call, corp).ConfigureAwait(false), entry, call.File);
    }

    /// <summary>A call that an app makes from inside the simulator: counted and answered like any other, without token and network.</summary>
    public async Task<JsonObject> CallAsync(SimulatedCorp corp, SimulatedApp app, string path, JsonObject body)
    {
        var (started, route) = (Stopwatch.GetTimestamp(), ApiRoutes.All[path]);
        var call = new ApiCall { Path = path, Corp = corp.State, App = app, Query = new QueryCollection(), Body = body, Ledger = ledger };
        using var stay = _gate.Enter(corp.CorpId, route);
        var answer = stay.Code != 0 ? Answer.Error(stay.Code) : await TakeEffectAsync(route, call, corp).ConfigureAwait(false);
        ledger.Add(new ApiEntry
        {
            Path = path, CorpId = corp.CorpId, App = app.Name, Status = StatusCodes.Status200OK, ErrorCode = Answer.CodeOf(answer), Concurrent = stay.Concurrent,
            UserId = call.Text("userid"), ExternalUserId = call.Text("external_userid"), Took = Stopwatch.GetElapsedTime(started),
        });
        return answer;
    }

    private async Task<JsonObject> TakeEffectAsync(ApiRoute route, ApiCall call, SimulatedCorp corp)
    {
        var key = KeyOf(route, call);
        if (key is not null && !_gate.TryTake(corp.CorpId, key)) return Answer.Error(route.BusyCode);
        try
        {
            if (options.ApiLatency > TimeSpan.Zero) await Task.Delay(options.ApiLatency, CancellationToken.None).ConfigureAwait(false);
            interventions.Happen(new CallAtHand(route.Path, corp, call.App, call.Text("userid") ?? call.Query["userid"], call.Text("external_userid") ?? call.Query["external_userid"]));
            lock (corp.State.Gate) return route.Handler(call);
        }
        catch (ApiRefusal refusal)
        {
            return Answer.Error(refusal.Code, refusal.Message);
        }
        finally
        {
            if (key is not null) _gate.Free(corp.CorpId, key);
        }
    }

    private static JsonObject? Played(FaultRule? fault) => fault?.Kind switch
    {
        FaultKind.ErrorCode => Answer.Error(fault.ErrorCode),
        FaultKind.NullErrorCode => new JsonObject { ["errcode"] = null, ["errmsg"] = null },
        _ => null,
    };

    private static string? KeyOf(ApiRoute route, ApiCall call)
    {
        if (route.Exclusive is null) return null;
        lock (call.Corp.Gate) return route.Exclusive(call);
    }

    private Worked IssueToken(HttpContext context, FaultRule? fault, ApiEntry entry)
    {
        if (Played(fault) is { } played) return new Worked(played, entry);
        var (answer, corp, app) = tokens.Issue(new TokenCall(context.Request.Query, context.Connection.RemoteIpAddress ?? IPAddress.Loopback));
        return new Worked(answer, entry with { CorpId = corp?.CorpId, App = app?.Name });
    }

    /// <summary><c>debug=1</c> is for people: some five calls a minute.</summary>
    private bool DebuggedTooOften(HttpContext context)
    {
        if (context.Request.Query["debug"] != "1") return false;
        lock (_debugged)
        {
            var now = options.TimeProvider.GetUtcNow();
            _debugged.Add(now);
            return _debugged.At(now) > DebugsPerMinute;
        }
    }

    /// <summary>Failures carry what the platform's do: a hint, the caller's address and the self-service link.</summary>
    private void Decorate(JsonObject answer)
    {
        var code = Answer.CodeOf(answer);
        if (code == 0) return;
        var hint = $"{options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds()}{Interlocked.Increment(ref _failures) % 1_000_000:000000}";
        answer["errmsg"] = $"{answer["errmsg"]}, hint: [{hint}], from ip: {options.CallerAddress}, more info at https://open.work.weixin.qq.com/devtool/query?e={code}";
    }

    private sealed record Worked(JsonObject Answer, ApiEntry Entry, StoredMedia? File = null);
}
