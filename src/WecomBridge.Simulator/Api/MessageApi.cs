using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Messages to members (api.md 14).</summary>
internal static class MessageApi
{
    private const int TextBytes = 2048;
    private const string CardCode = "RC";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RecallLife = TimeSpan.FromHours(24);
    private static readonly TimeSpan CardLife = TimeSpan.FromHours(72);
    private static readonly string[] Kinds =
        ["text", "image", "voice", "video", "file", "textcard", "news", "mpnews", "markdown", "miniprogram_notice", "template_card"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("message/send", IsPost: true, Send) { IsUncounted = true },
        new("message/recall", IsPost: true, Recall),
        new("message/update_template_card", IsPost: true, UpdateCard),
    ];

    /// <summary>Unknown members are named in lower case; only when none is known does the call fail. Members who have had too many get nothing, and nobody is told.</summary>
    private static JsonObject Send(ApiCall call)
    {
        var agent = call.Number("agentid") ?? throw new ApiRefusal(41011);
        if (agent != call.App.AgentId) throw new ApiRefusal(301002);
        var kind = call.Text("msgtype") ?? "";
        if (!Kinds.Contains(kind)) throw new ApiRefusal(40008);
        var content = Fields.Part(call.Body, kind) ?? throw new ApiRefusal(44004);
        CheckContent(kind, content, call);
        var users = (call.Text("touser") ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);
        if (users.Length == 0 && string.IsNullOrEmpty(call.Text("toparty")) && string.IsNullOrEmpty(call.Text("totag"))) throw new ApiRefusal(81012);
        if (users.Length > 1000) throw new ApiRefusal(81017);
        var everybody = users is ["@all"];
        var known = everybody ? users : [.. users.Where(call.Corp.Staff.ContainsKey)];
        if (users.Length > 0 && known.Length == 0) throw new ApiRefusal(81013);
        var id = call.Corp.Ids.Id("msg", 24);
        if (!Repeated(call, kind, content))
        {
            string[] reached = [.. known.Where(u => call.Corp.Counters.Spend($"message {call.App.Name} {u.ToUpperInvariant()}", call.Corp.Options.Limits.MessagesPerMinute, Minute, call.Now))];
            if (reached.Length > 0 || users.Length == 0) call.Ledger.Add(new StaffMessageEntry(call.Corp.CorpId, call.App.Name, reached, kind, content.ToJsonString()));
        }

        call.Corp.Messages[id] = (call.App.Name, call.Now);
        var answer = Answer.Ok();
        answer["invaliduser"] = string.Join('|', users.Except(known).Select(u => u.ToLowerInvariant()));
        answer["invalidparty"] = "";
        answer["invalidtag"] = "";
        answer["unlicenseduser"] = "";
        answer["msgid"] = id;
        if (kind == "template_card") answer["response_code"] = CardCode + id;
        return answer;
    }

    /// <summary>The same content to the same members within the interval, when the call asks for the check.</summary>
    private static bool Repeated(ApiCall call, string kind, JsonObject content)
    {
        if (call.Number("enable_duplicate_check") != 1) return false;
        var interval = TimeSpan.FromSeconds(call.Number("duplicate_check_interval", 1, 14_400, 1800));
        return !call.Corp.Counters.Spend($"repeat {call.App.Name} {call.Text("touser")} {call.Text("toparty")} {call.Text("totag")} {kind} {content.ToJsonString()}", 1, interval, call.Now);
    }

    private static void CheckContent(string kind, JsonObject content, ApiCall call)
    {
        switch (kind)
        {
            case "text" or "markdown":
                if (Fields.Bytes(content, "content") == 0) throw new ApiRefusal(44004);
                if (Fields.Bytes(content, "content") > TextBytes) throw new ApiRefusal(45002);
                break;
            case "image" or "voice" or "video" or "file":
                Attachments.CheckMedia(Fields.Text(content, "media_id"), kind, MediaScene.Temporary, call);
                break;
            case "textcard":
                if (Fields.Bytes(content, "title") is 0 or > 128 || Fields.Bytes(content, "description") is 0 or > 512 || Fields.Bytes(content, "url") is 0 or > 2048) throw ApiRefusal.Parameter("textcard");
                break;
            case "news" when content["articles"] is not JsonArray { Count: > 0 and <= 8 }:
                throw new ApiRefusal(45008);
        }
    }

    private static JsonObject Recall(ApiCall call)
    {
        var id = call.Need("msgid");
        if (!call.Corp.Messages.TryGetValue(id, out var sent) || sent.App != call.App.Name || call.Now - sent.At > RecallLife) throw ApiRefusal.Parameter("msgid", "is unknown or too old");
        call.Corp.Messages.Remove(id);
        call.Note("message", "recalled", id);
        return Answer.Ok();
    }

    /// <summary>A response code serves once.</summary>
    private static JsonObject UpdateCard(ApiCall call)
    {
        if (call.Number("agentid") is not { } agent) throw new ApiRefusal(41011);
        if (agent != call.App.AgentId) throw new ApiRefusal(301002);
        var code = call.Need("response_code");
        var id = code.StartsWith(CardCode, StringComparison.Ordinal) ? code[CardCode.Length..] : "";
        if (!call.Corp.Messages.TryGetValue(id, out var sent) || sent.App != call.App.Name || call.Now - sent.At > CardLife) throw ApiRefusal.Parameter("response_code", "is unknown or spent");
        call.Corp.Messages.Remove(id);
        var unknown = (call.Texts("userids") ?? []).Where(u => !call.Corp.Staff.ContainsKey(u));
        call.Note("template-card", "updated", id);
        var answer = Answer.Ok();
        answer["invaliduser"] = Answer.List(unknown.Select(u => u.ToLowerInvariant()));
        return answer;
    }
}
