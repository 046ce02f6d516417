using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>What became of moments (api.md 9). Nobody comments or likes in the simulator.</summary>
internal static class MomentResultApi
{
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(30);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/get_moment_list", IsPost: true, List) { IsList = true },
        new("externalcontact/get_moment_task", IsPost: true, Tasks) { IsList = true },
        new("externalcontact/get_moment_customer_list", IsPost: true, c => Customers(c, 1000, 500, withUser: true)) { IsList = true },
        new("externalcontact/get_moment_send_result", IsPost: true, c => Customers(c, 5000, 3000, withUser: false)) { IsList = true },
        new("externalcontact/get_moment_comments", IsPost: true, Comments),
    ];

    private static JsonObject List(ApiCall call)
    {
        var (from, to) = MassMessageResultApi.Span(call, LongestSpan);
        var personal = call.Number("filter_type", 0, 2, 2) == 1;
        var all = call.Corp.Moments.All.Where(m => !personal && !m.Cancelled && m.CreatedAt >= from && m.CreatedAt <= to && call.Now - m.CreatedAt >= call.Corp.Options.JobTime).ToList();
        var (page, next) = call.Page(all, call.Number("limit", 1, 20, 20), $"{from:O} {to:O} {call.Text("creator")} {personal}");
        var answer = Answer.Ok();
        answer["moment_list"] = new JsonArray([.. page.Select(Moment)]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Moment(StoredRecord moment)
    {
        var json = new JsonObject
        {
            ["moment_id"] = moment.Id,
            ["creator"] = "",
            ["create_time"] = moment.CreatedAt.ToUnixTimeSeconds(),
            ["create_type"] = 0,
            ["visible_type"] = 1,
            ["text"] = moment.Content["text"]?.DeepClone(),
        };
        var attachments = ((JsonArray)moment.Content["attachments"]!).OfType<JsonObject>().ToLookup(a => Fields.Text(a, "msgtype")!);
        if (attachments["image"].Any()) json["image"] = new JsonArray([.. attachments["image"].Select(a => a["image"]?.DeepClone())]);
        if (attachments["video"].FirstOrDefault() is { } video) json["video"] = video["video"]?.DeepClone();
        if (attachments["link"].FirstOrDefault() is { } link) json["link"] = link["link"]?.DeepClone();
        return json;
    }

    private static JsonObject Tasks(ApiCall call)
    {
        var moment = MomentApi.Done(call);
        var (page, next) = call.Page(Fields.Texts(moment.Content, "senders")!, call.Number("limit", 1, 1000, 500), moment.Id);
        var answer = Answer.Ok();
        answer["task_list"] = new JsonArray([.. page.Select(user => new JsonObject { ["userid"] = user, ["publish_status"] = moment.DoneBy.ContainsKey(user) ? 1 : 0 })]);
        answer["next_cursor"] = next;
        return answer;
    }

    /// <summary>Whom the member's publication can be seen by: all their customers.</summary>
    private static JsonObject Customers(ApiCall call, int most, int byDefault, bool withUser)
    {
        var moment = MomentApi.Done(call);
        var user = Sender(call, moment);
        if (!moment.DoneBy.ContainsKey(user)) throw new ApiRefusal(41062);
        var (page, next) = call.Page([.. call.Corp.Relations.LiveOfUser(user, call.VisibleBefore)], call.Number("limit", 1, most, byDefault), $"{moment.Id} {user}");
        var answer = Answer.Ok();
        answer["customer_list"] = new JsonArray([.. page.Select(r => withUser
            ? new JsonObject { ["userid"] = r.UserId, ["external_userid"] = r.ExternalUserId }
            : new JsonObject { ["external_userid"] = r.ExternalUserId })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Comments(ApiCall call)
    {
        Sender(call, MomentApi.Done(call));
        var answer = Answer.Ok();
        answer["comment_list"] = new JsonArray();
        answer["like_list"] = new JsonArray();
        return answer;
    }

    private static string Sender(ApiCall call, StoredRecord moment)
    {
        var user = call.Member(call.Text("userid")).UserId;
        return Fields.Texts(moment.Content, "senders")!.Contains(user) ? user : throw new ApiRefusal(41061);
    }
}
