using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Uploads (api.md 12). An id lives three days and serves only the scene it was uploaded for.</summary>
internal static class MediaApi
{
    private const int Least = 5;
    private const int MegaByte = 1 << 20;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("media/upload", IsPost: true, Temporary) { IsUpload = true },
        new("media/uploadimg", IsPost: true, Image) { IsUpload = true },
        new("media/upload_attachment", IsPost: true, Attachment) { IsUpload = true },
        new("media/get", IsPost: false, Get),
    ];

    /// <summary>Keeps a file and writes it down.</summary>
    public static StoredMedia Keep(ApiCall call, string kind, MediaScene scene, MediaUpload file)
    {
        var media = new StoredMedia(call.Corp.Ids.Id("M", 40), kind, scene, file.FileName, file.ContentType, file.Content) { Until = call.Now + MediaShelf.Life };
        call.Corp.Media.Add(media);
        call.Ledger.Add(new MediaEntry(call.Corp.CorpId, call.App.Name, call.Path, kind, file.FileName, file.Content.Length, media.Id));
        return media;
    }

    /// <summary><c>created_at</c> is a text here.</summary>
    private static JsonObject Temporary(ApiCall call)
    {
        var kind = call.NeedQuery("type");
        var file = File(call, kind switch { "image" or "video" => 10, "voice" => 2, "file" => 20, _ => throw ApiRefusal.Parameter("type") } * MegaByte);
        return Kept(Keep(call, kind, MediaScene.Temporary, file), call.Now.ToUnixTimeSeconds().ToString());
    }

    /// <summary><c>created_at</c> is a number here.</summary>
    private static JsonObject Attachment(ApiCall call)
    {
        var kind = call.NeedQuery("media_type");
        var scene = call.NeedQuery("attachment_type") switch { "1" => MediaScene.Moments, "2" => MediaScene.ProductAlbum, _ => throw ApiRefusal.Parameter("attachment_type") };
        var file = File(call, kind switch { "image" or "video" => 10, "file" => 20, _ => throw ApiRefusal.Parameter("media_type") } * MegaByte);
        return Kept(Keep(call, kind, scene, file), call.Now.ToUnixTimeSeconds());
    }

    private static JsonObject Image(ApiCall call)
    {
        var file = File(call, 2 * MegaByte);
        if (!call.Corp.Counters.Spend("uploadimg", call.Corp.Options.Limits.ImagesPerDay, Day, call.Now)) throw new ApiRefusal(45009);
        var url = $"https://img.example/{call.Corp.Ids.Id("", 40)}/0";
        call.Corp.Media.AddImage(url);
        call.Ledger.Add(new MediaEntry(call.Corp.CorpId, call.App.Name, call.Path, "image", file.FileName, file.Content.Length, url));
        var answer = Answer.Ok();
        answer["url"] = url;
        return answer;
    }

    private static JsonObject Get(ApiCall call)
    {
        call.File = call.Corp.Media.Find(call.NeedQuery("media_id", 41006), call.Now) ?? throw new ApiRefusal(40007);
        return Answer.Ok();
    }

    private static MediaUpload File(ApiCall call, int most)
    {
        if (call.Upload is not { Content.Length: > Least } file) throw new ApiRefusal(44001);
        return file.Content.Length <= most ? file : throw new ApiRefusal(45001);
    }

    private static JsonObject Kept(StoredMedia media, JsonNode createdAt)
    {
        var answer = Answer.Ok();
        answer["type"] = media.Kind;
        answer["media_id"] = media.Id;
        answer["created_at"] = createdAt;
        return answer;
    }
}
