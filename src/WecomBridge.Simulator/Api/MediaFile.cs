using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>The answer of <c>media/get</c>: the file itself, or the stretch of it that was asked for.</summary>
internal static class MediaFile
{
    public static async Task WriteAsync(HttpContext context, StoredMedia media)
    {
        var (from, length) = RangeOf(context.Request, media.Content.Length);
        context.Response.ContentType = media.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{Uri.EscapeDataString(media.FileName)}\"";
        context.Response.Headers.AcceptRanges = "bytes";
        context.Response.ContentLength = length;
        if (length < media.Content.Length)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{from + length - 1}/{media.Content.Length}";
        }

        await context.Response.Body.WriteAsync(media.Content.AsMemory(from, length), CancellationToken.None).ConfigureAwait(false);
    }

    private static (int From, int Length) RangeOf(HttpRequest request, int total)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) || range.Ranges.Count != 1) return (0, total);
        var asked = range.Ranges.First();
        var from = asked.From ?? total - Math.Min(asked.To ?? 0, total);
        var to = asked.From is null ? total - 1 : Math.Min(asked.To ?? total - 1, total - 1);
        return from > to || from >= total ? (0, total) : ((int)from, (int)(to - from + 1));
    }
}
