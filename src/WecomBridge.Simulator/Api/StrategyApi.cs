using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Rule groups and their tags (api.md 3): only the system app may call them (else 48002), and a simulated corp has none.</summary>
internal static class StrategyApi
{
    private static readonly string[] OnOne =
        ["add_strategy_tag", "edit_strategy_tag", "del_strategy_tag", "customer_strategy/get", "customer_strategy/get_range", "customer_strategy/create", "customer_strategy/edit", "customer_strategy/del"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        Listing("externalcontact/get_strategy_tag_list", "tag_group"),
        Listing("externalcontact/customer_strategy/list", "strategy"),
        .. OnOne.Select(name => new ApiRoute("externalcontact/" + name, IsPost: true, _ => throw ApiRefusal.Parameter("strategy_id", "is unknown")) { Callers = AppKinds.CustomerContact }),
    ];

    private static ApiRoute Listing(string path, string list) => new(path, IsPost: true, _ =>
    {
        var answer = Answer.Ok();
        answer[list] = new JsonArray();
        answer["next_cursor"] = "";
        return answer;
    })
    {
        IsList = true,
        Callers = AppKinds.CustomerContact,
    };
}
