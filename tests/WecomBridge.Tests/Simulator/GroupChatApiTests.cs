using System.Text.Json.Nodes;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

public sealed class GroupChatApiTests
{
    // The sample of api.md 5.2, without an administrator.
    private const string Sample = """
        {"errcode":0,"errmsg":"ok","group_chat":{"chat_id":"wrEXAMPLE","name":"G","owner":"zhang","create_time":1700000000,
         "notice":"n","member_version":"71aa","admin_list":[],
         "member_list":[
          {"userid":"zhang","type":1,"join_time":1700000000,"join_scene":1,"invitor":{"userid":"zhang"},"group_nickname":"","name":"Z","state":""},
          {"userid":"wmEXAMPLE","type":2,"unionid":"o","join_time":1700000100,"join_scene":3,"state":"ch_42","group_nickname":"","name":"L"}]}}
        """;

    [Fact]
    public async Task A_group_is_answered_in_the_shape_of_the_page()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Put(new SimulatedCustomer("wm1", "L") { UnionId = "o1" });
        var chat = wecom.Corp.Groups.Create("zhang", "G").SubjectId;
        wecom.Corp.Groups.Join(chat, ["wm1"], joinScene: 3, state: "ch_42");
        var answer = await wecom.PostAsync("externalcontact/groupchat/get", new { chat_id = chat, need_name = 1 });
        Json.Shape(answer).ShouldBe(Json.Shape(JsonNode.Parse(Sample)));
        (await GetAsync(wecom, chat))["group_chat"]!["member_list"]![0]!.AsObject().ContainsKey("name").ShouldBeFalse();
    }

    [Fact]
    public async Task The_answer_lags_behind_the_event_as_long_as_it_is_told_to()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.GroupLag = TimeSpan.FromSeconds(2));
        var chat = wecom.Corp.Groups.Create("zhang", "G").SubjectId;
        var before = wecom.Corp.Groups.Find(chat).Version;
        wecom.Clock.Move(TimeSpan.FromSeconds(5));
        wecom.Corp.Groups.Join(chat, ["wm1"]);
        wecom.Clock.Move(TimeSpan.FromSeconds(1));
        wecom.Corp.Groups.Join(chat, ["wm2"]);
        var versions = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            versions.Add((await GetAsync(wecom, chat))["group_chat"].Text("member_version"));
            wecom.Clock.Move(TimeSpan.FromSeconds(1));
        }

        versions[0].ShouldBe(before);
        versions[1].ShouldNotBe(before);
        versions[2].ShouldBe(wecom.Corp.Groups.Find(chat).Version);
        versions.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Groups_are_listed_by_owner_in_pages_without_the_dissolved()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var chats = Enumerable.Range(0, 3).Select(i => wecom.Corp.Groups.Create("zhang", $"G{i}").SubjectId).ToList();
        wecom.Corp.Groups.Create("li", "other");
        wecom.Corp.Groups.Dismiss(chats[1]);
        var filter = new { userid_list = new[] { "ZHANG" } };
        var first = await wecom.PostAsync("externalcontact/groupchat/list", new { owner_filter = filter, limit = 1 });
        var second = await wecom.PostAsync("externalcontact/groupchat/list", new { owner_filter = filter, limit = 1, cursor = first.Text("next_cursor") });
        new[] { first, second }.Select(p => p.List("group_chat_list").ShouldHaveSingleItem().Text("chat_id")).ShouldBe([chats[0], chats[2]]);
        second.Text("next_cursor").ShouldBe("");
        (await wecom.PostAsync("externalcontact/groupchat/list", new { })).Code().ShouldBe(40058);
        (await GetAsync(wecom, chats[1])).Code().ShouldBe(49008);
        (await GetAsync(wecom, "wrNothing")).Code().ShouldBe(90501);
    }

    private static Task<JsonObject> GetAsync(SimulatorFixture wecom, string chat) => wecom.PostAsync("externalcontact/groupchat/get", new { chat_id = chat });
}
