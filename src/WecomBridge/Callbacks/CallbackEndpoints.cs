using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace WecomBridge.Callbacks;

/// <summary>The addresses WeCom is given: <c>/callback/{corp}/{app}</c>. Routes, caps and query; the receiver has the story.</summary>
internal sealed class CallbackEndpoints(CallbackApps apps, CallbackReceiver receiver, IOptions<CallbacksOptions> options, ILogger<CallbackEndpoints> logger)
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
        if (Find(http) is not { } app) return AnswerAsync(http, StatusCodes.Status404NotFound);
        return CallbackQuery.TryRead(http.Request.QueryString, withEcho: true, out var query)
            ? receiver.VerifyAsync(http.Response, app, query)
            : AnswerAsync(http, StatusCodes.Status400BadRequest);
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        if (Find(http) is not { } app)
        {
            await AnswerAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        // Not ended by a client that goes away: the event is stored all the same, and a read of its body fails by itself.
        var budget = _budgets.Get();
        budget.CancelAfter(_options.AnswerBudget);
        try
        {
            await ReceiveAsync(http, app, budget.Token);
        }
        catch (Exception failure) when (failure is not BadHttpRequestException)
        {
            // No answer of our own but the documented ones: whatever went wrong, a broken connection makes WeCom call again.
            logger.Broken(app.Source.Corp, app.Source.App, failure.GetType().Name);
            http.Abort();
        }
        finally
        {
            _budgets.Return(budget);
        }
    }

    private async Task ReceiveAsync(HttpContext http, CallbackApp app, CancellationToken budget)
    {
        if (await CallbackBody.ReadAsync(http.Request, _options.MaxBodyBytes, budget) is not { } body)
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge);
        else if (!CallbackQuery.TryRead(http.Request.QueryString, withEcho: false, out var query))
            await AnswerAsync(http, StatusCodes.Status400BadRequest);
        else
            await receiver.ReceiveAsync(http, app, query, body, budget);
    }

    private CallbackApp? Find(HttpContext http) => apps.Find((string)http.Request.RouteValues["corp"]!, (string)http.Request.RouteValues["app"]!);

    private static Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>The time one callback may take; used again for another when it has not run out.</summary>
internal sealed class AnswerBudget : CancellationTokenSource, IResettable;
