using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Departments (api.md 13).</summary>
internal static class DepartmentApi
{
    public static IEnumerable<ApiRoute> Routes =>
    [
        new("department/list", IsPost: false, c => List(c, "department", Detail)) { IsList = true },
        new("department/simplelist", IsPost: false, c => List(c, "department_id", Brief)) { IsList = true },
        new("department/get", IsPost: false, Get),
    ];

    private static JsonObject List(ApiCall call, string name, Func<SimulatedDepartment, JsonObject> shape)
    {
        var root = int.TryParse(call.Query["id"], out var id) ? id : (int?)null;
        var answer = Answer.Ok();
        answer[name] = new JsonArray([.. call.Corp.Departments.Where(d => root is null || d.Id == root || d.ParentId == root).Select(shape)]);
        return answer;
    }

    private static JsonObject Get(ApiCall call)
    {
        if (!int.TryParse(call.NeedQuery("id"), out var id)) throw ApiRefusal.Parameter("id");
        var answer = Answer.Ok();
        answer["department"] = Detail(call.Corp.Departments.Find(d => d.Id == id) ?? throw new ApiRefusal(40066));
        return answer;
    }

    private static JsonObject Brief(SimulatedDepartment department) => new() { ["id"] = department.Id, ["parentid"] = department.ParentId, ["order"] = 1 };

    private static JsonObject Detail(SimulatedDepartment department) => new()
    {
        ["id"] = department.Id,
        ["name"] = department.Name,
        ["name_en"] = "",
        ["department_leader"] = new JsonArray(),
        ["parentid"] = department.ParentId,
        ["order"] = 1,
    };
}
