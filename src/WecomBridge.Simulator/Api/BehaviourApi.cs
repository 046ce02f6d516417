using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>What members did, summed by day (api.md 11). Nobody chats in the simulator, so only contacts are counted.</summary>
internal static class BehaviourApi
{
    private const int Most = 100;

    public static IEnumerable<ApiRoute> Routes => [new("externalcontact/get_user_behavior_data", IsPost: true, Read)];

    private static JsonObject Read(ApiCall call)
    {
        var (users, parties) = (call.Texts("userid") ?? [], Fields.Numbers(call.Body, "partyid") ?? []);
        if (users.Count == 0 && parties.Count == 0) throw ApiRefusal.Parameter("userid");
        if (users.Count > Most || parties.Count > Most) throw new ApiRefusal(40032);
        foreach (var user in users) call.Member(user);
        var days = Days.Read(call, "start_time", "end_time");
        var meant = call.Corp.Staff.Values.Where(s => users.Contains(s.UserId, StringComparer.OrdinalIgnoreCase) || parties.Contains(s.Department)).Select(s => s.UserId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var relations = call.Corp.Relations.All.Where(r => meant.Contains(r.UserId)).ToList();
        var answer = Answer.Ok();
        answer["behavior_data"] = new JsonArray([.. days.Each().Select(day => Day(day, relations))]);
        return answer;
    }

    /// <summary>Without chats <c>reply_percentage</c> and <c>avg_reply_time</c> are absent.</summary>
    private static JsonObject Day(Days day, List<SimulatedRelation> relations)
    {
        var made = relations.Where(r => r.CreatedAt >= day.From && r.CreatedAt < day.Until).ToList();
        return new JsonObject
        {
            ["stat_time"] = day.From.ToUnixTimeSeconds(),
            ["chat_cnt"] = 0,
            ["message_cnt"] = 0,
            ["negative_feedback_cnt"] = made.Count(r => r.Status == SimulatedRelationStatus.LeftByCustomer),
            ["new_apply_cnt"] = made.Count(r => r.OperUserId == r.UserId),
            ["new_contact_cnt"] = made.Count,
        };
    }
}
