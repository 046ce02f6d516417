using System.Diagnostics;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using WecomBridge.Telemetry;

namespace WecomBridge.Callbacks;

/// <summary>The addresses WeCom is given: <c>/callback/{corp}/{app}</c>. Routes, caps and query; the receiver has the story.</summary>
internal sealed class CallbackEndpoints(CallbackApps apps, CallbackReceiver receiver, IOptions<CallbacksOptions> options, CallbackMetrics metrics, TimeProvider time, ILogger<CallbackEndpoints> logger)
{
    private const string Route = "/callback/{corp}/{app}";
    private readonly CallbacksOptions _options = options.Value;
    private readonly ObjectPool<AnswerBudget> _budgets = ObjectPool.Create<AnswerBudget>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var endpoints = routes.ServiceProvider.GetRequiredService<CallbackEndpoints>();
        routes.MapGet(Route, endpoints.VerifyAsync);
        routes.MapPost(Route, endpoints.ReceiveAsync);
    }

    /// <summary>An administrator saves the address in the console. Touches no store.</summary>
    private Task VerifyAsync(HttpContext http)
    {
        if (Find(http) is not { } app) return RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_app");
        return CallbackQuery.TryRead(http.Request.QueryString, withEcho: true, out var query)
            ? receiver.VerifyAsync(http.Response, app, query)
            : RefuseAsync(http, StatusCodes.Status400BadRequest, "query");
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        if (Find(http) is not { } app)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "unknown_app");
            return;
        }

        metrics.Received(app.Source);
        var started = time.GetTimestamp();
        using var span = Traces.StartAnew("POST /callback/{corp}/{app}", ActivityKind.Server);
        var outcome = await AnswerAsync(http, app);
        metrics.Answered(outcome, time.GetElapsedTime(started));
        Describe(span, http, app, outcome);
    }

    private async Task<CallbackOutcome> AnswerAsync(HttpContext http, CallbackApp app)
    {
        // Not ended by a client that goes away: the event is stored all the same, and a read of its body fails by itself.
        var budget = _budgets.Get();
        budget.CancelAfter(_options.AnswerBudget);
        try
        {
            return await ReceiveAsync(http, app, budget.Token);
        }
        catch (Exception failure) when (failure is not BadHttpRequestException)
        {
            // No answer of our own but the documented ones: whatever went wrong, a broken connection makes WeCom call again.
            logger.Broken(app.Source.Corp, app.Source.App, failure.GetType().Name);
            metrics.Aborted("broken");
            http.Abort();
            return CallbackOutcome.Aborted;
        }
        finally
        {
            _budgets.Return(budget);
        }
    }

    private async Task<CallbackOutcome> ReceiveAsync(HttpContext http, CallbackApp app, CancellationToken budget)
    {
        if (await CallbackBody.ReadAsync(http.Request, _options.MaxBodyBytes, budget) is not { } body)
            await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, "too_large");
        else if (!CallbackQuery.TryRead(http.Request.QueryString, withEcho: false, out var query))
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "query");
        else
            return await receiver.ReceiveAsync(http, app, query, body, budget);
        return CallbackOutcome.Refused;
    }

    /// <summary>What an administrator needs to find the callback again; nothing of its query or body.</summary>
    private static void Describe(Activity? span, HttpContext http, CallbackApp app, CallbackOutcome outcome)
    {
        if (span is not { IsAllDataRequested: true }) return;
        span.SetTag("http.request.method", "POST").SetTag("http.route", Route).SetTag("wecombridge.corp", app.Source.Corp).SetTag("wecombridge.app", app.Source.App).SetTag("wecombridge.outcome", CallbackMetrics.WordOf(outcome));
        if (outcome == CallbackOutcome.Aborted) span.Fail("aborted");
        else span.SetTag("http.response.status_code", http.Response.StatusCode);
    }

    private CallbackApp? Find(HttpContext http) => apps.Find((string)http.Request.RouteValues["corp"]!, (string)http.Request.RouteValues["app"]!);

    private Task RefuseAsync(HttpContext http, int status, string reason)
    {
        metrics.Refused(reason);
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>The time one callback may take; used again for another when it has not run out.</summary>
internal sealed class AnswerBudget : CancellationTokenSource, IResettable;
