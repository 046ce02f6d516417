using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Codes by which customers join groups (api.md 5.4). Only the app that made one can handle it.</summary>
internal static class JoinWayApi
{
    private const string Prefix = "externalcontact/groupchat/";
    private const int MostGroups = 5;
    private static readonly string[] Known = ["scene", "remark", "auto_create_room", "room_base_name", "room_base_id", "chat_id_list", "state", "mark_source"];

    public static IEnumerable<ApiRoute> Routes =>
    [
        new(Prefix + "add_join_way", IsPost: true, Add),
        new(Prefix + "get_join_way", IsPost: true, Get),
        new(Prefix + "update_join_way", IsPost: true, Update),
        new(Prefix + "del_join_way", IsPost: true, Delete),
    ];

    private static JsonObject Add(ApiCall call)
    {
        ContactWayApi.CheckQuota(call);
        var way = new StoredRecord(call.Corp.Ids.Id("", 32).ToLowerInvariant(), call.App.Name, call.Now, Content(call));
        call.Corp.JoinWays.Add(way);
        call.Note("join-way", "created", way.Id);
        var answer = Answer.Ok();
        answer["config_id"] = way.Id;
        return answer;
    }

    private static JsonObject Get(ApiCall call)
    {
        var way = ContactWayApi.Own(call, call.Corp.JoinWays);
        var shown = (JsonObject)way.Content.DeepClone();
        shown["config_id"] = way.Id;
        if (Fields.Number(shown, "scene") == 2) shown["qr_code"] = $"https://qr.example/group/{way.Id}";
        var answer = Answer.Ok();
        answer["join_way"] = shown;
        return answer;
    }

    /// <summary>Everything is overwritten; what is not named falls back to its default.</summary>
    private static JsonObject Update(ApiCall call)
    {
        var way = ContactWayApi.Own(call, call.Corp.JoinWays);
        var content = Content(call);
        way.Content.Clear();
        foreach (var (name, value) in content.ToList()) way.Content[name] = value?.DeepClone();
        call.Note("join-way", "edited", way.Id);
        return Answer.Ok();
    }

    private static JsonObject Delete(ApiCall call)
    {
        var way = ContactWayApi.Own(call, call.Corp.JoinWays);
        call.Corp.JoinWays.Remove(way);
        call.Note("join-way", "deleted", way.Id);
        return Answer.Ok();
    }

    private static JsonObject Content(ApiCall call)
    {
        ContactWayApi.CheckChoice(call, "scene", 41038, 41040);
        call.Short("remark", 30);
        call.Short("state", 30);
        call.Short("room_base_name", 40);
        call.Number("auto_create_room", 0, 1, 1);
        foreach (var chat in call.NeedTexts("chat_id_list", MostGroups, manyCode: 41091))
        {
            if (!call.Corp.Groups.ContainsKey(chat)) throw new ApiRefusal(90501);
        }

        var content = new JsonObject { ["remark"] = "", ["auto_create_room"] = 1, ["room_base_name"] = "", ["room_base_id"] = 1, ["state"] = "", ["mark_source"] = true };
        foreach (var name in Known)
        {
            if (call.Body[name] is { } value) content[name] = value.DeepClone();
        }

        return content;
    }
}
