using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>One id for another (api.md 15). Ids of a provider are the corp's with a <c>p-</c> before them.</summary>
internal static class ConversionApi
{
    private const string Provider = "p-";
    private const int Most = 1000;

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/unionid_to_external_userid", IsPost: true, FromUnionId) { Callers = AppKinds.ProviderDeveloped },
        new("externalcontact/from_service_external_userid", IsPost: true, FromProvider) { Callers = AppKinds.SelfBuilt },
        new("externalcontact/to_service_external_userid", IsPost: true, ToProvider) { Callers = AppKinds.ProviderDeveloped },
        new("externalcontact/convert_to_openid", IsPost: true, ToOpenId),
        new("externalcontact/get_new_external_userid", IsPost: true, Renew),
        new("externalcontact/groupchat/get_new_external_userid", IsPost: true, Renew),
        new("externalcontact/opengid_to_chatid", IsPost: true, ToChatId),
        new("batch/openuserid_to_userid", IsPost: true, ToUserId) { Callers = AppKinds.SelfBuilt },
    ];

    private static JsonObject FromUnionId(ApiCall call)
    {
        call.Need("openid");
        var unionId = call.Need("unionid");
        var customer = call.Corp.Customers.Values.FirstOrDefault(c => c.UnionId == unionId) ?? throw new ApiRefusal(40096);
        return With("external_userid", Provider + customer.ExternalUserId);
    }

    private static JsonObject FromProvider(ApiCall call)
    {
        if (call.Number("source_agentid") is null) throw ApiRefusal.Parameter("source_agentid");
        var id = call.Need("external_userid", 41035);
        return With("external_userid", id.StartsWith(Provider, StringComparison.Ordinal) ? call.Customer(id[Provider.Length..]).ExternalUserId : throw new ApiRefusal(40096));
    }

    private static JsonObject ToProvider(ApiCall call) => With("external_userid", Provider + call.Customer(call.Text("external_userid")).ExternalUserId);

    private static JsonObject ToOpenId(ApiCall call)
    {
        var customer = call.Customer(call.Text("external_userid"));
        return customer is { Type: 1, UnionId: { } unionId } ? With("openid", "open" + unionId) : throw new ApiRefusal(41056, "wrong kind of external userid");
    }

    /// <summary>Nothing has been upgraded here: the new id is the old one.</summary>
    private static JsonObject Renew(ApiCall call)
    {
        var answer = Answer.Ok();
        answer["items"] = new JsonArray([.. call.NeedTexts("external_userid_list", Most).Where(call.Corp.Customers.ContainsKey).Select(id => new JsonObject { ["external_userid"] = id, ["new_external_userid"] = id })]);
        return answer;
    }

    /// <summary>A group's open id is its chat id with <c>o-</c> before it.</summary>
    private static JsonObject ToChatId(ApiCall call)
    {
        var id = call.Need("opengid");
        return id.StartsWith("o-", StringComparison.Ordinal) && call.Corp.Groups.ContainsKey(id[2..]) ? With("chat_id", id[2..]) : throw new ApiRefusal(90511);
    }

    private static JsonObject ToUserId(ApiCall call)
    {
        var asked = call.NeedTexts("open_userid_list", Most);
        var known = call.Corp.Staff.Values.ToDictionary(s => Provider + s.UserId, s => s.UserId, StringComparer.OrdinalIgnoreCase);
        var answer = Answer.Ok();
        answer["userid_list"] = new JsonArray([.. asked.Where(known.ContainsKey).Select(id => new JsonObject { ["open_userid"] = id, ["userid"] = known[id] })]);
        answer["invalid_open_userid_list"] = Answer.List(asked.Where(id => !known.ContainsKey(id)));
        return answer;
    }

    private static JsonObject With(string name, string value)
    {
        var answer = Answer.Ok();
        answer[name] = value;
        return answer;
    }
}
