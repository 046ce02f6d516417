using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

public sealed class CustomerApiTests
{
    // The sample of api.md 2.3 for a WeChat user with one corp tag and one phone number.
    private const string Sample = """
        {"errcode":0,"errmsg":"ok",
         "external_contact":{"external_userid":"wmEXAMPLE01","name":"Lin","position":"","avatar":"https://…/0",
           "corp_name":"","corp_full_name":"","type":1,"gender":0,"unionid":"oEXAMPLEunion"},
         "follow_user":[{"userid":"zhang","remark":"Lin (A)","description":"vip","createtime":1700000000,
           "tags":[{"group_name":"level","tag_name":"gold","tag_id":"etEXAMPLE","type":1}],
           "remark_corp_name":"Acme","remark_mobiles":["13000000000"],
           "oper_userid":"zhang","add_way":1,"state":"ch_42"}],
         "next_cursor":""}
        """;

    [Fact]
    public async Task A_customer_is_answered_in_the_shape_of_the_page()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Put(new SimulatedCustomer("wm1", "Lin 🌸") { UnionId = "o1" });
        wecom.Corp.Tags.CreateGroup("level", "gold");
        wecom.Corp.Customers.Add("zhang", "wm1", new AddDetails { State = "ch_42" });
        await wecom.PostAsync("externalcontact/remark", new { userid = "zhang", external_userid = "wm1", remark = "Lin (A)", remark_mobiles = new[] { "13000000000" } });
        await wecom.PostAsync("externalcontact/mark_tag", new { userid = "zhang", external_userid = "wm1", add_tag = new[] { wecom.Corp.Tags.FindId("level", "gold") } });
        var answer = await wecom.GetAsync("externalcontact/get?external_userid=wm1");
        Json.Shape(answer).ShouldBe(Json.Shape(JsonNode.Parse(Sample)));
        answer["external_contact"].Text("name").ShouldBe("Lin 🌸");
        answer["follow_user"]![0].Text("state").ShouldBe("ch_42");
        answer["follow_user"]![0]!["tags"]![0].Text("tag_name").ShouldBe("gold");
    }

    [Fact]
    public async Task More_than_500_followers_come_in_pages_until_the_cursor_is_empty()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        for (var i = 0; i < 501; i++) wecom.Corp.Customers.Add($"staff{i}", "wm1");
        var first = await wecom.GetAsync("externalcontact/get?external_userid=wm1");
        first.List("follow_user").Count.ShouldBe(500);
        var second = await wecom.GetAsync("externalcontact/get?external_userid=wm1&cursor=" + Uri.EscapeDataString(first.Text("next_cursor")));
        second.List("follow_user").Count.ShouldBe(1);
        second.Text("next_cursor").ShouldBe("");
        (await wecom.GetAsync("externalcontact/get?external_userid=wm1&cursor=nonsense")).Code().ShouldBe(50100);
    }

    [Fact]
    public async Task A_batch_pages_over_pairs_and_binds_its_cursor_to_the_request()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        for (var i = 0; i < 5; i++) wecom.Corp.Customers.Add("zhang", $"wm{i}");
        wecom.Corp.Customers.Add("li", "wm0");
        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "ZHANG", "li" }, cursor, limit = 4 });
            page.Code().ShouldBe(0);
            seen.AddRange(page.List("external_contact_list").Select(e => e!["follow_info"].Text("userid") + " " + e["external_contact"].Text("external_userid")));
            cursor = page.Text("next_cursor");
            if (cursor.Length > 0) (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "li" }, cursor })).Code().ShouldBe(50100);
        }
        while (cursor.Length > 0);
        seen.ShouldBe(["zhang wm0", "zhang wm1", "zhang wm2", "zhang wm3", "zhang wm4", "li wm0"]);
        (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "li" }, limit = 101 })).Code().ShouldBe(40058);
        (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = Enumerable.Repeat("li", 101) })).Code().ShouldBe(40032);
    }

    [Fact]
    public async Task A_batch_entry_has_one_follow_info_with_tag_ids()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Tags.CreateGroup("level", "gold");
        var tag = wecom.Corp.Tags.FindId("level", "gold")!;
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.EditTags("zhang", "wm1", [tag], []);
        var entry = (await wecom.PostAsync("externalcontact/batch/get_by_user", new { userid_list = new[] { "zhang" } })).List("external_contact_list").ShouldHaveSingleItem();
        entry!["follow_info"].List("tag_id").ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(tag);
        entry["follow_info"]!.AsObject().ContainsKey("tags").ShouldBeFalse();
    }

    [Fact]
    public async Task A_relation_answers_as_its_life_goes_on()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        (await GetAsync(wecom)).ShouldBe(40096);
        wecom.Corp.Customers.HalfAdd("zhang", "wm1");
        (await GetAsync(wecom)).ShouldBe(84061);
        wecom.Corp.Customers.Add("zhang", "wm1");
        (await GetAsync(wecom)).ShouldBe(0);
        wecom.Corp.Customers.LeaveByCustomer("zhang", "wm1");
        (await GetAsync(wecom)).ShouldBe(0);
        (await wecom.PostAsync("externalcontact/remark", new { userid = "Zhang", external_userid = "wm1", remark = "still" })).Code().ShouldBe(0);
        wecom.Corp.Customers.RemoveByStaff("zhang", "wm1");
        (await GetAsync(wecom)).ShouldBe(84061);
        (await wecom.PostAsync("externalcontact/remark", new { userid = "zhang", external_userid = "wm1", remark = "gone" })).Code().ShouldBe(84061);
        (await wecom.GetAsync("externalcontact/list?userid=zhang")).Code().ShouldBe(84061);
    }

    [Fact]
    public async Task A_customer_who_comes_back_finds_remark_and_tags_unless_the_member_had_deleted_them()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1", new AddDetails { State = "first" });
        wecom.Corp.Customers.Edit("zhang", "wm1", r => r with { Remark = "Lin" });
        wecom.Clock.Move(TimeSpan.FromDays(1));
        wecom.Corp.Customers.LeaveByCustomer("zhang", "wm1");
        wecom.Corp.Customers.Add("zhang", "wm1", new AddDetails { State = "second" });
        var relation = wecom.Corp.Customers.Relation("zhang", "wm1")!;
        (relation.Remark, relation.State, relation.CreatedAt).ShouldBe(("Lin", "second", wecom.Clock.GetUtcNow()));
        wecom.Corp.Customers.RemoveByStaff("zhang", "wm1");
        wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes.Count.ShouldBe(2);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.Remark.ShouldBe("");
    }

    [Fact]
    public async Task A_young_relation_may_not_be_visible_yet()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.RelationLag = TimeSpan.FromSeconds(2));
        wecom.Corp.Customers.Add("zhang", "wm1");
        (await GetAsync(wecom)).ShouldBe(84061);
        wecom.Clock.Move(TimeSpan.FromSeconds(2));
        (await GetAsync(wecom)).ShouldBe(0);
    }

    [Fact]
    public async Task The_lists_name_members_and_their_customers()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Put(new SimulatedStaff("li", "Li", Department: 2));
        (await wecom.GetAsync("externalcontact/get_follow_user_list")).List("follow_user").Select(u => u!.GetValue<string>()).ShouldBe(["zhang", "li"]);
        (await wecom.GetAsync("externalcontact/list?userid=ZHANG")).List("external_userid").ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("wm1");
        (await wecom.GetAsync("user/simplelist?department_id=2")).List("userlist").ShouldHaveSingleItem().Text("name").ShouldBe("Li");
        (await wecom.GetAsync("user/get?userid=LI")).Text("userid").ShouldBe("li");
        (await wecom.GetAsync("user/get?userid=nobody")).Code().ShouldBe(60111);
        (await wecom.GetAsync("department/list")).List("department").Select(d => d!["id"]!.GetValue<int>()).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("""{"userid":"zhang"}""", 41035)]
    [InlineData("""{"external_userid":"wm1"}""", 41009)]
    [InlineData("""{"userid":"zhang","external_userid":"wm1"}""", 40058)]
    [InlineData("""{"userid":"zhang","external_userid":"wm1","remark":"123456789012345678901"}""", 40058)]
    [InlineData("""{"userid":"zhang","external_userid":"wm1","remark":"一二三四五六七八九十一二三四五六七八九十"}""", 0)]
    [InlineData("""{"userid":"zhang","external_userid":"wm1","remark_company":"123456789012345678901"}""", 40058)]
    [InlineData("""{"userid":"zhang","external_userid":"wm1","remark_company":""}""", 0)]
    [InlineData("""{"userid":"zhang","external_userid":"wmX","remark":"a"}""", 40096)]
    [InlineData("""[]""", 40035)]
    public async Task A_remark_is_held_to_its_limits(string body, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        (await wecom.PostAsync("externalcontact/remark", JsonNode.Parse(body)!)).Code().ShouldBe(code);
    }

    [Fact]
    public async Task A_remark_overwrites_the_numbers_leaves_the_rest_and_calls_nobody_back()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        await using var sink = await CallbackSink.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.Edit("zhang", "wm1", r => r with { Remark = "old", Description = "kept", RemarkMobiles = ["1", "2"] });
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        await wecom.PostAsync("externalcontact/remark", new { userid = "zhang", external_userid = "wm1", remark = "new", remark_mobiles = new[] { "3" } });
        var relation = wecom.Corp.Customers.Relation("zhang", "wm1")!;
        (relation.Remark, relation.Description, relation.RemarkMobiles.ShouldHaveSingleItem()).ShouldBe(("new", "kept", "3"));
        wecom.Simulator.Ledger.Remarks.ShouldHaveSingleItem().Remark.ShouldBe("new");
        wecom.Simulator.Ledger.Callbacks.ShouldBeEmpty();
    }

    private static async Task<int> GetAsync(SimulatorFixture wecom) => (await wecom.GetAsync("externalcontact/get?external_userid=wm1")).Code();
}
