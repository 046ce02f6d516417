using System.Text;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Api;

/// <summary>Moments as tasks for members (api.md 9): a job first, then a moment that each member has to publish.</summary>
internal static class MomentApi
{
    private const int TextCharacters = 2000;
    private const int TextBytes = 4000;
    private const int Senders = 100_000;
    private static readonly TimeSpan JobLife = TimeSpan.FromHours(24);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new("externalcontact/add_moment_task", IsPost: true, Add),
        new("externalcontact/get_moment_task_result", IsPost: false, Result),
        new("externalcontact/cancel_moment_task", IsPost: true, Cancel),
    ];

    /// <summary>A moment whose job is done.</summary>
    public static StoredRecord Done(ApiCall call)
    {
        var moment = call.Corp.Moments.Find(call.Need("moment_id", 41059));
        return moment is not null && call.Now - moment.CreatedAt >= call.Corp.Options.JobTime ? moment : throw new ApiRefusal(41060);
    }

    private static JsonObject Add(ApiCall call)
    {
        var text = Fields.Part(call.Body, "text") is { } part ? Fields.Text(part, "content") ?? "" : "";
        if (text.Length > TextCharacters || Encoding.UTF8.GetByteCount(text) > TextBytes) throw new ApiRefusal(45002);
        var attachments = (call.Body["attachments"] as JsonArray ?? []).Select(a => a as JsonObject ?? throw new ApiRefusal(41065)).ToList();
        if (text.Length == 0 && attachments.Count == 0) throw new ApiRefusal(44004);
        CheckAttachments(attachments, call);
        var (senders, unknown) = SendersOf(call);
        if (senders.Count == 0) throw new ApiRefusal(41048);
        var content = new JsonObject
        {
            ["text"] = new JsonObject { ["content"] = text },
            ["attachments"] = new JsonArray([.. attachments.Select(a => a.DeepClone())]),
            ["senders"] = Answer.List(senders),
            ["unknown"] = Answer.List(unknown),
        };
        var moment = new StoredRecord(call.Corp.Ids.Id("mom", 24), call.App.Name, call.Now, content);
        var job = new StoredRecord(call.Corp.Ids.Id("job", 24), call.App.Name, call.Now, new JsonObject { ["moment_id"] = moment.Id });
        call.Corp.Moments.Add(moment);
        call.Corp.Jobs.Add(job);
        call.Note("moment", "created", moment.Id);
        var answer = Answer.Ok();
        answer["jobid"] = job.Id;
        return answer;
    }

    private static JsonObject Result(ApiCall call)
    {
        var job = call.Corp.Jobs.Find(call.NeedQuery("jobid"));
        if (job?.App != call.App.Name || call.Now - job.CreatedAt > JobLife) throw ApiRefusal.Parameter("jobid", "is unknown or too old");
        var age = call.Now - job.CreatedAt;
        var done = age >= call.Corp.Options.JobTime;
        var answer = Answer.Ok();
        answer["status"] = done ? 3 : age < call.Corp.Options.JobTime / 2 ? 1 : 2;
        answer["type"] = "add_moment_task";
        if (!done) return answer;
        var momentId = Fields.Text(job.Content, "moment_id") ?? throw ApiRefusal.Parameter("jobid", "is another task's");
        answer["result"] = new JsonObject
        {
            ["errcode"] = 0,
            ["errmsg"] = "ok",
            ["moment_id"] = momentId,
            ["invalid_sender_list"] = new JsonObject { ["user_list"] = call.Corp.Moments.Find(momentId)?.Content["unknown"]?.DeepClone(), ["department_list"] = new JsonArray() },
            ["invalid_external_contact_list"] = new JsonObject { ["tag_list"] = new JsonArray() },
        };
        return answer;
    }

    private static JsonObject Cancel(ApiCall call)
    {
        var moment = Done(call);
        moment.Cancelled = true;
        call.Note("moment", "cancelled", moment.Id);
        return Answer.Ok();
    }

    private static void CheckAttachments(List<JsonObject> attachments, ApiCall call)
    {
        var kinds = attachments.Select(a => Fields.Text(a, "msgtype") ?? "").ToList();
        if (kinds.Exists(k => k is not ("image" or "video" or "link"))) throw new ApiRefusal(41065);
        if (kinds.Count > 9 || kinds.Distinct(StringComparer.Ordinal).Count() > 1 || (kinds.Count > 1 && kinds[0] != "image")) throw new ApiRefusal(41064);
        foreach (var (attachment, kind) in attachments.Zip(kinds))
        {
            var content = Fields.Part(attachment, kind) ?? throw new ApiRefusal(40063, $"{kind} is empty");
            if (kind == "link") Attachments.CheckLink(content, titleBytes: 64);
            Attachments.CheckMedia(Fields.Text(content, "media_id"), kind == "link" ? "image" : kind, MediaScene.Moments, call);
        }
    }

    /// <summary>Members named or in named departments; without a range everybody.</summary>
    private static (List<string> Known, List<string> Unknown) SendersOf(ApiCall call)
    {
        var range = Fields.Part(call.Body, "visible_range") is { } visible ? Fields.Part(visible, "sender_list") : null;
        if (range is null) return ([.. call.Corp.Staff.Values.Select(s => s.UserId)], []);
        var (users, departments) = (Fields.Texts(range, "user_list") ?? [], Fields.Numbers(range, "department_list") ?? []);
        if (users.Count > Senders) throw ApiRefusal.Parameter("visible_range.sender_list.user_list", $"has more than {Senders} entries");
        var known = call.Corp.Staff.Values.Where(s => users.Contains(s.UserId, StringComparer.OrdinalIgnoreCase) || departments.Contains(s.Department)).Select(s => s.UserId).ToList();
        return (known, [.. users.Where(u => !call.Corp.Staff.ContainsKey(u))]);
    }
}
