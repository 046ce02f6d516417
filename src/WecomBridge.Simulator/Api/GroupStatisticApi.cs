using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Counts of customer groups (api.md 5.5). Nobody writes in simulated groups, so message counts are zero.</summary>
internal static class GroupStatisticApi
{
    private const string Prefix = "externalcontact/groupchat/";

    public static IEnumerable<ApiRoute> Routes =>
    [
        new(Prefix + "statistic", IsPost: true, ByOwner),
        new(Prefix + "statistic_group_by_day", IsPost: true, ByDay),
    ];

    private static JsonObject ByOwner(ApiCall call)
    {
        var days = Days.Read(call, "day_begin_time", "day_end_time", endOptional: true);
        var order = call.Number("order_by", 1, 4, 1);
        var ascending = call.Number("order_asc", 0, 1, 0) == 1;
        var (offset, limit) = (call.Number("offset", 0, int.MaxValue, 0), call.Number("limit", 1, 1000, 500));
        var rows = Owners(call).Select(owner => (Owner: owner, Data: Data(call, [owner], days))).ToList();
        var name = order switch { 1 => "new_chat_cnt", 2 => "chat_total", 3 => "new_member_cnt", _ => "member_total" };
        rows = [.. rows.OrderBy(r => (ascending ? 1 : -1) * Fields.Number(r.Data, name))];
        var page = rows.Skip((int)offset).Take((int)limit).ToList();
        var answer = Answer.Ok();
        answer["total"] = rows.Count;
        answer["next_offset"] = offset + page.Count;
        answer["items"] = new JsonArray([.. page.Select(r => new JsonObject { ["owner"] = r.Owner, ["data"] = r.Data })]);
        return answer;
    }

    private static JsonObject ByDay(ApiCall call)
    {
        var days = Days.Read(call, "day_begin_time", "day_end_time", endOptional: true);
        var owners = Owners(call);
        var answer = Answer.Ok();
        answer["items"] = new JsonArray([.. days.Each().Select(day => new JsonObject { ["stat_time"] = day.From.ToUnixTimeSeconds(), ["data"] = Data(call, owners, day) })]);
        return answer;
    }

    private static IReadOnlyList<string> Owners(ApiCall call)
    {
        var owners = Fields.Part(call.Body, "owner_filter") is { } filter ? Fields.Texts(filter, "userid_list") : null;
        if (owners is not { Count: > 0 }) throw ApiRefusal.Parameter("owner_filter.userid_list");
        return owners.Count <= 100 ? [.. owners.Select(o => call.Member(o).UserId)] : throw ApiRefusal.Parameter("owner_filter.userid_list", "has more than 100 entries");
    }

    private static JsonObject Data(ApiCall call, IReadOnlyCollection<string> owners, Days days)
    {
        var groups = call.Corp.Groups.Values.Select(h => h[^1].Group).Where(g => !g.Dismissed && owners.Contains(g.Owner) && g.CreatedAt < days.Until).ToList();
        return new JsonObject
        {
            ["new_chat_cnt"] = groups.Count(g => g.CreatedAt >= days.From),
            ["chat_total"] = groups.Count,
            ["chat_has_msg"] = 0,
            ["new_member_cnt"] = groups.Sum(g => g.Members.Count(m => m.JoinedAt >= days.From && m.JoinedAt < days.Until)),
            ["member_total"] = groups.Sum(g => g.Members.Count(m => m.JoinedAt < days.Until)),
            ["member_has_msg"] = 0,
            ["msg_total"] = 0,
            ["migrate_trainee_chat_cnt"] = 0,
        };
    }
}
