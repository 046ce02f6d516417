using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

/// <summary>Cursors, statistics, and the smaller listings.</summary>
public sealed class ListingTests
{
    [Fact]
    public async Task An_empty_page_may_have_a_cursor_and_only_the_cursor_ends_a_listing()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.EmptyFirstPages = true);
        wecom.Corp.Customers.Add("zhang", "wm1");
        var first = await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "zhang" } });
        first.List("external_contact_list").ShouldBeEmpty();
        first.Text("next_cursor").ShouldNotBeEmpty();
        var second = await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "zhang" }, cursor = first.Text("next_cursor") });
        second.List("external_contact_list").ShouldHaveSingleItem();
        second.Text("next_cursor").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cursor_serves_its_own_listing_and_not_for_ever()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        for (var i = 0; i < 3; i++) wecom.Corp.Customers.Add("zhang", $"wm{i}");
        wecom.Corp.Put(new("li", "Li"));
        var cursor = (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "zhang" }, limit = 2 })).Text("next_cursor");
        (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "li" }, limit = 2, cursor })).Code().ShouldBe(50100);
        (await wecom.PostAsync("externalcontact/contact_list", new { cursor })).Code().ShouldBe(50100);
        (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "zhang" }, limit = 2, cursor })).Code().ShouldBe(0);
        wecom.Clock.Move(TimeSpan.FromMinutes(11));
        (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "zhang" }, limit = 2, cursor })).Code().ShouldBe(50100);
    }

    [Fact]
    public async Task Served_contacts_are_customers_and_masked_strangers_of_groups()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Groups.Create("zhang", "G", "wm1", "wmStranger");
        var list = (await wecom.PostAsync("externalcontact/contact_list", new { })).List("info_list");
        list.Select(i => i!["is_customer"]!.GetValue<bool>()).ShouldBe([true, false]);
        list[1]!["external_userid"].ShouldBeNull();
        list[1].Text("name").ShouldEndWith("**");
    }

    [Fact]
    public async Task Members_and_departments_are_listed_and_read()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Put(new("zhang", "Zhang", Department: 2));
        (await wecom.GetAsync("user/list?department_id=2")).List("userlist").ShouldHaveSingleItem()!["status"]!.GetValue<int>().ShouldBe(1);
        (await wecom.GetAsync("user/simplelist?department_id=9")).Code().ShouldBe(40066);
        (await wecom.GetAsync("user/get?userid=ZHANG")).Text("userid").ShouldBe("zhang");
        (await wecom.GetAsync("user/get?userid=nobody")).Code().ShouldBe(60111);
        (await wecom.GetAsync("department/list")).List("department").Count.ShouldBe(2);
        (await wecom.GetAsync("department/simplelist?id=2")).List("department_id").ShouldHaveSingleItem()!["parentid"]!.GetValue<int>().ShouldBe(1);
        (await wecom.GetAsync("department/get?id=2"))["department"]!["id"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task The_callers_of_callbacks_are_listed_without_a_code_as_in_the_documented_sample()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var answer = await wecom.GetAsync("getcallbackip");
        answer["errcode"].ShouldBeNull();
        answer.List("ip_list").Select(i => i!.GetValue<string>()).ShouldContain("127.0.0.*");
    }

    [Fact]
    public async Task Statistics_are_of_whole_days_and_not_of_any_length()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Groups.Create("zhang", "G", "wm1");
        var now = wecom.Clock.GetUtcNow().ToUnixTimeSeconds();
        var behaviour = await wecom.PostAsync("externalcontact/get_user_behavior_data", new { userid = new[] { "zhang" }, start_time = now - 86400, end_time = now });
        behaviour.List("behavior_data").Select(d => d!["new_contact_cnt"]!.GetValue<int>()).ShouldBe([0, 1]);
        behaviour.List("behavior_data")[0]!["avg_reply_time"].ShouldBeNull();
        (await wecom.PostAsync("externalcontact/get_user_behavior_data", new { userid = new[] { "zhang" }, start_time = now - 30 * 86400, end_time = now })).Code().ShouldBe(600018);
        var filter = new { userid_list = new[] { "zhang" } };
        var byOwner = await wecom.PostAsync("externalcontact/groupchat/statistic", new { day_begin_time = now, owner_filter = filter });
        byOwner.List("items").ShouldHaveSingleItem()!["data"]!["member_total"]!.GetValue<int>().ShouldBe(2);
        (await wecom.PostAsync("externalcontact/groupchat/statistic_group_by_day", new { day_begin_time = now - 2 * 86400, day_end_time = now, owner_filter = filter })).List("items").Count.ShouldBe(3);
        (await wecom.PostAsync("externalcontact/groupchat/statistic", new { day_begin_time = now })).Code().ShouldBe(40058);
    }

    [Fact]
    public async Task Ids_are_turned_into_others()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Put(new("wm1", "Lin") { UnionId = "o1" });
        wecom.Corp.Put(new("zhang", "Zhang"));
        (await wecom.PostAsync("externalcontact/from_service_external_userid", new { external_userid = "p-wm1", source_agentid = 1 })).Text("external_userid").ShouldBe("wm1");
        (await wecom.PostAsync("externalcontact/convert_to_openid", new { external_userid = "wm1" })).Text("openid").ShouldNotBeEmpty();
        (await wecom.PostAsync("externalcontact/unionid_to_external_userid", new { unionid = "o1", openid = "x" })).Code().ShouldBe(48002);
        var users = await wecom.PostAsync("batch/openuserid_to_userid", new { open_userid_list = new[] { "p-zhang", "p-nobody" }, source_agentid = 1 });
        (users.List("userid_list").ShouldHaveSingleItem().Text("userid"), users.List("invalid_open_userid_list").Count).ShouldBe(("zhang", 1));
        var chat = wecom.Corp.Groups.Create("zhang", "G").SubjectId;
        (await wecom.PostAsync("externalcontact/opengid_to_chatid", new { opengid = "o-" + chat })).Text("chat_id").ShouldBe(chat);
        (await wecom.PostAsync("externalcontact/opengid_to_chatid", new { opengid = "o-x" })).Code().ShouldBe(90511);
    }

    [Fact]
    public async Task Messages_to_customer_service_are_pulled_until_there_are_no_more()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        for (var i = 0; i < 3; i++) await wecom.Corp.Tasks.WriteToService("wk1", "wm1", $"m{i}").Delivered;
        var signal = CallbackSink.Open(sink.Requests.First());
        signal.Element("FromUserName").ShouldBeNull();
        var first = await SyncAsync(wecom, new { open_kfid = "wk1", token = signal.Element("Token")!.Value, limit = 2 });
        (first["has_more"]!.GetValue<int>(), first.List("msg_list").Count).ShouldBe((1, 2));
        var second = await SyncAsync(wecom, new { open_kfid = "wk1", cursor = first.Text("next_cursor"), limit = 2 });
        (second["has_more"]!.GetValue<int>(), second.List("msg_list").ShouldHaveSingleItem()!["text"].Text("content")).ShouldBe((0, "m2"));
        (await SyncAsync(wecom, new { open_kfid = "wkNothing" })).Code().ShouldBe(95000);
        (await SyncAsync(wecom, new { open_kfid = "wk1", token = "x" })).Code().ShouldBe(95007);
        for (var i = 0; i < 9; i++) await SyncAsync(wecom, new { open_kfid = "wk1" });
        (await SyncAsync(wecom, new { open_kfid = "wk1" })).Code().ShouldBe(45009);
    }

    [Fact]
    public async Task Tickets_are_kept_for_two_hours_and_asked_for_a_hundred_times_an_hour_at_most()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.TicketsPerHour = 3);
        var corp = (await wecom.GetAsync("get_jsapi_ticket")).Text("ticket");
        (await wecom.GetAsync("get_jsapi_ticket")).Text("ticket").ShouldBe(corp);
        (await wecom.GetAsync("ticket/get?type=agent_config")).Text("ticket").ShouldNotBe(corp);
        (await wecom.GetAsync("get_jsapi_ticket")).Code().ShouldBe(45009);
    }

    private static Task<JsonObject> SyncAsync(SimulatorFixture wecom, object body) => wecom.PostAsync("kf/sync_msg", body);
}
