using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Members (api.md 13). Sensitive fields are absent, as for newer apps.</summary>
internal static class DirectoryApi
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        new("user/get", IsPost: false, c => Merge(Answer.Ok(), Detail(c.Member(c.Query["userid"])))),
        new("user/simplelist", IsPost: false, c => List(c, Brief)) { IsList = true },
        new("user/list", IsPost: false, c => List(c, Detail)) { IsList = true },
        new("user/list_id", IsPost: true, ListIds) { IsList = true, Callers = AppKinds.ContactsSync },
    ];

    private static JsonObject List(ApiCall call, Func<SimulatedStaff, JsonObject> shape)
    {
        if (!int.TryParse(call.Query["department_id"], out var department)) throw ApiRefusal.Parameter("department_id");
        if (!call.Corp.Departments.Exists(d => d.Id == department)) throw new ApiRefusal(40066);
        var answer = Answer.Ok();
        answer["userlist"] = new JsonArray([.. call.Corp.Staff.Values.Where(s => s.Department == department).Select(shape)]);
        return answer;
    }

    /// <summary>One row for each department of a member.</summary>
    private static JsonObject ListIds(ApiCall call)
    {
        var (page, next) = call.Page([.. call.Corp.Staff.Values], call.Number("limit", 1, 10_000, 10_000), "");
        var answer = Answer.Ok();
        answer["dept_user"] = new JsonArray([.. page.Select(s => new JsonObject { ["userid"] = s.UserId, ["department"] = s.Department })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Brief(SimulatedStaff staff) => new()
    {
        ["userid"] = staff.UserId,
        ["name"] = staff.Name,
        ["department"] = new JsonArray(staff.Department),
        ["open_userid"] = "",
    };

    private static JsonObject Detail(SimulatedStaff staff) => Merge(Brief(staff), new JsonObject
    {
        ["order"] = new JsonArray(0),
        ["is_leader_in_dept"] = new JsonArray(0),
        ["main_department"] = staff.Department,
        ["direct_leader"] = new JsonArray(),
        ["position"] = staff.Position,
        ["telephone"] = "",
        ["alias"] = "",
        ["status"] = 1,
        ["extattr"] = new JsonObject { ["attrs"] = new JsonArray() },
    });

    private static JsonObject Merge(JsonObject first, JsonObject second)
    {
        foreach (var (name, value) in second.ToList()) first[name] = value?.DeepClone();
        return first;
    }
}
