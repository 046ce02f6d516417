using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Acquisition links (api.md 7). An app sees only its own; the system app has none.</summary>
internal static class AcquisitionLinkApi
{
    public const string Prefix = "externalcontact/customer_acquisition/";
    public const AppKinds Allowed = AppKinds.SelfBuilt | AppKinds.ProviderDeveloped;
    private const int Persons = 500;

    public static IEnumerable<ApiRoute> Routes =>
    [
        new(Prefix + "list_link", IsPost: true, List) { IsList = true, Callers = Allowed },
        new(Prefix + "get", IsPost: true, Get) { Callers = Allowed },
        new(Prefix + "create_link", IsPost: true, Create) { Callers = Allowed },
        new(Prefix + "update_link", IsPost: true, Update) { Callers = Allowed },
        new(Prefix + "delete_link", IsPost: true, Delete) { Callers = Allowed },
    ];

    /// <summary>A living link of this app. The code for another is not documented; a bad parameter is.</summary>
    public static SimulatedLink Own(ApiCall call)
    {
        var link = call.Corp.Links.GetValueOrDefault(call.Need("link_id"));
        return link?.App == call.App.Name ? link : throw ApiRefusal.Parameter("link_id", "is unknown");
    }

    private static JsonObject List(ApiCall call)
    {
        var own = call.Corp.Links.Values.Where(l => l.App == call.App.Name).Select(l => l.LinkId).ToList();
        var (page, next) = call.Page(own, call.Number("limit", 1, 100, 100), "");
        var answer = Answer.Ok();
        answer["link_id_list"] = Answer.List(page);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Get(ApiCall call)
    {
        var link = Own(call);
        var answer = Answer.Ok();
        answer["link"] = new JsonObject
        {
            ["link_name"] = link.Name,
            ["url"] = link.Url,
            ["create_time"] = link.CreatedAt.ToUnixTimeSeconds(),
            ["skip_verify"] = link.SkipVerify,
            ["mark_source"] = link.MarkSource,
        };
        answer["range"] = new JsonObject { ["user_list"] = Answer.List(link.Users), ["department_list"] = new JsonArray([.. link.Departments.Select(d => (JsonNode)d)]) };
        answer["priority_option"] = new JsonObject { ["priority_type"] = link.PriorityType, ["priority_userid_list"] = Answer.List(link.PriorityUsers) };
        return answer;
    }

    private static JsonObject Create(ApiCall call)
    {
        var link = Changed(call, new SimulatedLink($"ca{call.Corp.Ids.Next():0000000000}", call.Need("link_name"), []) { App = call.App.Name, CreatedAt = call.Now });
        if (link.Users.Count == 0 && link.Departments.Count == 0) throw ApiRefusal.Parameter("range");
        call.Corp.Links[link.LinkId] = link;
        call.Note("link", "created", link.LinkId);
        var answer = Answer.Ok();
        answer["link"] = new JsonObject { ["link_id"] = link.LinkId, ["link_name"] = link.Name, ["url"] = link.Url, ["create_time"] = link.CreatedAt.ToUnixTimeSeconds() };
        return answer;
    }

    private static JsonObject Update(ApiCall call)
    {
        var link = Own(call);
        call.Corp.Links[link.LinkId] = Changed(call, link);
        call.Note("link", "edited", link.LinkId);
        return Answer.Ok();
    }

    /// <summary>No callback: what the API does is not called back.</summary>
    private static JsonObject Delete(ApiCall call)
    {
        var link = Own(call);
        call.Corp.Links.Remove(link.LinkId);
        call.Note("link", "deleted", link.LinkId);
        return Answer.Ok();
    }

    /// <summary>The link with what the body names; a range is taken whole.</summary>
    private static SimulatedLink Changed(ApiCall call, SimulatedLink link)
    {
        var (users, departments) = (link.Users, link.Departments);
        if (Fields.Part(call.Body, "range") is { } range)
        {
            users = [.. (Fields.Texts(range, "user_list") ?? []).Select(u => call.Member(u).UserId)];
            departments = Fields.Numbers(range, "department_list") ?? [];
            if (departments.Any(d => !call.Corp.Departments.Exists(known => known.Id == d))) throw new ApiRefusal(40066);
            if (users.Count == 0 && departments.Count == 0) throw ApiRefusal.Parameter("range");
            if (call.Corp.Staff.Values.Count(s => users.Contains(s.UserId, StringComparer.OrdinalIgnoreCase) || departments.Contains(s.Department)) > Persons) throw new ApiRefusal(41041);
        }

        var priority = Fields.Part(call.Body, "priority_option");
        return link with
        {
            Name = call.Text("link_name") ?? link.Name,
            Users = users,
            Departments = departments,
            SkipVerify = Fields.Flag(call.Body, "skip_verify") ?? link.SkipVerify,
            MarkSource = Fields.Flag(call.Body, "mark_source") ?? link.MarkSource,
            PriorityType = priority is null ? link.PriorityType : Fields.Number(priority, "priority_type") ?? 0,
            PriorityUsers = priority is null ? link.PriorityUsers : Fields.Texts(priority, "priority_userid_list") ?? [],
        };
    }
}
