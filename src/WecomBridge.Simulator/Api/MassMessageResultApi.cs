using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>What became of mass messages (api.md 8).</summary>
internal static class MassMessageResultApi
{
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(31);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/get_groupmsg_list_v2", IsPost: true, List) { IsList = true },
        new("externalcontact/get_groupmsg_task", IsPost: true, Tasks) { IsList = true },
        new("externalcontact/get_groupmsg_send_result", IsPost: true, Results) { IsList = true },
    ];

    /// <summary>The times of a listing; too wide a span is refused (600018).</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Span(ApiCall call, TimeSpan longest)
    {
        var (from, to) = (call.Time("start_time"), call.Time("end_time"));
        return from <= to && to - from <= longest ? (from, to) : throw new ApiRefusal(600018);
    }

    private static JsonObject List(ApiCall call)
    {
        var kind = call.Need("chat_type");
        var (from, to) = Span(call, LongestSpan);
        // Everything here is made by apps, so personal messages (1) there are none.
        var personal = call.Number("filter_type", 0, 2, 2) == 1;
        var limit = call.Number("limit", 1, 100, 50);
        var all = call.Corp.MassMessages.All.Where(m => !personal && Fields.Text(m.Content, "chat_type") == kind && m.CreatedAt >= from && m.CreatedAt <= to).ToList();
        var (page, next) = call.Page(all, limit, $"{kind} {from:O} {to:O} {call.Text("creator")} {personal}");
        var answer = Answer.Ok();
        answer["group_msg_list"] = new JsonArray([.. page.Select(m => new JsonObject
        {
            ["msgid"] = m.Id,
            ["creator"] = "",
            ["create_time"] = m.CreatedAt.ToUnixTimeSeconds(),
            ["create_type"] = 0,
            ["text"] = m.Content["text"]?.DeepClone(),
            ["attachments"] = m.Content["attachments"]?.DeepClone(),
        })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Tasks(ApiCall call)
    {
        var message = MassMessageApi.Dispatched(call);
        var (page, next) = call.Page(Targets(message), call.Number("limit", 1, 1000, 500), message.Id);
        var answer = Answer.Ok();
        answer["task_list"] = new JsonArray([.. page.Select(t =>
        {
            var user = Fields.Text(t, "userid")!;
            var task = new JsonObject { ["userid"] = user, ["status"] = message.DoneBy.ContainsKey(user) ? 2 : 0 };
            if (message.DoneBy.TryGetValue(user, out var at)) task["send_time"] = at.ToUnixTimeSeconds();
            return task;
        })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Results(ApiCall call)
    {
        var message = MassMessageApi.Dispatched(call);
        var user = call.Member(call.Text("userid")).UserId;
        var name = Fields.Text(message.Content, "chat_type") == "group" ? "chat_id" : "external_userid";
        var ids = Targets(message).Where(t => Fields.Text(t, "userid") == user).SelectMany(t => Fields.Texts(t, "ids")!).ToList();
        var (page, next) = call.Page(ids, call.Number("limit", 1, 1000, 500), $"{message.Id} {user}");
        var answer = Answer.Ok();
        answer["send_list"] = new JsonArray([.. page.Select(id =>
        {
            var sent = new JsonObject { [name] = id, ["userid"] = user, ["status"] = message.DoneBy.ContainsKey(user) ? 1 : 0 };
            if (message.DoneBy.TryGetValue(user, out var at)) sent["send_time"] = at.ToUnixTimeSeconds();
            return sent;
        })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static List<JsonObject> Targets(StoredRecord message) => [.. ((JsonArray)message.Content["targets"]!).OfType<JsonObject>()];
}
