using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Contact ways, the codes customers scan (api.md 6). Only the app that made one can handle it.</summary>
internal static class ContactWayApi
{
    private const int Quota = 500_000;
    private const int Persons = 100;
    private static readonly TimeSpan LongestTemporary = TimeSpan.FromDays(14);
    private static readonly TimeSpan ListedByDefault = TimeSpan.FromDays(90);
    private static readonly string[] Known = ["type", "scene", "style", "remark", "skip_verify", "state", "user", "party", "is_temp", "expires_in", "chat_expires_in", "unionid", "is_exclusive", "mark_source", "conclusions"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/add_contact_way", IsPost: true, Add),
        new("externalcontact/get_contact_way", IsPost: true, Get),
        new("externalcontact/list_contact_way", IsPost: true, List) { IsList = true },
        new("externalcontact/update_contact_way", IsPost: true, Update),
        new("externalcontact/del_contact_way", IsPost: true, Delete),
        new("externalcontact/close_temp_chat", IsPost: true, CloseChat),
    ];

    /// <summary>Contact ways and join ways share one quota.</summary>
    public static void CheckQuota(ApiCall call)
    {
        if (call.Corp.ContactWays.Count + call.Corp.JoinWays.Count >= Quota) throw new ApiRefusal(41045);
    }

    /// <summary>A way that this app has made and not deleted.</summary>
    public static StoredRecord Own(ApiCall call, RecordShelf ways)
    {
        var way = ways.Find(call.Need("config_id", 41043));
        return way?.App == call.App.Name ? way : throw new ApiRefusal(41044);
    }

    /// <summary>One code for each field that is missing or bad (41037 to 41040).</summary>
    public static void CheckChoice(ApiCall call, string name, int missing, int bad)
    {
        if (call.Body[name] is null) throw new ApiRefusal(missing, $"{name} missing");
        if (call.Number(name) is not (1 or 2)) throw new ApiRefusal(bad, $"invalid {name}");
    }

    private static JsonObject Add(ApiCall call)
    {
        CheckQuota(call);
        CheckChoice(call, "type", 41037, 41039);
        CheckChoice(call, "scene", 41038, 41040);
        CheckTexts(call);
        CheckPersons(call, call.Number("type") == 1, required: true);
        if (Fields.Flag(call.Body, "is_temp") == true && call.Number("type") != 1) throw ApiRefusal.Parameter("is_temp", "is for a single person");
        foreach (var name in new[] { "expires_in", "chat_expires_in" }) call.Number(name, 1, (long)LongestTemporary.TotalSeconds, 1);
        var content = new JsonObject();
        foreach (var name in Known)
        {
            if (call.Body[name] is { } value) content[name] = value.DeepClone();
        }

        content["skip_verify"] ??= true;
        var way = new StoredRecord(call.Corp.Ids.Id("", 32).ToLowerInvariant(), call.App.Name, call.Now, content);
        call.Corp.ContactWays.Add(way);
        call.Note("contact-way", "created", way.Id);
        var answer = Answer.Ok();
        answer["config_id"] = way.Id;
        if (QrCode(way) is { } code) answer["qr_code"] = code;
        return answer;
    }

    private static JsonObject Get(ApiCall call)
    {
        var way = Own(call, call.Corp.ContactWays);
        var shown = (JsonObject)way.Content.DeepClone();
        shown["config_id"] = way.Id;
        foreach (var (name, value) in new (string, JsonNode)[] { ("remark", ""), ("state", ""), ("user", new JsonArray()), ("party", new JsonArray()), ("is_temp", false), ("is_exclusive", false) }) shown[name] ??= value;
        if (QrCode(way) is { } code) shown["qr_code"] = code;
        if (shown["conclusions"]?["image"] is JsonObject image) image["pic_url"] = "https://img.example/conclusion/0";
        var answer = Answer.Ok();
        answer["contact_way"] = shown;
        return answer;
    }

    /// <summary>Without the temporary ones.</summary>
    private static JsonObject List(ApiCall call)
    {
        var from = call.Time("start_time", call.Now - ListedByDefault);
        var to = call.Time("end_time", call.Now);
        if (from > to) throw new ApiRefusal(600018);
        var limit = call.Number("limit", 1, 1000, 100);
        var all = call.Corp.ContactWays.All.Where(w => w.App == call.App.Name && w.CreatedAt >= from && w.CreatedAt <= to && Fields.Flag(w.Content, "is_temp") != true).ToList();
        var (page, next) = call.Page(all, limit, $"{call.Number("start_time")} {call.Number("end_time")}");
        var answer = Answer.Ok();
        answer["contact_way"] = new JsonArray([.. page.Select(w => new JsonObject { ["config_id"] = w.Id })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Update(ApiCall call)
    {
        var way = Own(call, call.Corp.ContactWays);
        CheckTexts(call);
        CheckPersons(call, Fields.Number(way.Content, "type") == 1, required: false);
        foreach (var name in Known.Except(["type", "scene", "is_temp"]))
        {
            if (call.Body[name] is { } value) way.Content[name] = value.DeepClone();
        }

        call.Note("contact-way", "edited", way.Id);
        return Answer.Ok();
    }

    private static JsonObject Delete(ApiCall call)
    {
        var way = Own(call, call.Corp.ContactWays);
        call.Corp.ContactWays.Remove(way);
        call.Note("contact-way", "deleted", way.Id);
        return Answer.Ok();
    }

    private static JsonObject CloseChat(ApiCall call) => CustomerApi.NoRelation(call, call.Text("userid"), call.Text("external_userid")) ?? Answer.Ok();

    private static void CheckTexts(ApiCall call)
    {
        call.Short("remark", 30);
        call.Short("state", 30);
        if (Fields.Part(call.Body, "conclusions") is { } end && Fields.Part(end, "text") is { } text && Fields.Bytes(text, "content") > 4000) throw new ApiRefusal(45002);
    }

    /// <summary>Members and departments that exist, at most a hundred people in all.</summary>
    private static void CheckPersons(ApiCall call, bool single, bool required)
    {
        var users = call.Texts("user");
        var parties = Fields.Numbers(call.Body, "party");
        if (!required && users is null && parties is null) return;
        foreach (var user in users ?? []) call.Member(user);
        foreach (var party in parties ?? [])
        {
            if (!call.Corp.Departments.Exists(d => d.Id == party)) throw new ApiRefusal(40066);
        }

        if (single && (users?.Count != 1 || parties is { Count: > 0 })) throw ApiRefusal.Parameter("user", "must name exactly one member");
        var persons = call.Corp.Staff.Values.Count(s => users?.Contains(s.UserId, StringComparer.OrdinalIgnoreCase) == true || parties?.Contains(s.Department) == true);
        if (persons == 0) throw ApiRefusal.Parameter("user");
        if (persons > Persons) throw new ApiRefusal(41041);
    }

    private static string? QrCode(StoredRecord way) => Fields.Number(way.Content, "scene") == 2 ? $"https://qr.example/contact/{way.Id}" : null;
}
