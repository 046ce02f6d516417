using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Members, departments and addresses (api.md 1.2 and 13).</summary>
internal static class DirectoryApi
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        new("user/get", IsPost: false, GetUser),
        new("user/simplelist", IsPost: false, ListUsers) { IsList = true },
        new("department/list", IsPost: false, ListDepartments) { IsList = true },
        new("getcallbackip", IsPost: false, Addresses),
        new("get_api_domain_ip", IsPost: false, Addresses),
    ];

    private static JsonObject GetUser(ApiCall call)
    {
        string? userId = call.Query["userid"];
        if (string.IsNullOrEmpty(userId)) return Answer.Error(41009, "missing userid");
        if (!call.Corp.Staff.TryGetValue(userId, out var staff)) return Answer.Error(60111, "userid not found");
        var answer = Answer.Ok();
        foreach (var (name, value) in Brief(staff).ToList()) answer[name] = value?.DeepClone();
        answer["order"] = new JsonArray(0);
        answer["is_leader_in_dept"] = new JsonArray(0);
        answer["main_department"] = staff.Department;
        answer["direct_leader"] = new JsonArray();
        answer["position"] = staff.Position;
        answer["status"] = 1;
        return answer;
    }

    private static JsonObject ListUsers(ApiCall call)
    {
        if (!int.TryParse(call.Query["department_id"], out var department)) return Answer.Missing("department_id");
        if (!call.Corp.Departments.Exists(d => d.Id == department)) return Answer.Error(40066, "invalid department list");
        var answer = Answer.Ok();
        answer["userlist"] = new JsonArray([.. call.Corp.Staff.Values.Where(s => s.Department == department).Select(Brief)]);
        return answer;
    }

    private static JsonObject ListDepartments(ApiCall call)
    {
        var root = int.TryParse(call.Query["id"], out var id) ? id : (int?)null;
        var answer = Answer.Ok();
        answer["department"] = new JsonArray([.. call.Corp.Departments.Where(d => root is null || d.Id == root || d.ParentId == root).Select(d => new JsonObject
        {
            ["id"] = d.Id,
            ["name"] = d.Name,
            ["name_en"] = "",
            ["department_leader"] = new JsonArray(),
            ["parentid"] = d.ParentId,
            ["order"] = 1,
        })]);
        return answer;
    }

    private static JsonObject Addresses(ApiCall call)
    {
        var answer = Answer.Ok();
        answer["ip_list"] = new JsonArray("127.0.0.1", "127.0.0.*");
        return answer;
    }

    private static JsonObject Brief(SimulatedStaff staff) => new()
    {
        ["userid"] = staff.UserId,
        ["name"] = staff.Name,
        ["department"] = new JsonArray(staff.Department),
        ["open_userid"] = "",
    };
}
