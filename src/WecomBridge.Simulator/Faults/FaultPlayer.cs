using System.Net.Mime;
using Microsoft.AspNetCore.Http;

namespace WecomBridge.Simulator.Faults;

/// <summary>Plays faults on an HTTP exchange.</summary>
internal static class FaultPlayer
{
    private const int Drips = 20;

    /// <summary>Whether the fault ends the exchange before any effect.</summary>
    public static bool PreventsEffect(FaultRule? fault) => fault?.Kind is FaultKind.Drop or FaultKind.Hang or FaultKind.ServerError;

    /// <summary>The status the caller will see instead of <paramref name="status"/>; null when the connection is aborted.</summary>
    public static int? StatusOf(FaultRule? fault, int status) => fault?.Kind switch
    {
        FaultKind.Drop or FaultKind.Hang or FaultKind.AnswerLost => null,
        FaultKind.ServerError or FaultKind.EffectThenServerError => fault.Status,
        _ => status,
    };

    /// <summary>Plays what happens before any effect.</summary>
    public static async Task BeforeEffectAsync(FaultRule? fault, HttpContext context)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Drop:
                context.Abort();
                break;
            case FaultKind.Hang:
                await WaitAsync(fault.Delay > TimeSpan.Zero ? fault.Delay : Timeout.InfiniteTimeSpan, context).ConfigureAwait(false);
                context.Abort();
                break;
            case FaultKind.ServerError:
                await WriteErrorPageAsync(fault.Status, context).ConfigureAwait(false);
                break;
            case FaultKind.Delay:
                await WaitAsync(fault.Delay, context).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Writes the answer, or what the fault makes of it.</summary>
    public static async Task WriteAsync(FaultRule? fault, HttpContext context, int status, byte[] json)
    {
        switch (fault?.Kind)
        {
            case FaultKind.AnswerLost:
                context.Abort();
                return;
            case FaultKind.EffectThenServerError:
                await WriteErrorPageAsync(fault.Status, context).ConfigureAwait(false);
                return;
            case FaultKind.HtmlAnswer:
                await WriteErrorPageAsync(StatusCodes.Status200OK, context).ConfigureAwait(false);
                return;
            case FaultKind.EmptyAnswer:
                json = [];
                break;
            case FaultKind.TruncatedJson:
                json = json[..(json.Length / 2)];
                break;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        context.Response.ContentLength = json.Length;
        if (fault?.Kind == FaultKind.SlowDrip) await DripAsync(json, fault.Delay, context).ConfigureAwait(false);
        else await context.Response.Body.WriteAsync(json, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task WriteErrorPageAsync(int status, HttpContext context)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Text.Html;
        await context.Response.WriteAsync($"<html><head><title>{status}</title></head><body><h1>{status}</h1><hr>stgw</body></html>", CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task DripAsync(byte[] json, TimeSpan over, HttpContext context)
    {
        foreach (var piece in json.Chunk(Math.Max(1, json.Length / Drips)))
        {
            await context.Response.Body.WriteAsync(piece, CancellationToken.None).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            if (!await WaitAsync(over / Drips, context).ConfigureAwait(false)) return;
        }
    }

    /// <summary>False when the caller went away first.</summary>
    private static async Task<bool> WaitAsync(TimeSpan time, HttpContext context)
    {
        try
        {
            await Task.Delay(time, context.RequestAborted).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
    }
}
