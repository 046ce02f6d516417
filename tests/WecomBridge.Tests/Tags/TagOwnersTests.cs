using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Tags;

public class TagOwnersTests
{
    private static readonly (string, string?)[] Settings =
    [
        ("Tags:Groups:Channel:Tags:0", "Store"), ("Tags:Groups:Channel:Tags:1", "Expo"),
        ("Tags:Groups:Level:Owner", "Stage"), ("Tags:Groups:Level:Exclusive", "true"), ("Tags:Groups:Level:Tags:0", "Gold"), ("Tags:Groups:Level:Tags:1", "Silver"), ("Tags:Groups:Level:Tags:2", "Own"),
        ("Tags:Groups:Shut:Owner", "Crm"), ("Tags:Groups:Shut:Mode", "Manual"), ("Tags:Groups:Shut:Tags:0", "Down"),
        ("Tags:Groups:Care:Owner", "Crm"), ("Tags:Groups:Care:Tags:0", "VIP"), ("Tags:Groups:Care:Tags:1", "Sleeping"),
        ("Tags:Rules:0:Name", "store"), ("Tags:Rules:0:When:State:0", "store-*"), ("Tags:Rules:0:Add:0", "Channel/Store"),
        .. Rule(1, "gold", "level", "Eq", "gold", "Level/Gold"), .. Rule(2, "silver", "level", "Eq", "silver", "Level/Silver"), .. Rule(3, "asleep", "lastOrder", "OlderThanDays", "30", "Channel/Expo"),
        ("Crm:Provider", "Http"), ("Crm:Http:BaseUrl", "https://crm.example/"), ("Crm:Http:FindByUnionId", "c?u={unionId}"), ("Crm:Http:Fields:id", "/id"), ("Crm:Http:Fields:level", "/level"), ("Crm:Http:Fields:lastOrder", "/lastOrder"),
    ];

    private string? _level = "silver";
    private const string LastOrder = "2026-03-01";
    private CrmException? _crmFailure;

    [Fact]
    public async Task Facts_of_the_CRM_move_the_one_tag_of_a_stage_in_one_call_once_it_has_settled()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Silver"]);

        _level = "gold";
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Silver"]);
        host.Time.Advance(TagPlan.Settling);
        await WorkAsync(host, mark: false);

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Gold"]);
        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().Count.ShouldBe(2);
        var said = host.PublishedOf<ProfileTagsChanged>()[^1];
        said.Added.ShouldHaveSingleItem().ShouldBe(new TagChange { Group = "Level", Tag = "Gold", Owner = "stage", Cause = "gold" });
        said.Removed.ShouldHaveSingleItem().ShouldBe(new TagChange { Group = "Level", Tag = "Silver", Owner = "stage" });
    }

    [Fact]
    public async Task While_a_persons_own_tag_stands_in_a_stage_the_machine_has_none_there_and_says_so()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        host.Wecom.EditTags("zhang", ["Level/Own"]);
        host.Time.Advance(TagPlan.Settling);

        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Own"]);
        (await SeenAsync(host)).Held.ShouldBe([new HeldGroup("Level", "Silver", "Own")]);

        host.Wecom.EditTags("zhang", [], "Level/Own");
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Silver"]);
        (await SeenAsync(host)).Held.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_wants_any_more_is_removed_and_what_a_person_set_stays()
    {
        await using var host = await StartAsync();
        host.Wecom.EditTags("zhang", ["Level/Own", "Channel/Expo"]);
        await CommandAsync(host, ["Care/VIP"], [], 0);
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe(["Care/VIP", "Channel/Expo", "Channel/Store", "Level/Own"]);

        await CommandAsync(host, [], ["Care/VIP", "Care/Sleeping"], 60);
        host.Wecom.Follower("zhang").State = "elsewhere";
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Expo", "Level/Own"]);
        host.PublishedOf<ProfileTagsChanged>()[^1].Removed.Select(tag => (tag.Tag, tag.Owner)).ShouldBe([("VIP", "crm"), ("Store", "rule")], ignoreOrder: true);
    }

    [Fact]
    public async Task The_newest_command_for_a_tag_stands_in_whatever_order_they_come()
    {
        await using var host = await StartAsync();
        await CommandAsync(host, [], ["Care/VIP"], 30);
        await CommandAsync(host, ["Care/VIP", "Care/Sleeping"], [], 10);
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(["Care/Sleeping", "Channel/Store", "Level/Silver"]);
    }

    [Fact]
    public async Task A_command_for_one_member_outweighs_an_older_one_for_all()
    {
        await using var host = await StartAsync("zhang", "li");
        await CommandAsync(host, ["Care/VIP"], [], 0);
        await CommandAsync(host, [], ["Care/VIP"], 5, userId: "LI");
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldContain("Care/VIP");
        host.Wecom.TagsOf("li").ShouldNotContain("Care/VIP");
    }

    [Theory]
    [InlineData("Care/Nothing", CommandRejectReasons.NotFound)]
    [InlineData("Channel/Store", CommandRejectReasons.NotAllowed)]
    [InlineData("Unknown/Store", CommandRejectReasons.NotAllowed)]
    [InlineData("Care", CommandRejectReasons.Invalid)]
    [InlineData("Shut/Down", CommandRejectReasons.NotAllowed)]
    [InlineData(null, CommandRejectReasons.Invalid)]
    public async Task A_command_that_cannot_be_carried_out_is_rejected_with_its_reason(string? tag, string reason)
    {
        await using var host = await StartAsync();

        await Should.ThrowAsync<CommandRefusedException>(() => CommandAsync(host, tag is null ? [] : ["Care/VIP", tag], [], 0));

        host.PublishedOf<CommandRejected>().ShouldHaveSingleItem().Reason.ShouldBe(reason);
        (await host.State.ReadAsync(session => TagWishes.OfCustomerAsync(session, "acme", "wm1"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_for_no_member_or_from_the_future_is_rejected()
    {
        await using var host = await StartAsync();

        await Should.ThrowAsync<CommandRefusedException>(() => CommandAsync(host, ["Care/VIP"], [], 0, userId: ""));
        await Should.ThrowAsync<CommandRefusedException>(() => CommandAsync(host, ["Care/VIP"], [], 2 * 3600));

        host.PublishedOf<CommandRejected>().Select(rejected => rejected.Reason).ShouldBe([CommandRejectReasons.Invalid, CommandRejectReasons.Invalid]);
    }

    [Fact]
    public async Task A_stage_that_was_taken_away_comes_again_when_it_was_overtaken_in_between()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        host.Wecom.EditTags("zhang", [], "Level/Silver");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store"]);

        _level = "gold";
        await WorkAsync(host);
        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Gold"]);
        _level = "silver";
        host.Time.Advance(TagPlan.Settling);
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Silver"]);
    }

    [Fact]
    public async Task Tags_of_a_former_life_whose_end_no_event_told_are_forgotten()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        host.Wecom.Follower("zhang").Tags = [];
        host.Time.Advance(TimeSpan.FromDays(1));
        host.Wecom.Follower("zhang").Createtime = host.Time.GetUtcNow().ToUnixTimeSeconds();

        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store", "Level/Silver"]);
        host.PublishedOf<ProfileTagsChanged>()[^1].Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_member_who_cannot_be_tagged_for_long_is_no_work_for_ever()
    {
        await using var host = await StartAsync();
        await host.AddedAsync();
        host.Wecom.Fails(WecomPaths.MarkTag, [.. Enumerable.Repeat(FakeWecom.Refusal(84061, WecomPaths.MarkTag), 10)]);

        for (var n = 0; n < 4; n++) (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem();
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        (await host.State.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work WHERE lane = 'tags'"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_CRM_that_is_away_leaves_its_tags_as_they_are_and_keeps_no_other_from_coming()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        (_level, _crmFailure) = ("gold", new CrmException(WecomFailure.Denied, "The CRM answered with HTTP 401."));
        await CommandAsync(host, ["Care/VIP"], [], 0);
        host.Time.Advance(TagPlan.Settling);

        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty("no failure of the app's, or its other work would wait");
        host.Wecom.TagsOf("zhang").ShouldBe(["Care/VIP", "Channel/Store", "Level/Silver"]);

        _crmFailure = null;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await WorkAsync(host, mark: false);
        host.Wecom.TagsOf("zhang").ShouldBe(["Care/VIP", "Channel/Store", "Level/Gold"]);
    }

    [Theory]
    [InlineData("AutomaticPlusManual", false)]
    [InlineData("Automatic", true)]
    public async Task What_a_person_took_away_stays_away_unless_the_group_is_the_machines_alone(string mode, bool comesBack)
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddTags(), [.. Settings, ("Tags:Groups:Channel:Mode", mode)]);
        Prepare(host, "zhang");
        await WorkAsync(host);
        host.Wecom.EditTags("zhang", [], "Channel/Store");
        host.Time.Advance(TimeSpan.FromMinutes(1));

        await WorkAsync(host);
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").Contains("Channel/Store").ShouldBe(comesBack);
        // What was set again at once is no news.
        host.PublishedOf<ProfileTagsChanged>().Skip(1).SelectMany(said => said.Removed).Select(tag => tag.Owner).ShouldBe(comesBack ? [] : ["manual"]);
    }

    [Fact]
    public async Task A_group_whose_mode_is_manual_is_left_as_it_is()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddTags(), [.. Settings, ("Tags:Groups:Channel:Mode", "Manual")]);
        Prepare(host, "zhang");

        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldBe(["Level/Silver"]);
    }

    [Fact]
    public async Task A_persons_edit_is_told_with_what_came_and_what_went()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        host.Wecom.EditTags("zhang", ["Care/VIP"], "Channel/Store");
        host.Time.Advance(TimeSpan.FromMinutes(1));

        await WorkAsync(host);

        var said = host.PublishedOf<ProfileTagsChanged>()[^1];
        said.Added.ShouldHaveSingleItem().ShouldBe(new TagChange { Group = "Care", Tag = "VIP", Owner = "manual" });
        said.Removed.ShouldHaveSingleItem().ShouldBe(new TagChange { Group = "Channel", Tag = "Store", Owner = "manual" });
    }

    [Fact]
    public async Task A_tag_of_nobodys_settings_that_has_another_name_now_is_known_by_it_and_nothing_is_told()
    {
        await using var host = await StartAsync();
        host.Wecom.Follower("zhang").Tags = [new FollowUserTag { GroupName = "By hand", TagName = "VIP", TagId = "et-vip", Type = 1 }];
        await WorkAsync(host);
        var told = host.PublishedOf<ProfileTagsChanged>().Count;

        host.Wecom.Follower("zhang").Tags = [.. host.Wecom.Follower("zhang").Tags.Where(tag => tag.TagId != "et-vip"), new FollowUserTag { GroupName = "By hand", TagName = "Regular", TagId = "et-vip", Type = 1 }];
        await WorkAsync(host);

        (await SeenAsync(host)).Tags.ShouldContain(new StandingTag("et-vip", "By hand", "Regular", TagOwners.Manual));
        host.PublishedOf<ProfileTagsChanged>().Count.ShouldBe(told);
    }

    [Fact]
    public async Task F38_a_tag_that_a_person_set_between_our_read_and_our_write_is_never_removed()
    {
        await using var host = await StartAsync();
        await host.AddedAsync();
        host.Wecom.During = api =>
        {
            if (api == WecomPaths.MarkTag) host.Wecom.EditTags("zhang", ["Level/Silver"]);
            return Task.CompletedTask;
        };
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
        host.Wecom.During = null;
        await host.DispatchAsync(new CustomerEdited { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, FeatureHost.Now);
        _level = null;
        host.Time.Advance(TimeSpan.FromMinutes(5));

        await WorkAsync(host);
        await WorkAsync(host);

        host.Wecom.TagsOf("zhang").ShouldContain("Level/Silver");
        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().ShouldAllBe(call => call.RemoveTag == null);
    }

    [Fact]
    public async Task Days_that_pass_mark_all_customers_when_a_rule_asks_for_them()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        var sweep = host.Get<TagSweep>();
        await sweep.LookAsync(default);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await WorkAsync(host, mark: false);
        host.Wecom.TagsOf("zhang").ShouldNotContain("Channel/Expo");

        host.Time.Advance(TimeSpan.FromDays(31));
        await sweep.LookAsync(default);
        await sweep.LookAsync(default);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await WorkAsync(host, mark: false);

        host.Wecom.TagsOf("zhang").ShouldContain("Channel/Expo");
        host.Wecom.CallsOf<CgibinExternalContactGetRequest>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Two_versions_of_the_settings_side_by_side_sweep_once_each_and_do_not_take_turns()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        await using var newer = host.StartBeside(bus => bus.AddTags(), [.. Settings, ("Tags:Groups:Another:Tags:0", "One")]);
        async Task<long> SweptAsync(FeatureHost at)
        {
            await at.Get<TagSweep>().LookAsync(default);
            return await host.State.WriteAsync(session => session.ExecuteAsync("DELETE FROM work WHERE lane = 'tags'"));
        }

        (await SweptAsync(host)).ShouldBe(1);
        (await SweptAsync(newer)).ShouldBe(1);
        (await SweptAsync(host)).ShouldBe(0);
        (await SweptAsync(newer)).ShouldBe(0);
    }

    [Fact]
    public async Task A_customer_who_is_gone_is_not_swept()
    {
        await using var host = await StartAsync();
        await WorkAsync(host);
        await host.DispatchAsync(new CustomerRemoved { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, FeatureHost.Now.AddSeconds(1));
        host.Wecom.Contact.FollowUser = [];
        await host.WorkAsync(WorkLane.Tags);

        await host.Get<TagSweep>().LookAsync(default);

        (await host.State.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM work WHERE lane = 'tags'"))).ShouldBe(0);
        (await host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"))).ShouldBeEmpty();
    }

    private static (string, string?)[] Rule(int n, string name, string field, string op, string value, string add) =>
    [
        ($"Tags:Rules:{n}:Name", name), ($"Tags:Rules:{n}:When:Facts:All:0:Field", field), ($"Tags:Rules:{n}:When:Facts:All:0:Op", op), ($"Tags:Rules:{n}:When:Facts:All:0:Value", value), ($"Tags:Rules:{n}:Add:0", add),
    ];

    private static async Task WorkAsync(FeatureHost host, bool mark = true)
    {
        if (mark) await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
    }

    private static Task CommandAsync(FeatureHost host, IReadOnlyList<string> add, IReadOnlyList<string> remove, int seconds, string? userId = null) =>
        host.DispatchAsync(new ApplyTags { Corp = "acme", ExternalUserId = "wm1", UserId = userId, Add = add, Remove = remove }, FeatureHost.Now.AddHours(-1).AddSeconds(seconds));

    private static async Task<RelationTags> SeenAsync(FeatureHost host) => (await host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"))).Single();

    private async Task<FeatureHost> StartAsync(params string[] members)
    {
        var host = await FeatureHost.StartAsync(bus => bus.AddTags(), Settings);
        Prepare(host, members.Length == 0 ? ["zhang"] : members);
        await host.Get<TagDictionary>().SyncAsync("acme", "contact", default);
        return host;
    }

    private void Prepare(FeatureHost host, params string[] members)
    {
        host.Wecom.Contact = new CgibinExternalContactGetResponse { ExternalContact = new ExternalContact { ExternalUserid = "wm1", Unionid = "u1" }, FollowUser = [.. members.Select(member => new FollowUser { Userid = member, State = "store-7" })] };
        host.Crm = _ => _crmFailure is not null ? throw _crmFailure : _level is null ? null : new CrmMatch
        {
            Id = "c1",
            Fields = new Dictionary<string, string> { ["id"] = "c1", ["level"] = _level, ["lastOrder"] = LastOrder },
            MatchedBy = CrmKey.UnionId,
            Confidence = CrmConfidence.Certain,
            Source = "http",
            Age = TimeSpan.Zero,
        };
    }
}
