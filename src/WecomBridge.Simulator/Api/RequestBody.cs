using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace WecomBridge.Simulator.Api;

/// <summary>Reads request bodies as the platform does.</summary>
internal static class RequestBody
{
    /// <summary>The body as a JSON object; null when it is none.</summary>
    public static async Task<JsonObject?> ReadJsonAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted).ConfigureAwait(false) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The <c>media</c> part of a form. Null when a part the platform does not find: quoted boundary, unquoted name, encoded file name (api.md 12).</summary>
    public static async Task<MediaUpload?> ReadMediaAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = type.Boundary.Value;
        if (string.IsNullOrEmpty(boundary) || boundary[0] == '"') return null;
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted).ConfigureAwait(false) is { } section)
        {
            var disposition = section.ContentDisposition ?? "";
            if (!disposition.Contains("name=\"media\"", StringComparison.Ordinal) || FileNameOf(disposition) is not { } fileName) continue;
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return new MediaUpload(fileName, section.ContentType ?? "application/octet-stream", content.ToArray());
        }

        return null;
    }

    private static string? FileNameOf(string disposition)
    {
        const string Start = "filename=\"";
        var from = disposition.IndexOf(Start, StringComparison.Ordinal);
        if (from < 0 || disposition.Contains("=?utf-8?", StringComparison.OrdinalIgnoreCase)) return null;
        var to = disposition.IndexOf('"', from + Start.Length);
        return to < 0 ? null : disposition[(from + Start.Length)..to];
    }
}
