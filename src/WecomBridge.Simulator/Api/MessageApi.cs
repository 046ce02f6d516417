using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Api;

/// <summary>Messages to members and temporary media (api.md 12 and 14).</summary>
internal static class MessageApi
{
    private const int TextBytes = 2048;
    private static readonly TimeSpan MediaLife = TimeSpan.FromDays(3);
    private static readonly string[] Kinds =
        ["text", "image", "voice", "video", "file", "textcard", "news", "mpnews", "markdown", "miniprogram_notice", "template_card"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("message/send", IsPost: true, Send),
        new("media/upload", IsPost: true, Upload),
    ];

    /// <summary>Unknown members are named in lower case; only when none is known does the call fail.</summary>
    private static JsonObject Send(ApiCall call)
    {
        if (call.Number("agentid") is not { } agent) return Answer.Error(41011, "missing agentid");
        if (agent != call.App.AgentId) return Answer.Error(301002, "no right on this agentid");
        var kind = call.Text("msgtype") ?? "";
        if (!Kinds.Contains(kind)) return Answer.Error(40008, "invalid message type");
        if (call.Body[kind] is not JsonObject content) return Answer.Error(44004, "content is empty");
        if (kind is "text" or "markdown" && Encoding.UTF8.GetByteCount(content["content"]?.ToString() ?? "") is 0 or > TextBytes) return Answer.Error(45002, "message content too large or empty");
        var users = (call.Text("touser") ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);
        if (users.Length == 0 && string.IsNullOrEmpty(call.Text("toparty")) && string.IsNullOrEmpty(call.Text("totag"))) return Answer.Error(81012, "no recipient");
        if (users.Length > 1000) return Answer.Error(81017, "too many recipients");
        var everybody = users is ["@all"];
        var known = everybody ? users : [.. users.Where(call.Corp.Staff.ContainsKey)];
        if (users.Length > 0 && known.Length == 0) return Answer.Error(81013, "all recipients are invalid");
        call.Ledger.Add(new StaffMessageEntry(call.Corp.CorpId, call.App.Name, known, kind, content.ToJsonString()));
        var answer = Answer.Ok();
        answer["invaliduser"] = string.Join('|', users.Except(known).Select(u => u.ToLowerInvariant()));
        answer["invalidparty"] = "";
        answer["invalidtag"] = "";
        answer["msgid"] = call.Corp.Ids.Id("msg", 24);
        return answer;
    }

    private static JsonObject Upload(ApiCall call)
    {
        string? kind = call.Query["type"];
        long? most = kind switch { "image" or "video" => 10 << 20, "voice" => 2 << 20, "file" => 20 << 20, _ => null };
        if (most is null) return Answer.Missing("type");
        if (call.Upload is null || call.Upload.Length <= 5) return Answer.Error(44001, "empty media data");
        if (call.Upload.Length > most) return Answer.Error(45001, "media file too large");
        var id = call.Corp.Ids.Id("M", 40);
        call.App.Media[id] = call.Now + MediaLife;
        var answer = Answer.Ok();
        answer["type"] = kind;
        answer["media_id"] = id;
        answer["created_at"] = call.Now.ToUnixTimeSeconds().ToString();
        return answer;
    }
}
