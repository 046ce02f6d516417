using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

/// <summary>Mass messages, moments and group welcome templates.</summary>
public sealed class OutreachApiTests
{
    [Fact]
    public async Task A_mass_message_is_dispatched_then_confirmed_by_members_and_only_then_sent()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        foreach (var customer in new[] { "wm1", "wm2" }) wecom.Corp.Customers.Add("zhang", customer);
        wecom.Corp.Customers.Add("li", "wm3");
        var added = await wecom.PostAsync("externalcontact/add_msg_template", new { external_userid = new[] { "wm1", "wm2", "wmNobody" }, text = new { content = "news" } });
        added.List("fail_list").ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("wmNobody");
        var id = added.Text("msgid");
        (await wecom.PostAsync("externalcontact/get_groupmsg_task", new { msgid = id })).Code().ShouldBe(41063);
        wecom.Clock.Move(TimeSpan.FromSeconds(1));
        (await wecom.PostAsync("externalcontact/get_groupmsg_task", new { msgid = id })).List("task_list").ShouldHaveSingleItem()!["status"]!.GetValue<int>().ShouldBe(0);
        wecom.Corp.Tasks.Confirm(id, "zhang");
        (await wecom.PostAsync("externalcontact/get_groupmsg_task", new { msgid = id })).List("task_list").ShouldHaveSingleItem()!["status"]!.GetValue<int>().ShouldBe(2);
        var results = await wecom.PostAsync("externalcontact/get_groupmsg_send_result", new { msgid = id, userid = "zhang" });
        results.List("send_list").Select(s => (s.Text("external_userid"), s!["status"]!.GetValue<int>())).ShouldBe([("wm1", 1), ("wm2", 1)]);
        var now = wecom.Clock.GetUtcNow().ToUnixTimeSeconds();
        (await wecom.PostAsync("externalcontact/get_groupmsg_list_v2", new { chat_type = "single", start_time = now - 60, end_time = now })).List("group_msg_list").ShouldHaveSingleItem().Text("msgid").ShouldBe(id);
        (await wecom.PostAsync("externalcontact/get_groupmsg_list_v2", new { chat_type = "single", start_time = now - 40 * 86400, end_time = now })).Code().ShouldBe(600018);
    }

    [Fact]
    public async Task Reminders_are_three_a_day_and_a_cancelled_message_stays_cancelled()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var id = (await wecom.PostAsync("externalcontact/add_msg_template", new { sender = "zhang", text = new { content = "news" } })).Text("msgid");
        wecom.Clock.Move(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++) (await wecom.PostAsync("externalcontact/remind_groupmsg_send", new { msgid = id })).Code().ShouldBe(0);
        (await wecom.PostAsync("externalcontact/remind_groupmsg_send", new { msgid = id })).Code().ShouldBe(41094);
        (await wecom.PostAsync("externalcontact/cancel_groupmsg_send", new { msgid = id })).Code().ShouldBe(0);
        (await wecom.PostAsync("externalcontact/cancel_groupmsg_send", new { msgid = id })).Code().ShouldBe(41093);
        (await wecom.PostAsync("externalcontact/cancel_groupmsg_send", new { msgid = "msgNothing" })).Code().ShouldBe(41047);
        (await wecom.PostAsync("externalcontact/cancel_groupmsg_send", new { })).Code().ShouldBe(41046);
    }

    [Theory]
    [InlineData("""{"sender":"zhang"}""", 44004)]
    [InlineData("""{"chat_type":"group","text":{"content":"t"}}""", 40058)]
    [InlineData("""{"chat_type":"group","sender":"zhang","text":{"content":"t"}}""", 0)]
    [InlineData("""{"chat_type":"group","sender":"li","text":{"content":"t"}}""", 41048)]
    [InlineData("""{"external_userid":["wmNobody"],"text":{"content":"t"}}""", 41048)]
    [InlineData("""{"tag_filter":{"group_list":[{"tag_list":["etNothing"]}]},"text":{"content":"t"}}""", 41048)]
    [InlineData("""{"sender":"zhang","attachments":[{"msgtype":"image","image":{"media_id":"gone"}}]}""", 40007)]
    public async Task A_mass_message_is_held_to_its_form_and_needs_somebody(string body, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Put(new("li", "Li"));
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Groups.Create("zhang", "G", "wm1");
        (await wecom.PostAsync("externalcontact/add_msg_template", JsonNode.Parse(body)!)).Code().ShouldBe(code);
    }

    [Fact]
    public async Task A_moment_is_a_job_first_and_is_seen_when_members_publish_it()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var media = await UploadAsync(wecom, "media/upload_attachment?media_type=image&attachment_type=1");
        media["created_at"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        var image = new[] { new { msgtype = "image", image = new { media_id = media.Text("media_id") } } };
        var range = new { sender_list = new { user_list = new[] { "zhang", "nobody" } } };
        var job = (await wecom.PostAsync("externalcontact/add_moment_task", new { text = new { content = "hello" }, attachments = image, visible_range = range })).Text("jobid");
        (await ResultAsync(wecom, job))["status"]!.GetValue<int>().ShouldBe(1);
        wecom.Clock.Move(TimeSpan.FromMilliseconds(600));
        (await ResultAsync(wecom, job))["status"]!.GetValue<int>().ShouldBe(2);
        wecom.Clock.Move(TimeSpan.FromMilliseconds(400));
        var result = (await ResultAsync(wecom, job))["result"]!;
        result["invalid_sender_list"].List("user_list").ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("nobody");
        var id = result.Text("moment_id");
        (await wecom.PostAsync("externalcontact/get_moment_task", new { moment_id = id })).List("task_list").ShouldHaveSingleItem()!["publish_status"]!.GetValue<int>().ShouldBe(0);
        (await wecom.PostAsync("externalcontact/get_moment_send_result", new { moment_id = id, userid = "zhang" })).Code().ShouldBe(41062);
        wecom.Corp.Tasks.Confirm(id, "zhang");
        (await wecom.PostAsync("externalcontact/get_moment_send_result", new { moment_id = id, userid = "zhang" })).List("customer_list").ShouldHaveSingleItem().Text("external_userid").ShouldBe("wm1");
        (await wecom.PostAsync("externalcontact/get_moment_customer_list", new { moment_id = id, userid = "zhang" })).List("customer_list").ShouldHaveSingleItem().Text("userid").ShouldBe("zhang");
        (await wecom.PostAsync("externalcontact/get_moment_comments", new { moment_id = id, userid = "zhang" })).List("like_list").ShouldBeEmpty();
        var now = wecom.Clock.GetUtcNow().ToUnixTimeSeconds();
        (await wecom.PostAsync("externalcontact/get_moment_list", new { start_time = now - 60, end_time = now })).List("moment_list").ShouldHaveSingleItem().List("image").ShouldHaveSingleItem();
        (await wecom.PostAsync("externalcontact/cancel_moment_task", new { moment_id = id })).Code().ShouldBe(0);
        (await wecom.PostAsync("externalcontact/cancel_moment_task", new { })).Code().ShouldBe(41059);
    }

    [Fact]
    public async Task Media_of_one_scene_are_refused_in_another()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var temporary = (await UploadAsync(wecom, "media/upload?type=image")).Text("media_id");
        var moment = (await UploadAsync(wecom, "media/upload_attachment?media_type=image&attachment_type=1")).Text("media_id");
        object Images(string id) => new[] { new { msgtype = "image", image = new { media_id = id } } };
        (await wecom.PostAsync("externalcontact/add_moment_task", new { attachments = Images(temporary) })).Code().ShouldBe(41072);
        (await wecom.PostAsync("externalcontact/add_msg_template", new { sender = "zhang", attachments = Images(moment) })).Code().ShouldBe(41072);
        (await wecom.PostAsync("externalcontact/add_msg_template", new { sender = "zhang", attachments = Images(temporary) })).Code().ShouldBe(0);
    }

    [Fact]
    public async Task A_group_welcome_template_belongs_to_its_app_and_there_are_a_hundred_at_most()
    {
        const string Path = "externalcontact/group_welcome_template/";
        await using var wecom = await SimulatorFixture.StartAsync();
        var link = new { title = "t", url = "https://e.example/" };
        var id = (await wecom.PostAsync(Path + "add", new { text = new { content = "Hi %NICKNAME%" }, link })).Text("template_id");
        (await wecom.PostAsync(Path + "get", new { template_id = id }))["link"].Text("title").ShouldBe("t");
        (await wecom.PostAsync(Path + "edit", new { template_id = id, text = new { content = "Hello" } })).Code().ShouldBe(0);
        var read = await wecom.PostAsync(Path + "get", new { template_id = id });
        (read["text"].Text("content"), read["link"]).ShouldBe(("Hello", null));
        var other = await wecom.TokenAsync("secret-2");
        (await wecom.PostAsync(Path + "del", new { template_id = id }, other)).Code().ShouldBe(41058);
        (await wecom.PostAsync(Path + "add", new { })).Code().ShouldBe(44004);
        (await wecom.PostAsync(Path + "add", new { text = new { content = new string('中', 1001) } })).Code().ShouldBe(45002);
        for (var i = 1; i < 100; i++) (await wecom.PostAsync(Path + "add", new { text = new { content = "x" } })).Code().ShouldBe(0);
        (await wecom.PostAsync(Path + "add", new { text = new { content = "x" } })).Code().ShouldBe(41055);
        (await wecom.PostAsync(Path + "del", new { template_id = id })).Code().ShouldBe(0);
    }

    private static Task<JsonObject> ResultAsync(SimulatorFixture wecom, string job) => wecom.GetAsync("externalcontact/get_moment_task_result?jobid=" + job);

    private static async Task<JsonObject> UploadAsync(SimulatorFixture wecom, string path)
    {
        using var form = MediaForm.Of("0123456789");
        using var answer = await wecom.Client.PostAsync($"cgi-bin/{path}&access_token={await wecom.TokenAsync()}", form);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
