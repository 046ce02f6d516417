using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

public sealed class AcquisitionApiTests
{
    private const string Prefix = "externalcontact/customer_acquisition/";

    // api.md 7: the answer of get.
    private const string Sample = """
        {"errcode":0,"errmsg":"ok","link":{"link_name":"n","url":"u","create_time":1,"skip_verify":true,"mark_source":true},
         "range":{"user_list":["a"],"department_list":[1]},"priority_option":{"priority_type":2,"priority_userid_list":["a"]}}
        """;

    [Fact]
    public async Task A_link_is_made_read_changed_listed_and_deleted_by_its_own_app()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Put(new("zhang", "Zhang", Department: 2));
        var link = (await wecom.PostAsync(Prefix + "create_link", new { link_name = "ad", range = new { user_list = new[] { "zhang" }, department_list = new[] { 2 } }, priority_option = new { priority_type = 2, priority_userid_list = new[] { "zhang" } } }))["link"]!;
        var id = link.Text("link_id");
        id.ShouldStartWith("ca");
        var read = await wecom.PostAsync(Prefix + "get", new { link_id = id });
        Json.Shape(read).ShouldBe(Json.Shape(JsonNode.Parse(Sample)));
        (await wecom.PostAsync(Prefix + "update_link", new { link_id = id, skip_verify = false })).Code().ShouldBe(0);
        (await wecom.PostAsync(Prefix + "get", new { link_id = id }))["link"]!["skip_verify"]!.GetValue<bool>().ShouldBeFalse();
        (await wecom.PostAsync(Prefix + "list_link", new { limit = 10 })).List("link_id_list").ShouldHaveSingleItem();
        var other = await wecom.TokenAsync("secret-2");
        (await wecom.PostAsync(Prefix + "list_link", new { }, other)).List("link_id_list").ShouldBeEmpty();
        (await wecom.PostAsync(Prefix + "get", new { link_id = id }, other)).Code().ShouldBe(40058);
        (await wecom.PostAsync(Prefix + "delete_link", new { link_id = id })).Code().ShouldBe(0);
        wecom.Corp.Links.All.ShouldBeEmpty();
        (await wecom.PostAsync(Prefix + "create_link", new { link_name = "empty" })).Code().ShouldBe(40058);
    }

    [Fact]
    public async Task Customers_of_a_link_their_messages_and_the_quota_are_told()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var link = wecom.Corp.Links.Create("ad", "zhang").LinkId;
        wecom.Corp.Links.Come(link, "wm1", "ad-42");
        wecom.Corp.Links.Come(link, "wm2");
        for (var i = 0; i < 3; i++) wecom.Corp.Links.Write(link, "wm1");
        var list = await wecom.PostAsync(Prefix + "customer", new { link_id = link, limit = 1 });
        var customer = list.List("customer_list").ShouldHaveSingleItem();
        (customer.Text("external_userid"), customer.Text("userid"), customer.Text("state"), customer!["chat_status"]!.GetValue<int>()).ShouldBe(("wm1", "zhang", "ad-42", 1));
        (await wecom.PostAsync(Prefix + "customer", new { link_id = link, limit = 1, cursor = list.Text("next_cursor") })).Text("next_cursor").ShouldBeEmpty();
        var quota = await wecom.GetAsync("externalcontact/customer_acquisition_quota");
        quota["total"]!.GetValue<int>().ShouldBe(2);
        var now = wecom.Clock.GetUtcNow().ToUnixTimeSeconds();
        (await wecom.PostAsync(Prefix + "statistic", new { link_id = link, start_time = now, end_time = now }))["new_customer_cnt"]!.GetValue<int>().ShouldBe(2);
        (await wecom.PostAsync(Prefix + "statistic", new { link_id = link, start_time = now - 40 * 86400, end_time = now })).Code().ShouldBe(600018);
        (await wecom.GetAsync("externalcontact/customer_acquisition_app/get_permit")).List("user_list").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_third_message_gives_a_key_that_serves_for_half_an_hour()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var link = wecom.Corp.Links.Create("ad", "zhang").LinkId;
        foreach (var happening in wecom.Corp.Links.Come(link, "wm1", "ad-42")) await happening.Delivered;
        for (var i = 0; i < 3; i++)
        {
            foreach (var happening in wecom.Corp.Links.Write(link, "wm1")) await happening.Delivered;
        }

        var message = CallbackSink.Open(sink.Requests.Last());
        message.Element("ChangeType")!.Value.ShouldBe("message_from_customer");
        message.Element("UserID").ShouldBeNull();
        var key = message.Element("ChatKey")!.Value;
        var info = await wecom.PostAsync(Prefix + "get_chat_info", new { chat_key = key });
        (info.Text("external_userid"), info["chat_info"]!["recv_msg_cnt"]!.GetValue<int>(), info["chat_info"].Text("state")).ShouldBe(("wm1", 3, "ad-42"));
        wecom.Clock.Move(TimeSpan.FromMinutes(31));
        (await wecom.PostAsync(Prefix + "get_chat_info", new { chat_key = key })).Code().ShouldBe(40058);
    }

    [Fact]
    public async Task Some_apis_take_only_some_kinds_of_app()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => (o.Corps[0].Apps[0].Kind, o.Corps[0].Apps[1].Kind) = (AppKinds.CustomerContact, AppKinds.ContactsSync));
        (await wecom.PostAsync(Prefix + "list_link", new { })).Code().ShouldBe(48002);
        (await wecom.PostAsync("externalcontact/get_strategy_tag_list", new { strategy_id = 1 })).Code().ShouldBe(0);
        (await wecom.PostAsync("externalcontact/customer_strategy/create", new { })).Code().ShouldBe(40058);
        var sync = await wecom.TokenAsync("secret-2");
        (await wecom.PostAsync("externalcontact/get_corp_tag_list", new { }, sync)).Code().ShouldBe(48002);
        (await wecom.PostAsync("user/list_id", new { }, sync)).Code().ShouldBe(0);
        await using var plain = await SimulatorFixture.StartAsync();
        (await plain.PostAsync("externalcontact/get_strategy_tag_list", new { strategy_id = 1 })).Code().ShouldBe(48002);
        (await plain.PostAsync("user/list_id", new { })).Code().ShouldBe(48002);
    }
}
