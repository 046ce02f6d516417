using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>Who came by acquisition links, and what is left of the quota (api.md 7).</summary>
internal static class AcquisitionReportApi
{
    private const int Bought = 10_000;
    private static readonly TimeSpan ChatKeyLife = TimeSpan.FromMinutes(30);

    public static IEnumerable<ApiRoute> Routes =>
    [
        new(AcquisitionLinkApi.Prefix + "customer", IsPost: true, Customers) { IsList = true, Callers = AcquisitionLinkApi.Allowed },
        new(AcquisitionLinkApi.Prefix + "statistic", IsPost: true, Statistic) { Callers = AcquisitionLinkApi.Allowed },
        new(AcquisitionLinkApi.Prefix + "get_chat_info", IsPost: true, ChatInfo) { Callers = AcquisitionLinkApi.Allowed },
        new("externalcontact/customer_acquisition_quota", IsPost: false, Quota) { Callers = AcquisitionLinkApi.Allowed },
        new("externalcontact/customer_acquisition_app/get_permit", IsPost: false, Permit) { Callers = AcquisitionLinkApi.Allowed },
    ];

    private static JsonObject Customers(ApiCall call)
    {
        var link = AcquisitionLinkApi.Own(call);
        var (page, next) = call.Page(link.Visits, call.Number("limit", 1, 1000, 1000), link.LinkId);
        var answer = Answer.Ok();
        answer["customer_list"] = new JsonArray([.. page.Select(v => new JsonObject
        {
            ["external_userid"] = v.ExternalUserId,
            ["userid"] = v.UserId,
            ["chat_status"] = v.Messages > 0 ? 1 : 0,
            ["state"] = v.Channel,
        })]);
        answer["next_cursor"] = next;
        return answer;
    }

    private static JsonObject Statistic(ApiCall call)
    {
        var link = AcquisitionLinkApi.Own(call);
        var days = Days.Read(call, "start_time", "end_time");
        var visits = link.Visits.Count(v => v.At >= days.From && v.At < days.Until);
        var answer = Answer.Ok();
        answer["click_link_customer_cnt"] = visits;
        answer["new_customer_cnt"] = visits;
        return answer;
    }

    private static JsonObject ChatInfo(ApiCall call)
    {
        if (!call.Corp.ChatKeys.TryGetValue(call.Need("chat_key"), out var key) || call.Now - key.At > ChatKeyLife) throw ApiRefusal.Parameter("chat_key", "is unknown or too old");
        var visit = call.Corp.Links.GetValueOrDefault(key.LinkId)?.Visits.FindLast(v => v.ExternalUserId == key.ExternalUserId) ?? throw ApiRefusal.Parameter("chat_key", "is unknown or too old");
        var answer = Answer.Ok();
        answer["userid"] = visit.UserId;
        answer["external_userid"] = visit.ExternalUserId;
        answer["chat_info"] = new JsonObject { ["recv_msg_cnt"] = visit.Messages, ["link_id"] = key.LinkId, ["state"] = visit.Channel };
        return answer;
    }

    /// <summary>Each customer who came by a link is one unit here; what the platform counts is not documented.</summary>
    private static JsonObject Quota(ApiCall call)
    {
        var used = call.Corp.Links.Values.Sum(l => l.Visits.Count);
        var answer = Answer.Ok();
        answer["total"] = used;
        answer["balance"] = Math.Max(0, Bought - used);
        answer["quota_list"] = new JsonArray(new JsonObject { ["expire_date"] = new DateTimeOffset(call.Now.ToOffset(TimeSpan.FromHours(8)).Date.AddYears(1), TimeSpan.FromHours(8)).ToUnixTimeSeconds(), ["balance"] = Math.Max(0, Bought - used) });
        return answer;
    }

    private static JsonObject Permit(ApiCall call)
    {
        var answer = Answer.Ok();
        answer["user_list"] = Answer.List(call.Corp.Staff.Values.Select(s => s.UserId));
        answer["department_list"] = new JsonArray([.. call.Corp.Departments.Select(d => (JsonNode)d.Id)]);
        answer["tag_list"] = new JsonArray();
        return answer;
    }
}
