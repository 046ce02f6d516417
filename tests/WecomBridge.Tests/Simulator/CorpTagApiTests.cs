using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

public sealed class CorpTagApiTests
{
    // api.md 3: the answer of get_corp_tag_list with one tag.
    private const string Sample = """
        {"errcode":0,"errmsg":"ok","tag_group":[{"group_id":"et","group_name":"g","create_time":1,"order":1,"deleted":true,
          "tag":[{"id":"et","name":"t","create_time":1,"order":1,"deleted":true}]}]}
        """;

    [Fact]
    public async Task Tags_are_created_into_an_existing_group_of_that_name_and_only_the_new_ones_are_answered()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var first = await AddAsync(wecom, new { group_name = "Channel", tag = new[] { new { name = "Store" } } });
        var second = await AddAsync(wecom, new { group_name = "Channel", order = 9, tag = new[] { new { name = "Expo" } } });
        second["tag_group"].Text("group_id").ShouldBe(first["tag_group"].Text("group_id"));
        second["tag_group"].List("tag").ShouldHaveSingleItem().Text("name").ShouldBe("Expo");
        var list = await ListAsync(wecom, new { });
        list.List("tag_group").ShouldHaveSingleItem().List("tag").Select(t => t.Text("name")).ShouldBe(["Store", "Expo"]);
        wecom.Simulator.Ledger.TagDefinitions.Select(t => t.Name).ShouldBe(["Store", "Expo"]);
    }

    [Theory]
    [InlineData("""{"group_name":"Channel","tag":[{"name":"Store"}]}""", 40071)]
    [InlineData("""{"group_name":"Other","tag":[{"name":"a"},{"name":"a"}]}""", 40071)]
    [InlineData("""{"group_name":"Other","tag":[]}""", 40063)]
    [InlineData("""{"group_name":"Other"}""", 40063)]
    [InlineData("""{"group_name":"Other","tag":[{"name":"1234567890123456789012345678901"}]}""", 40072)]
    [InlineData("""{"group_id":"etNothing","tag":[{"name":"a"}]}""", 40068)]
    public async Task A_tag_that_cannot_be_created_is_refused(string body, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Tags.CreateGroup("Channel", "Store");
        (await AddAsync(wecom, JsonNode.Parse(body)!)).Code().ShouldBe(code);
    }

    [Fact]
    public async Task A_deleted_tag_is_answered_by_id_only_comes_off_customers_and_takes_its_empty_group_along()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var group = (await AddAsync(wecom, new { group_name = "Channel", tag = new[] { new { name = "Store" } } }))["tag_group"];
        var id = group.List("tag")[0].Text("id");
        (await MarkAsync(wecom, new[] { id }, [])).Code().ShouldBe(0);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.TagIds.ShouldBe([id]);
        (await wecom.PostAsync("externalcontact/del_corp_tag", new { tag_id = new[] { id } })).Code().ShouldBe(0);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.TagIds.ShouldBeEmpty();
        (await ListAsync(wecom, new { })).List("tag_group").ShouldBeEmpty();
        var asked = await ListAsync(wecom, new { tag_id = new[] { id } });
        Json.Shape(asked).ShouldBe(Json.Shape(JsonNode.Parse(Sample)));
        asked.List("tag_group")[0]!["deleted"]!.GetValue<bool>().ShouldBeTrue();
        (await MarkAsync(wecom, new[] { id }, [])).Code().ShouldBe(40068);
        (await wecom.PostAsync("externalcontact/del_corp_tag", new { tag_id = new[] { id } })).Code().ShouldBe(40068);
    }

    [Fact]
    public async Task Only_its_creator_may_change_a_tag_through_the_api()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Tags.CreateGroup("Console", "Vip");
        var id = wecom.Corp.Tags.FindId("Console", "Vip");
        (await wecom.PostAsync("externalcontact/edit_corp_tag", new { id, name = "Mine" })).Code().ShouldBe(81011);
        (await wecom.PostAsync("externalcontact/del_corp_tag", new { tag_id = new[] { id } })).Code().ShouldBe(81011);
        var own = (await AddAsync(wecom, new { group_name = "Own", tag = new[] { new { name = "a" }, new { name = "b" } } }))["tag_group"].List("tag")[0].Text("id");
        (await wecom.PostAsync("externalcontact/edit_corp_tag", new { id = own, name = "b" })).Code().ShouldBe(40071);
        (await wecom.PostAsync("externalcontact/edit_corp_tag", new { id = own, name = "c" })).Code().ShouldBe(0);
        wecom.Corp.Tags.FindId("Own", "c").ShouldBe(own);
    }

    [Fact]
    public async Task Marking_is_all_or_nothing_and_goes_into_the_ledger()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Tags.CreateGroup("Channel", "Store", "Expo");
        var (store, expo) = (wecom.Corp.Tags.FindId("Channel", "Store")!, wecom.Corp.Tags.FindId("Channel", "Expo")!);
        (await MarkAsync(wecom, [store, "etNothing"], [])).Code().ShouldBe(40068);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.TagIds.ShouldBeEmpty();
        (await MarkAsync(wecom, [], [])).Code().ShouldBe(40063);
        (await MarkAsync(wecom, [store], [])).Code().ShouldBe(0);
        (await MarkAsync(wecom, [expo], [store])).Code().ShouldBe(0);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.TagIds.ShouldBe([expo]);
        wecom.Simulator.Ledger.TagMarks.Select(m => (m.Added.Count, m.Removed.Count)).ShouldBe([(1, 0), (1, 1)]);
        wecom.Corp.Customers.RemoveByStaff("zhang", "wm1");
        (await MarkAsync(wecom, [store], [])).Code().ShouldBe(84061);
    }

    [Fact]
    public async Task Two_writers_on_one_relation_at_once_are_one_too_many()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.ApiLatency = TimeSpan.FromSeconds(1));
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.Customers.Add("zhang", "wm2");
        wecom.Corp.Tags.CreateGroup("Channel", "Store");
        var store = wecom.Corp.Tags.FindId("Channel", "Store")!;
        var token = await wecom.TokenAsync();
        var codes = await Task.WhenAll(
            wecom.PostAsync("externalcontact/mark_tag", new { userid = "zhang", external_userid = "wm1", add_tag = new[] { store } }, token),
            wecom.PostAsync("externalcontact/mark_tag", new { userid = "ZHANG", external_userid = "wm1", add_tag = new[] { store } }, token),
            wecom.PostAsync("externalcontact/mark_tag", new { userid = "zhang", external_userid = "wm2", add_tag = new[] { store } }, token));
        codes.Select(c => c.Code()).Order().ShouldBe([0, 0, 45035]);
    }

    private static Task<JsonObject> AddAsync(SimulatorFixture wecom, object body) => wecom.PostAsync("externalcontact/add_corp_tag", body);

    private static Task<JsonObject> ListAsync(SimulatorFixture wecom, object body) => wecom.PostAsync("externalcontact/get_corp_tag_list", body);

    private static Task<JsonObject> MarkAsync(SimulatorFixture wecom, string[] add, string[] remove) =>
        wecom.PostAsync("externalcontact/mark_tag", new { userid = "zhang", external_userid = "wm1", add_tag = add, remove_tag = remove });
}
