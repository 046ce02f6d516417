using System.Collections.Immutable;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Customers and what members wrote about them (api.md 2).</summary>
internal static class CustomerApi
{
    private const int FollowPage = 500;
    private const int RemarkLimit = 20;
    private const int DescriptionLimit = 150;

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/get", IsPost: false, Get),
        new("externalcontact/list", IsPost: false, List) { IsList = true },
        new("externalcontact/get_follow_user_list", IsPost: false, FollowUsers) { IsList = true },
        new("externalcontact/batch/get_by_user", IsPost: true, BatchGet) { IsList = true },
        new("externalcontact/remark", IsPost: true, Remark) { Exclusive = RelationKey },
    ];

    /// <summary>One writer at a time for what a member knows of a customer (45035), whichever API writes.</summary>
    public static string? RelationKey(ApiCall call) => $"relation {call.Text("userid")?.ToUpperInvariant()} {call.Text("external_userid")}";

    public static JsonObject? NoRelation(ApiCall call, string? userId, string? externalUserId)
    {
        if (string.IsNullOrEmpty(userId)) return Answer.Error(41009);
        if (string.IsNullOrEmpty(externalUserId)) return Answer.Error(41035);
        if (!call.Corp.Staff.ContainsKey(userId)) return Answer.Error(60111);
        if (!call.Corp.Customers.ContainsKey(externalUserId)) return Answer.Error(40096);
        var relation = call.Corp.Relations.Find(userId, externalUserId);
        return relation is not null && RelationTable.IsLive(relation, call.VisibleBefore) ? null : Answer.Error(84061);
    }

    private static JsonObject Get(ApiCall call)
    {
        string? id = call.Query["external_userid"];
        if (string.IsNullOrEmpty(id)) return Answer.Error(41035);
        if (!call.Corp.Customers.TryGetValue(id, out var customer)) return Answer.Error(40096);
        var followers = call.Corp.Relations.LiveOfCustomer(id, call.VisibleBefore).ToList();
        if (followers.Count == 0) return Answer.Error(84061);
        var (page, next) = call.Page(followers, FollowPage, id);
        var answer = Answer.Ok();
        answer["external_contact"] = CustomerJson.Of(customer);
        answer["follow_user"] = new JsonArray([.. page.Select(r => CustomerJson.Follow(r, call.Corp.Tags))]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject List(ApiCall call)
    {
        string? userId = call.Query["userid"];
        if (string.IsNullOrEmpty(userId)) return Answer.Error(41009);
        if (!call.Corp.Staff.ContainsKey(userId)) return Answer.Error(60111);
        var customers = call.Corp.Relations.LiveOfUser(userId, call.VisibleBefore).Select(r => (JsonNode)r.ExternalUserId).ToArray();
        if (customers.Length == 0) return Answer.Error(84061);
        var answer = Answer.Ok();
        answer["external_userid"] = new JsonArray(customers);
        return answer;
    }

    private static JsonObject FollowUsers(ApiCall call)
    {
        var answer = Answer.Ok();
        answer["follow_user"] = new JsonArray([.. call.Corp.Staff.Values.Select(s => (JsonNode)s.UserId)]);
        return answer;
    }

    private static JsonObject BatchGet(ApiCall call)
    {
        if (call.Texts("userid_list") is not { Count: > 0 } users) return Answer.Error(40031);
        if (users.Count > 100) return Answer.Error(40032);
        if (users.FirstOrDefault(u => !call.Corp.Staff.ContainsKey(u)) is not null) return Answer.Error(60111);
        var limit = call.Number("limit", 1, 100, 50);
        var all = users.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(u => call.Corp.Relations.LiveOfUser(u, call.VisibleBefore)).ToList();
        var (page, next) = call.Page(all, limit, string.Join(',', users));
        var answer = Answer.Ok();
        answer["external_contact_list"] = new JsonArray([.. page.Select(r => new JsonObject
        {
            ["external_contact"] = CustomerJson.Of(call.Corp.Customers[r.ExternalUserId]),
            ["follow_info"] = CustomerJson.FollowInfo(r),
        })]);
        answer["next_cursor"] = next;
        answer["fail_info"] = new JsonObject { ["unlicensed_userid_list"] = new JsonArray() };
        return answer;
    }

    /// <summary>Lengths count UTF-16 units: the stricter reading of "characters", which the platform does not explain.</summary>
    private static JsonObject Remark(ApiCall call)
    {
        var (userId, customer) = (call.Text("userid"), call.Text("external_userid"));
        if (NoRelation(call, userId, customer) is { } refused) return refused;
        var (remark, description, company) = (call.Short("remark", RemarkLimit), call.Short("description", DescriptionLimit), call.Short("remark_company", RemarkLimit));
        var (mobiles, picture) = (call.Texts("remark_mobiles"), call.Text("remark_pic_mediaid"));
        if (remark is null && description is null && company is null && mobiles is null && picture is null) return Answer.Missing("remark");
        if (!string.IsNullOrEmpty(picture)) Attachments.CheckMedia(picture, "image", MediaScene.Temporary, call);
        if (!string.IsNullOrEmpty(company) && call.Corp.Customers[customer!].Type != 1) return Answer.Error(40058, "invalid parameter: remark_company is for WeChat users only");
        var before = call.Corp.Relations.Find(userId!, customer!)!;
        call.Corp.Relations.Put(before with
        {
            Remark = remark ?? before.Remark,
            Description = description ?? before.Description,
            RemarkCompany = company ?? before.RemarkCompany,
            RemarkMobiles = mobiles is null ? before.RemarkMobiles : [.. mobiles.Where(m => m.Length > 0)],
        });
        call.Ledger.Add(new RemarkEntry
        {
            CorpId = call.Corp.CorpId,
            App = call.App.Name,
            UserId = before.UserId,
            ExternalUserId = before.ExternalUserId,
            Remark = remark,
            Description = description,
            Company = company,
            Mobiles = mobiles?.ToImmutableArray(),
        });
        return Answer.Ok();
    }
}
