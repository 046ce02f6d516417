using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Limits of what goes with a greeting or a mass message (api.md 4).</summary>
internal static class Attachments
{
    private const int Most = 9;
    private const int UrlBytes = 2048;

    /// <summary>The text of a message that is not too long, and its attachments; at least one of the two.</summary>
    /// <exception cref="ApiRefusal">44004, 45002, 41064, 41065 or what an attachment is refused for.</exception>
    public static (string Text, IReadOnlyList<JsonObject> Attachments) Message(ApiCall call, int textBytes)
    {
        var text = Fields.Part(call.Body, "text") is { } part ? Fields.Text(part, "content") ?? "" : "";
        var attachments = call.Body["attachments"] as JsonArray ?? [];
        if (text.Length == 0 && attachments.Count == 0) throw new ApiRefusal(44004);
        if (Encoding.UTF8.GetByteCount(text) > textBytes) throw new ApiRefusal(45002);
        if (attachments.Count > Most) throw new ApiRefusal(41064);
        var checkedOnes = attachments.Select(a => a as JsonObject ?? throw new ApiRefusal(41065)).ToList();
        foreach (var attachment in checkedOnes) Check(attachment, call);
        return (text, checkedOnes);
    }

    /// <summary>Refuses one of several kinds of attachment that is not as documented.</summary>
    public static void Check(JsonObject attachment, ApiCall call)
    {
        var type = Fields.Text(attachment, "msgtype") ?? "";
        if (type is not ("image" or "link" or "miniprogram" or "video" or "file")) throw new ApiRefusal(41065);
        CheckContent(type, Fields.Part(attachment, type) ?? throw new ApiRefusal(40063, $"{type} is empty"), call);
    }

    /// <summary>Refuses the content of an attachment of a known kind.</summary>
    public static void CheckContent(string type, JsonObject content, ApiCall call)
    {
        switch (type)
        {
            case "link":
                CheckLink(content);
                break;
            case "miniprogram":
                CheckMiniProgram(content, call);
                break;
            case "image" when Fields.Text(content, "media_id") is null or "" && Fields.Text(content, "pic_url") is { Length: > 0 } url:
                if (!call.Corp.Media.HasImage(url)) throw new ApiRefusal(40094, "invalid url: pic_url is none of media/uploadimg");
                break;
            default:
                CheckMedia(Fields.Text(content, "media_id"), type, MediaScene.Temporary, call);
                break;
        }
    }

    /// <summary>An id that lives, of the right upload and kind.</summary>
    public static void CheckMedia(string? mediaId, string kind, MediaScene scene, ApiCall call)
    {
        if (string.IsNullOrEmpty(mediaId)) throw new ApiRefusal(41006);
        var media = call.Corp.Media.Find(mediaId, call.Now) ?? throw new ApiRefusal(40007);
        if (media.Scene != scene) throw new ApiRefusal(41072);
        if (media.Kind != kind) throw new ApiRefusal(40007);
    }

    public static void CheckLink(JsonObject link, int titleBytes = 128)
    {
        var url = Fields.Text(link, "url") ?? "";
        if (Fields.Bytes(link, "title") is var title && (title == 0 || title > titleBytes)) throw ApiRefusal.Parameter("link.title", $"must have 1 to {titleBytes} bytes");
        if (Fields.Bytes(link, "desc") > 512) throw ApiRefusal.Parameter("link.desc", "is longer than 512 bytes");
        if (url.Length == 0) throw ApiRefusal.Parameter("link.url");
        if (Encoding.UTF8.GetByteCount(url) > UrlBytes) throw new ApiRefusal(40039);
        if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) throw new ApiRefusal(40094);
    }

    private static void CheckMiniProgram(JsonObject program, ApiCall call)
    {
        if (Fields.Bytes(program, "title") is 0 or > 64) throw ApiRefusal.Parameter("miniprogram.title", "must have 1 to 64 bytes");
        if (Fields.Bytes(program, "appid") == 0) throw ApiRefusal.Parameter("miniprogram.appid");
        if (Fields.Bytes(program, "page") == 0) throw ApiRefusal.Parameter("miniprogram.page");
        CheckMedia(Fields.Text(program, "pic_media_id"), "image", MediaScene.Temporary, call);
    }
}
