using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Customers and relations in the platform's shape (api.md 2.3 and 2.4).</summary>
internal static class CustomerJson
{
    public static JsonObject Of(SimulatedCustomer customer)
    {
        var json = new JsonObject
        {
            ["external_userid"] = customer.ExternalUserId,
            ["name"] = customer.Name,
            ["position"] = "",
            ["avatar"] = $"https://img.example/{customer.ExternalUserId}/0",
            ["corp_name"] = customer.CorpName,
            ["corp_full_name"] = customer.CorpName,
            ["type"] = customer.Type,
            ["gender"] = customer.Gender,
        };
        if (customer is { Type: 1, UnionId: not null }) json["unionid"] = customer.UnionId;
        if (customer.Type == 2) json["external_profile"] = new JsonObject { ["external_attr"] = new JsonArray() };
        return json;
    }

    /// <summary>An entry of <c>follow_user</c>: tags with their names, personal ones without an id.</summary>
    public static JsonObject Follow(SimulatedRelation relation, TagTable tags)
    {
        var json = Common(relation);
        json["tags"] = new JsonArray(
        [
            .. relation.TagIds.Select(tags.FindTag).Where(t => t is { Tag.Deleted: false }).Select(t => new JsonObject
            {
                ["group_name"] = t!.Value.Group.Name,
                ["tag_name"] = t.Value.Tag.Name,
                ["tag_id"] = t.Value.Tag.Id,
                ["type"] = 1,
            }),
            .. relation.PersonalTags.Select(name => new JsonObject { ["group_name"] = "", ["tag_name"] = name, ["type"] = 2 }),
        ]);
        return json;
    }

    /// <summary>The one <c>follow_info</c> of a batch entry: tags as ids only.</summary>
    public static JsonObject FollowInfo(SimulatedRelation relation)
    {
        var json = Common(relation);
        json["tag_id"] = new JsonArray([.. relation.TagIds.Select(t => (JsonNode)t)]);
        return json;
    }

    private static JsonObject Common(SimulatedRelation relation)
    {
        var json = new JsonObject
        {
            ["userid"] = relation.UserId,
            ["remark"] = relation.Remark,
            ["description"] = relation.Description,
            ["createtime"] = relation.CreatedAt.ToUnixTimeSeconds(),
            ["remark_corp_name"] = relation.RemarkCompany,
            ["remark_mobiles"] = new JsonArray([.. relation.RemarkMobiles.Select(m => (JsonNode)m)]),
            ["oper_userid"] = relation.OperUserId,
            ["add_way"] = relation.AddWay,
            ["state"] = relation.State,
        };
        if (relation.AddWay == 10) json["wechat_channels"] = new JsonObject { ["nickname"] = "channel", ["source"] = 1 };
        return json;
    }
}
