using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Uploads by address (api.md 12). The simulator fetches nothing: a host ending in <c>.invalid</c> fails, any other gives a file of ten bytes.</summary>
internal static class MediaByUrlApi
{
    private static readonly TimeSpan JobLife = TimeSpan.FromMinutes(60);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("media/upload_by_url", IsPost: true, Start),
        new("media/get_upload_by_url_result", IsPost: true, Result),
    ];

    private static JsonObject Start(ApiCall call)
    {
        call.Number("scene", 1, 1);
        var kind = call.Need("type");
        if (kind is not ("video" or "file")) throw ApiRefusal.Parameter("type");
        if (!Uri.TryCreate(call.Need("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) throw new ApiRefusal(830001);
        var content = new JsonObject { ["type"] = kind, ["filename"] = call.Need("filename"), ["host"] = url.Host, ["md5"] = call.Need("md5") };
        var job = new StoredRecord(call.Corp.Ids.Id("job", 24), call.App.Name, call.Now, content);
        call.Corp.Jobs.Add(job);
        var answer = Answer.Ok();
        answer["jobid"] = job.Id;
        return answer;
    }

    private static JsonObject Result(ApiCall call)
    {
        var job = call.Corp.Jobs.Find(call.Need("jobid"));
        if (job?.App != call.App.Name || job.Content["host"] is null || call.Now - job.CreatedAt > JobLife) throw ApiRefusal.Parameter("jobid", "is unknown or too old");
        var answer = Answer.Ok();
        if (call.Now - job.CreatedAt < call.Corp.Options.JobTime)
        {
            answer["status"] = 1;
            return answer;
        }

        var failed = Fields.Text(job.Content, "host")!.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase);
        answer["status"] = failed ? 3 : 2;
        answer["detail"] = failed
            ? new JsonObject { ["errcode"] = 830003, ["errmsg"] = ErrorTexts.Of(830003), ["media_id"] = "", ["created_at"] = "" }
            : new JsonObject { ["errcode"] = 0, ["errmsg"] = "ok", ["media_id"] = Media(call, job), ["created_at"] = job.CreatedAt.ToUnixTimeSeconds().ToString() };
        return answer;
    }

    /// <summary>The same id each time it is asked for.</summary>
    private static string Media(ApiCall call, StoredRecord job)
    {
        if (Fields.Text(job.Content, "media_id") is { } known) return known;
        var media = MediaApi.Keep(call, Fields.Text(job.Content, "type")!, MediaScene.Temporary, new MediaUpload(Fields.Text(job.Content, "filename")!, "application/octet-stream", new byte[10]));
        job.Content["media_id"] = media.Id;
        return media.Id;
    }
}
