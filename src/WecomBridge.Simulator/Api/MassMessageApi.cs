using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Mass messages as tasks for members (api.md 8): nothing reaches a customer until the member has confirmed.</summary>
internal static class MassMessageApi
{
    private const int TextBytes = 4000;
    private const int RemindersPerDay = 3;

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/add_msg_template", IsPost: true, Add),
        new("externalcontact/remind_groupmsg_send", IsPost: true, Remind),
        new("externalcontact/cancel_groupmsg_send", IsPost: true, Cancel),
    ];

    /// <summary>A message of this corp that is not being dispatched any more.</summary>
    public static StoredRecord Dispatched(ApiCall call)
    {
        var message = call.Corp.MassMessages.Find(call.Need("msgid", 41046)) ?? throw new ApiRefusal(41047);
        return call.Now - message.CreatedAt >= call.Corp.Options.JobTime ? message : throw new ApiRefusal(41063);
    }

    private static JsonObject Add(ApiCall call)
    {
        var group = (call.Text("chat_type") ?? "single") switch { "single" => false, "group" => true, _ => throw ApiRefusal.Parameter("chat_type") };
        var (text, attachments) = Attachments.Message(call, TextBytes);
        var sender = call.Text("sender") is { Length: > 0 } name ? call.Member(name).UserId : null;
        if (group && sender is null) throw ApiRefusal.Parameter("sender");
        var failed = new List<string>();
        var targets = group ? Groups(call, sender!, failed) : Customers(call, sender, failed);
        if (targets.Count == 0) throw new ApiRefusal(41048);
        var content = new JsonObject
        {
            ["chat_type"] = group ? "group" : "single",
            ["text"] = new JsonObject { ["content"] = text },
            ["attachments"] = new JsonArray([.. attachments.Select(a => a.DeepClone())]),
            ["targets"] = new JsonArray([.. targets.GroupBy(t => t.UserId, StringComparer.OrdinalIgnoreCase).Select(g => new JsonObject { ["userid"] = g.Key, ["ids"] = Answer.List(g.Select(t => t.Id)) })]),
        };
        var message = new StoredRecord(call.Corp.Ids.Id("msg", 24), call.App.Name, call.Now, content);
        call.Corp.MassMessages.Add(message);
        call.Note("mass-message", "created", message.Id);
        var answer = Answer.Ok();
        answer["fail_list"] = Answer.List(failed);
        answer["msgid"] = message.Id;
        return answer;
    }

    private static JsonObject Remind(ApiCall call)
    {
        var message = Dispatched(call);
        if (message.Cancelled) throw new ApiRefusal(41093);
        message.Reminders.RemoveAll(at => at <= call.Now - TimeSpan.FromDays(1));
        if (message.Reminders.Count >= RemindersPerDay) throw new ApiRefusal(41094);
        message.Reminders.Add(call.Now);
        call.Note("mass-message", "reminded", message.Id);
        return Answer.Ok();
    }

    private static JsonObject Cancel(ApiCall call)
    {
        var message = Dispatched(call);
        if (message.Cancelled) throw new ApiRefusal(41093);
        message.Cancelled = true;
        call.Note("mass-message", "cancelled", message.Id);
        return Answer.Ok();
    }

    /// <summary>Without a sender each customer is offered to the member who got them last.</summary>
    private static List<(string UserId, string Id)> Customers(ApiCall call, string? sender, List<string> failed)
    {
        if (call.Texts("external_userid") is { Count: > 10_000 }) throw ApiRefusal.Parameter("external_userid", "has more than 10000 entries");
        var relations = call.Corp.Relations;
        if (call.Texts("external_userid") is { Count: > 0 } asked)
        {
            var found = asked.Select(id => (Id: id, Relation: relations.LiveOfCustomer(id, call.VisibleBefore).Where(r => sender is null || r.UserId == sender).MaxBy(r => r.CreatedAt))).ToList();
            failed.AddRange(found.Where(f => f.Relation is null).Select(f => f.Id));
            return [.. found.Where(f => f.Relation is not null).Select(f => (f.Relation!.UserId, f.Id))];
        }

        var groups = Fields.Part(call.Body, "tag_filter") is { } filter && filter["group_list"] is JsonArray list
            ? list.OfType<JsonObject>().Select(g => Fields.Texts(g, "tag_list") ?? []).ToList()
            : [];
        if (groups.Exists(g => g.Count > 100)) throw ApiRefusal.Parameter("tag_filter", "has more than 100 tags in a group");
        return
        [
            .. relations.All.Where(r => RelationTable.IsLive(r, call.VisibleBefore) && (sender is null || r.UserId == sender) && groups.TrueForAll(g => g.Any(r.TagIds.Contains)))
                .GroupBy(r => r.ExternalUserId, StringComparer.Ordinal).Select(g => (g.MaxBy(r => r.CreatedAt)!.UserId, g.Key)),
        ];
    }

    private static List<(string UserId, string Id)> Groups(ApiCall call, string sender, List<string> failed)
    {
        if (call.Texts("chat_id_list") is { Count: > 2000 }) throw ApiRefusal.Parameter("chat_id_list", "has more than 2000 entries");
        var own = call.Corp.Groups.Values.Select(h => h[^1].Group).Where(g => !g.Dismissed && g.Owner == sender).Select(g => g.ChatId).ToHashSet(StringComparer.Ordinal);
        if (call.Texts("chat_id_list") is not { Count: > 0 } asked) return [.. own.Select(id => (sender, id))];
        failed.AddRange(asked.Where(id => !own.Contains(id)));
        return [.. asked.Where(own.Contains).Select(id => (sender, id))];
    }
}
