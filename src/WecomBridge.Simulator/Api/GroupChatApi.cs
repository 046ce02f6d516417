using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Customer groups (api.md 5.1 and 5.2).</summary>
internal static class GroupChatApi
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/groupchat/list", IsPost: true, List) { IsList = true },
        new("externalcontact/groupchat/get", IsPost: true, Get),
    ];

    private static JsonObject List(ApiCall call)
    {
        var limit = call.Number("limit", 1, 1000);
        var status = call.Number("status_filter", 0, 3, 0);
        var owners = call.Body["owner_filter"] is JsonObject filter && filter["userid_list"] is JsonArray list
            ? list.Select(o => o?.ToString() ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
        if (owners.Count > 100 || (owners.Count == 0 && call.Corp.Staff.Count > 1000)) return Answer.Error(81017);
        var all = call.Corp.Groups.Values.Select(g => g[^1].Group).Where(g => !g.Dismissed && (owners.Count == 0 || owners.Contains(g.Owner)) && (status == 0 || StatusOf(g) == status)).ToList();
        var (page, next) = call.Page(all, limit, $"{status} {string.Join(',', owners)}");
        var answer = Answer.Ok();
        answer["group_chat_list"] = new JsonArray([.. page.Select(g => new JsonObject { ["chat_id"] = g.ChatId, ["status"] = StatusOf(g) })]);
        answer["next_cursor"] = next;
        return answer;

        // 1 while the owner has left and nobody has taken the group over; 3 once somebody has.
        int StatusOf(SimulatedGroup g) =>
            call.Corp.Transfers.Resigned.ContainsKey(g.Owner) ? 1 : call.Corp.Transfers.Groups.Exists(t => t.ChatId == g.ChatId) ? 3 : 0;
    }

    private static JsonObject Get(ApiCall call)
    {
        if (call.Text("chat_id") is not { Length: > 0 } chatId) return Answer.Missing("chat_id");
        if (!call.Corp.Groups.TryGetValue(chatId, out var history)) return Answer.Error(90501);
        var shown = history.FindLast(g => g.At + call.Corp.Options.GroupLag <= call.Now).Group ?? history[0].Group;
        if (shown.Dismissed) return Answer.Error(49008);
        var withNames = call.Number("need_name") == 1;
        var answer = Answer.Ok();
        answer["group_chat"] = new JsonObject
        {
            ["chat_id"] = shown.ChatId,
            ["name"] = shown.Name,
            ["owner"] = shown.Owner,
            ["create_time"] = shown.CreatedAt.ToUnixTimeSeconds(),
            ["notice"] = shown.Notice,
            ["member_version"] = shown.Version,
            ["admin_list"] = new JsonArray(),
            ["member_list"] = new JsonArray([.. shown.Members.Select(m => Member(m, call.Corp, withNames))]),
        };
        return answer;
    }

    private static JsonObject Member(SimulatedGroupMember member, CorpState corp, bool withNames)
    {
        var customer = corp.Customers.GetValueOrDefault(member.Id);
        var json = new JsonObject
        {
            ["userid"] = member.Id,
            ["type"] = member.IsStaff ? 1 : 2,
            ["join_time"] = member.JoinedAt.ToUnixTimeSeconds(),
            ["join_scene"] = member.JoinScene,
            ["group_nickname"] = "",
            ["state"] = member.State,
        };
        if (customer is { UnionId: not null, Type: 1 }) json["unionid"] = customer.UnionId;
        if (member.Invitor is not null) json["invitor"] = new JsonObject { ["userid"] = member.Invitor };
        if (withNames) json["name"] = member.IsStaff ? corp.Staff[member.Id].Name : customer?.Name ?? "";
        return json;
    }
}
