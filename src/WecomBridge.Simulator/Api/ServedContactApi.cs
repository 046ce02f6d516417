using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>People whom members serve, customers and others (api.md 2.7).</summary>
internal static class ServedContactApi
{
    public static IEnumerable<ApiRoute> Routes => [new("externalcontact/contact_list", IsPost: true, List) { IsList = true, Callers = AppKinds.SelfBuilt }];

    private static JsonObject List(ApiCall call)
    {
        var limit = call.Number("limit", 1, 1000, 1000);
        var (page, next) = call.Page([.. Customers(call), .. Strangers(call)], limit, "");
        var answer = Answer.Ok();
        answer["info_list"] = new JsonArray([.. page.Select(build => (JsonNode)build())]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static IEnumerable<Func<JsonObject>> Customers(ApiCall call) =>
        call.Corp.Relations.All.Where(r => RelationTable.IsLive(r, call.VisibleBefore)).Select(r => new Func<JsonObject>(() => new JsonObject
        {
            ["is_customer"] = true,
            ["tmp_openid"] = "to" + r.ExternalUserId,
            ["external_userid"] = r.ExternalUserId,
            ["name"] = call.Corp.Customers[r.ExternalUserId].Name,
            ["follow_userid"] = r.UserId,
            ["add_time"] = r.CreatedAt.ToUnixTimeSeconds(),
        }));

    /// <summary>Members of groups whom nobody follows: their names are masked and their ids kept back.</summary>
    private static IEnumerable<Func<JsonObject>> Strangers(ApiCall call) =>
        from history in call.Corp.Groups.Values
        let @group = history[^1].Group
        from member in @group.Members
        where !@group.Dismissed && !member.IsStaff && !call.Corp.Relations.LiveOfCustomer(member.Id, call.VisibleBefore).Any()
        select new Func<JsonObject>(() => new JsonObject
        {
            ["is_customer"] = false,
            ["tmp_openid"] = "to" + member.Id,
            ["name"] = (call.Corp.Customers.GetValueOrDefault(member.Id)?.Name ?? "?")[..1] + "**",
            ["chat_id"] = @group.ChatId,
            ["chat_name"] = @group.Name,
            ["add_time"] = member.JoinedAt.ToUnixTimeSeconds(),
        });
}
