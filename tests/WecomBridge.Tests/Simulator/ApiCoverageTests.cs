using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

/// <summary>Every documented API is there, and whatever is sent to it is answered as the platform answers: 200, with a code.</summary>
public sealed class ApiCoverageTests
{
    private const string E = "externalcontact/";

    private static readonly string[] Gets =
    [
        "getcallbackip", "get_api_domain_ip", "get_jsapi_ticket", "ticket/get", "media/get", "user/get", "user/simplelist", "user/list",
        "department/list", "department/simplelist", "department/get", E + "get", E + "list", E + "get_follow_user_list", E + "get_moment_task_result",
        E + "customer_acquisition_quota", E + "customer_acquisition_app/get_permit",
    ];

    private static readonly string[] Posts =
    [
        E + "batch/get_by_user", E + "remark", E + "mark_tag", E + "contact_list",
        E + "get_corp_tag_list", E + "add_corp_tag", E + "edit_corp_tag", E + "del_corp_tag",
        E + "get_strategy_tag_list", E + "add_strategy_tag", E + "edit_strategy_tag", E + "del_strategy_tag",
        .. new[] { "list", "get", "get_range", "create", "edit", "del" }.Select(verb => E + "customer_strategy/" + verb),
        E + "send_welcome_msg", .. new[] { "add", "edit", "get", "del" }.Select(verb => E + "group_welcome_template/" + verb),
        E + "groupchat/list", E + "groupchat/get", E + "opengid_to_chatid", .. new[] { "add", "get", "update", "del" }.Select(verb => $"{E}groupchat/{verb}_join_way"),
        E + "groupchat/statistic", E + "groupchat/statistic_group_by_day", E + "groupchat/transfer", E + "groupchat/onjob_transfer",
        .. new[] { "add", "get", "list", "update", "del" }.Select(verb => $"{E}{verb}_contact_way"), E + "close_temp_chat",
        .. new[] { "list_link", "get", "create_link", "update_link", "delete_link", "customer", "statistic", "get_chat_info" }.Select(verb => E + "customer_acquisition/" + verb),
        E + "add_msg_template", E + "get_groupmsg_list_v2", E + "get_groupmsg_task", E + "get_groupmsg_send_result", E + "remind_groupmsg_send", E + "cancel_groupmsg_send",
        .. new[] { "add_moment_task", "cancel_moment_task", "get_moment_list", "get_moment_task", "get_moment_customer_list", "get_moment_send_result", "get_moment_comments" }.Select(verb => E + verb),
        E + "transfer_customer", E + "transfer_result", E + "resigned/transfer_customer", E + "resigned/transfer_result", E + "get_unassigned_list", E + "get_user_behavior_data",
        "media/upload", "media/uploadimg", "media/upload_attachment", "media/upload_by_url", "media/get_upload_by_url_result",
        "user/list_id", "message/send", "message/recall", "message/update_template_card", "kf/sync_msg", "batch/openuserid_to_userid",
        E + "unionid_to_external_userid", E + "from_service_external_userid", E + "to_service_external_userid", E + "convert_to_openid",
        E + "get_new_external_userid", E + "groupchat/get_new_external_userid",
    ];

    private static readonly string[] FieldNames =
    [
        "userid", "external_userid", "cursor", "limit", "userid_list", "remark", "description", "remark_mobiles", "remark_pic_mediaid", "add_tag", "remove_tag", "tag_id", "group_id", "group_name", "tag", "name",
        "order", "id", "welcome_code", "text", "attachments", "image", "link", "template_id", "status_filter", "owner_filter", "chat_id", "opengid", "scene", "chat_id_list", "config_id", "state", "day_begin_time",
        "day_end_time", "order_by", "offset", "type", "user", "party", "conclusions", "start_time", "end_time", "link_id", "link_name", "range", "priority_option", "chat_key", "chat_type", "sender", "tag_filter", "msgid",
        "filter_type", "moment_id", "visible_range", "handover_userid", "takeover_userid", "transfer_success_msg", "page_id", "page_size", "new_owner", "partyid", "url", "filename", "md5", "jobid", "agentid", "msgtype",
        "touser", "enable_duplicate_check", "duplicate_check_interval", "response_code", "userids", "token", "open_kfid", "open_userid_list", "source_agentid", "unionid", "openid", "external_userid_list",
    ];

    private static readonly string[] OddBodies =
    [
        "{}",
        "[]",
        "null",
        "{\"cut",
        Odd("[]"),
        Odd("{}"),
        Odd("-1"),
        Odd("9223372036854775807"),
        Odd("\"\""),
        Odd("\"text\""),
        Odd("[null,1,{}]"),
        Odd("[\"a\"]"),
    ];

    [Fact]
    public async Task Every_api_answers_whatever_it_is_sent_and_never_breaks()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.MinuteBlock = TimeSpan.Zero);
        wecom.Corp.Customers.Add("text", "text");
        var token = await wecom.TokenAsync();
        foreach (var path in Gets.Concat(Posts).Distinct())
        {
            using var get = await wecom.Client.GetAsync($"cgi-bin/{path}?access_token={token}");
            await ShouldHaveAnsweredAsync(get, path);
            if (Gets.Contains(path)) continue;
            foreach (var body in OddBodies)
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await wecom.Client.PostAsync($"cgi-bin/{path}?access_token={token}", content);
                await ShouldHaveAnsweredAsync(answer, $"{path} {body}");
            }
        }
    }

    [Fact]
    public async Task A_read_that_needs_a_name_says_which()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        (await wecom.GetAsync("externalcontact/get")).Code().ShouldBe(41035);
        (await wecom.GetAsync("externalcontact/list")).Code().ShouldBe(41009);
        (await wecom.GetAsync("user/get")).Code().ShouldBe(41009);
        (await wecom.PostAsync("externalcontact/groupchat/list", new { })).Text("errmsg").ShouldContain("invalid parameter: limit");
    }

    private static async Task ShouldHaveAnsweredAsync(HttpResponseMessage answer, string what)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, what);
        var json = (await answer.Content.ReadFromJsonAsync<JsonObject>()).ShouldNotBeNull(what);
        if (json.Code() != 0) json.Text("errmsg").ShouldContain($"more info at https://open.work.weixin.qq.com/devtool/query?e={json.Code()}", Case.Sensitive, what);
    }

    /// <summary>A body in which every field that any API reads has the same odd value.</summary>
    private static string Odd(string value) => "{" + string.Join(',', FieldNames.Select(name => $"\"{name}\":{value}")) + "}";
}
