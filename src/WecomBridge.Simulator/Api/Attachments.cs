using System.Text;
using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Limits of what goes with a greeting (api.md 4).</summary>
internal static class Attachments
{
    private const int UrlBytes = 2048;

    /// <summary>Why the platform refuses an attachment; null when it does not.</summary>
    public static JsonObject? Refuse(JsonObject? attachment, ApiCall call)
    {
        var type = attachment?["msgtype"]?.ToString() ?? "";
        if (type is not ("image" or "link" or "miniprogram" or "video" or "file")) return Answer.Error(41065, "unsupported attachment type");
        if (attachment![type] is not JsonObject content) return Answer.Error(40063, $"{type} is empty");
        return type switch
        {
            "link" => RefuseLink(content),
            "miniprogram" => RefuseMiniProgram(content, call),
            "image" when Text(content, "media_id").Length == 0 && Text(content, "pic_url").Length > 0 => null,
            _ => RefuseMedia(Text(content, "media_id"), call),
        };
    }

    private static JsonObject? RefuseLink(JsonObject link)
    {
        var url = Text(link, "url");
        if (Bytes(link, "title") is 0 or > 128) return Answer.Error(40058, "invalid parameter: link.title must have 1 to 128 bytes");
        if (Bytes(link, "desc") > 512) return Answer.Error(40058, "invalid parameter: link.desc is longer than 512 bytes");
        if (url.Length == 0) return Answer.Missing("link.url");
        if (Encoding.UTF8.GetByteCount(url) > UrlBytes) return Answer.Error(40039, "url too long");
        return url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? null
            : Answer.Error(40094, "invalid url");
    }

    private static JsonObject? RefuseMiniProgram(JsonObject program, ApiCall call)
    {
        if (Bytes(program, "title") is 0 or > 64) return Answer.Error(40058, "invalid parameter: miniprogram.title must have 1 to 64 bytes");
        if (Text(program, "appid").Length == 0) return Answer.Missing("miniprogram.appid");
        if (Text(program, "page").Length == 0) return Answer.Missing("miniprogram.page");
        return RefuseMedia(Text(program, "pic_media_id"), call);
    }

    /// <summary>Media are shared inside the corp and live three days.</summary>
    private static JsonObject? RefuseMedia(string mediaId, ApiCall call)
    {
        if (mediaId.Length == 0) return Answer.Error(41006, "media_id missing");
        var known = call.Corp.Apps.Any(a => a.Media.TryGetValue(mediaId, out var until) && until > call.Now);
        return known ? null : Answer.Error(40007, "invalid media_id");
    }

    private static string Text(JsonObject json, string name) => json[name] is JsonValue v && v.TryGetValue(out string? text) ? text : "";

    private static int Bytes(JsonObject json, string name) => Encoding.UTF8.GetByteCount(Text(json, name));
}
