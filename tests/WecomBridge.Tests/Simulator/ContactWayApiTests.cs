using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

public sealed class ContactWayApiTests
{
    [Fact]
    public async Task A_contact_way_is_made_read_changed_scanned_and_deleted()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Put(new("zhang", "Zhang"));
        var added = await CallAsync(wecom, "add", new { type = 1, scene = 2, user = new[] { "zhang" }, state = "store-1", remark = "door" });
        var id = added.Text("config_id");
        added.Text("qr_code").ShouldNotBeEmpty();
        var way = (await CallAsync(wecom, "get", new { config_id = id }))["contact_way"]!;
        (way.Text("config_id"), way.Text("state"), way.Text("remark"), way["skip_verify"]!.GetValue<bool>(), way["type"]!.GetValue<int>()).ShouldBe((id, "store-1", "door", true, 1));
        way.List("user").Select(u => u!.GetValue<string>()).ShouldBe(["zhang"]);
        (await CallAsync(wecom, "update", new { config_id = id, state = "store-2" })).Code().ShouldBe(0);
        wecom.Corp.ContactWays.Scan(id, "wm1");
        (wecom.Corp.Customers.Relation("zhang", "wm1")!.State, wecom.Corp.Customers.Relation("zhang", "wm1")!.AddWay).ShouldBe(("store-2", 1));
        (await CallAsync(wecom, "del", new { config_id = id })).Code().ShouldBe(0);
        (await CallAsync(wecom, "del", new { config_id = id })).Code().ShouldBe(41044);
        wecom.Simulator.Ledger.Objects.Select(o => (o.What, o.Action)).ShouldBe([("contact-way", "created"), ("contact-way", "edited"), ("contact-way", "deleted")]);
    }

    [Fact]
    public async Task Ways_are_listed_by_age_page_by_page_without_temporary_ones_and_those_of_other_apps()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Put(new("zhang", "Zhang"));
        for (var i = 0; i < 3; i++) await CallAsync(wecom, "add", new { type = 1, scene = 1, user = new[] { "zhang" } });
        await CallAsync(wecom, "add", new { type = 1, scene = 1, user = new[] { "zhang" }, is_temp = true });
        await wecom.PostAsync("externalcontact/add_contact_way", new { type = 1, scene = 1, user = new[] { "zhang" } }, await wecom.TokenAsync("secret-2"));
        var first = await CallAsync(wecom, "list", new { limit = 2 });
        first.List("contact_way").Count.ShouldBe(2);
        var second = await CallAsync(wecom, "list", new { limit = 2, cursor = first.Text("next_cursor") });
        second.List("contact_way").ShouldHaveSingleItem();
        second.Text("next_cursor").ShouldBeEmpty();
        wecom.Clock.Move(TimeSpan.FromDays(91));
        (await CallAsync(wecom, "list", new { })).List("contact_way").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"scene":2,"user":["zhang"]}""", 41037)]
    [InlineData("""{"type":1,"user":["zhang"]}""", 41038)]
    [InlineData("""{"type":3,"scene":2,"user":["zhang"]}""", 41039)]
    [InlineData("""{"type":1,"scene":3,"user":["zhang"]}""", 41040)]
    [InlineData("""{"type":1,"scene":2,"user":["zhang","li"]}""", 40058)]
    [InlineData("""{"type":1,"scene":2}""", 40058)]
    [InlineData("""{"type":1,"scene":2,"user":["nobody"]}""", 60111)]
    [InlineData("""{"type":2,"scene":2,"party":[99]}""", 40066)]
    [InlineData("""{"type":2,"scene":2,"party":[1]}""", 0)]
    [InlineData("""{"type":2,"scene":2,"user":["zhang"],"is_temp":true}""", 40058)]
    [InlineData("""{"type":1,"scene":2,"user":["zhang"],"is_temp":true,"expires_in":1209601}""", 40058)]
    [InlineData("""{"type":1,"scene":2,"user":["zhang"],"state":"1234567890123456789012345678901"}""", 40058)]
    public async Task A_contact_way_is_held_to_its_form(string body, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        foreach (var user in new[] { "zhang", "li" }) wecom.Corp.Put(new(user, user));
        (await CallAsync(wecom, "add", JsonNode.Parse(body)!)).Code().ShouldBe(code);
    }

    [Fact]
    public async Task A_hundred_persons_are_the_most_and_an_id_must_be_named()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        for (var i = 0; i < 101; i++) wecom.Corp.Put(new($"u{i}", "U", Department: 2));
        (await CallAsync(wecom, "add", new { type = 2, scene = 2, party = new[] { 2 } })).Code().ShouldBe(41041);
        (await CallAsync(wecom, "get", new { })).Code().ShouldBe(41043);
        (await CallAsync(wecom, "get", new { config_id = "nothing" })).Code().ShouldBe(41044);
    }

    [Fact]
    public async Task A_join_way_is_overwritten_as_a_whole_and_leads_into_its_group()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var chat = wecom.Corp.Groups.Create("zhang", "G", "wm1").SubjectId;
        var id = (await JoinAsync(wecom, "add", new { scene = 2, chat_id_list = new[] { chat }, state = "s", remark = "r" })).Text("config_id");
        wecom.Corp.ContactWays.ScanJoinWay(id, "wm2");
        wecom.Corp.Groups.Find(chat).Members[^1].State.ShouldBe("s");
        (await JoinAsync(wecom, "update", new { config_id = id, scene = 1, chat_id_list = new[] { chat } })).Code().ShouldBe(0);
        var way = (await JoinAsync(wecom, "get", new { config_id = id }))["join_way"]!;
        (way.Text("state"), way.Text("remark"), way["auto_create_room"]!.GetValue<int>(), way["qr_code"]).ShouldBe(("", "", 1, null));
        (await JoinAsync(wecom, "add", new { scene = 2, chat_id_list = Enumerable.Repeat(chat, 6) })).Code().ShouldBe(41091);
        (await JoinAsync(wecom, "add", new { scene = 2, chat_id_list = new[] { "wrNothing" } })).Code().ShouldBe(90501);
        (await JoinAsync(wecom, "del", new { config_id = id })).Code().ShouldBe(0);
        (await JoinAsync(wecom, "get", new { config_id = id })).Code().ShouldBe(41044);
    }

    private static Task<JsonObject> CallAsync(SimulatorFixture wecom, string verb, object body) => wecom.PostAsync($"externalcontact/{verb}_contact_way", body);

    private static Task<JsonObject> JoinAsync(SimulatorFixture wecom, string verb, object body) => wecom.PostAsync($"externalcontact/groupchat/{verb}_join_way", body);
}
