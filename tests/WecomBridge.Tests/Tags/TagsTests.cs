using WecomBridge.Broker;
using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Tags;

public class TagsTests
{
    private static readonly RelationKey Zhang = new("acme", "zhang", "wm1");

    private static readonly (string, string?)[] Settings =
    [
        ("Tags:Groups:Channel:Tags:0", "Store"), ("Tags:Groups:Channel:Tags:1", "Expo"),
        ("Tags:Groups:Stage:Tags:0", "New"), ("Tags:Groups:Stage:Tags:1", "Old"), ("Tags:Groups:Stage:Exclusive", "true"),
        ("Tags:Rules:0:Name", "store"), ("Tags:Rules:0:When:State:0", "store-*"), ("Tags:Rules:0:Add:0", "Channel/Store"),
        ("Tags:Rules:1:Name", "stage"), ("Tags:Rules:1:When:State:0", "*stage"), ("Tags:Rules:1:Add:0", "Stage/New"),
    ];

    [Fact]
    public async Task A_customer_of_a_channel_gets_its_tag_which_is_created_on_the_way()
    {
        await using var host = await StartAsync();

        await AddAndWorkAsync(host);

        host.Wecom.Follower("zhang").Tags.Select(t => $"{t.GroupName}/{t.TagName}").ShouldBe(["Channel/Store"]);
        host.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().Select(created => created.GroupName).ShouldBe(["Channel", "Stage"]);
        var said = host.PublishedOf<ProfileTagsChanged>().ShouldHaveSingleItem();
        said.Added.ShouldHaveSingleItem().ShouldBe(new TagChange { Group = "Channel", Tag = "Store", Owner = "rule", Cause = "store" });
        said.Removed.ShouldBeEmpty();
        host.Published.ShouldHaveSingleItem().Exchange.ShouldBe(Exchanges.Profiles);
        (await LedgerAsync(host)).ShouldHaveSingleItem().Status.ShouldBe(TagLedgerStatus.Ours);
    }

    [Fact]
    public async Task Working_it_again_writes_nothing()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);

        await AddAndWorkAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().ShouldHaveSingleItem();
        host.Published.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task When_a_rule_no_longer_holds_its_tag_goes_and_what_a_person_set_stays()
    {
        await using var host = await StartAsync();
        host.Wecom.AddTags(new CorpTagGroup { GroupName = "Channel", Tag = [new CorpTag { Id = "et-store", Name = "Store" }, new CorpTag { Id = "et-person", Name = "Expo" }] });
        host.Wecom.Follower("zhang").Tags = [new FollowUserTag { GroupName = "Channel", TagName = "Expo", TagId = "et-person", Type = 1 }, new FollowUserTag { TagName = "mine", Type = 2 }];
        await AddAndWorkAsync(host);
        host.Wecom.Follower("zhang").Tags.Count.ShouldBe(3);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        host.Wecom.Follower("zhang").State = "nothing";

        await AddAndWorkAsync(host, FeatureHost.Now.AddSeconds(50), "nothing");

        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>()[^1].RemoveTag.ShouldBe(["et-store"]);
        host.Wecom.Follower("zhang").Tags.Select(tag => tag.TagName).ShouldBe(["Expo", "mine"]);
    }

    [Fact]
    public async Task What_could_not_be_told_before_the_relation_ended_is_told_after()
    {
        await using var host = await StartAsync();
        host.Refuses = true;
        await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem().ShouldBeOfType<NotDurableException>();
        (host.Refuses, host.Wecom.Contact.FollowUser) = (false, []);
        host.Published.Clear();
        await host.DispatchAsync(new CustomerRemoved { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, FeatureHost.Now.AddMinutes(1));

        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.PublishedOf<ProfileTagsChanged>().ShouldHaveSingleItem().Added.ShouldHaveSingleItem().Tag.ShouldBe("Store");
        (await LedgerAsync(host)).ShouldBeEmpty();
        (await host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"))).ShouldHaveSingleItem().ShouldSatisfyAllConditions(seen => seen.Tags.ShouldBeEmpty(), seen => seen.News.ShouldBeNull());
    }

    [Fact]
    public async Task What_was_seen_before_the_relation_ended_is_not_recorded_after()
    {
        await using var host = await StartAsync();
        await host.DispatchAsync(new CustomerRemoved { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" }, FeatureHost.Now);
        var late = new RelationTags(Zhang, [new StandingTag("et1", "Channel", "Store", "rule")], [], FeatureHost.Now.AddSeconds(-1));

        await host.State.WriteAsync(session => RelationTagStore.PutAsync(session, late));
        (await host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"))).ShouldBeEmpty();

        await host.State.WriteAsync(session => RelationTagStore.PutAsync(session, late with { ReadAt = FeatureHost.Now.AddSeconds(2) }));
        (await host.State.ReadAsync(session => RelationTagStore.OfCustomerAsync(session, "acme", "wm1"))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_app_that_only_receives_callbacks_leaves_the_work_to_one_that_can_make_calls()
    {
        await using var host = await FeatureHost.StartAsync(bus => bus.AddTags(), [.. Settings, ("Wecom:Corps:acme:Apps:ear:Keys:0:Token", "t"), ("Wecom:Corps:acme:Apps:ear:Keys:0:EncodingAesKey", new string('a', 43))]);

        await host.DispatchAsync(new CustomerAdded { Corp = "acme", CorpId = "ww", App = "ear", UserId = "zhang", ExternalUserId = "wm1" });

        (await host.State.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Tags, "test", 10, host.Time.GetUtcNow(), TimeSpan.FromMinutes(1)))).ShouldHaveSingleItem().App.ShouldBe("contact");
    }

    [Fact]
    public async Task A_tag_a_person_took_away_is_not_added_again()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);
        host.Wecom.Follower("zhang").Tags = [];
        host.Time.Advance(TimeSpan.FromMinutes(1));

        await AddAndWorkAsync(host);

        host.Wecom.Follower("zhang").Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_a_person_set_first_stays_theirs()
    {
        await using var host = await StartAsync();
        host.Wecom.AddTags(new CorpTagGroup { GroupName = "Channel", Tag = [new CorpTag { Id = "et9", Name = "Store" }] });
        host.Wecom.Follower("zhang").Tags = [new FollowUserTag { GroupName = "Channel", TagName = "Store", TagId = "et9", Type = 1 }];

        await AddAndWorkAsync(host);

        (await LedgerAsync(host)).ShouldBeEmpty();
        host.PublishedOf<ProfileTagsChanged>().ShouldHaveSingleItem().Added.ShouldHaveSingleItem().ShouldBe(new TagChange { Group = "Channel", Tag = "Store", Owner = "manual" });
    }

    [Fact]
    public async Task A_customer_removed_and_added_anew_gets_the_tag_anew()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);
        await host.DispatchAsync(new CustomerRemoved { Corp = "acme", CorpId = "ww", App = "contact", UserId = "ZHANG", ExternalUserId = "wm1" }, FeatureHost.Now.AddMinutes(1));
        host.Wecom.Follower("zhang").Tags = [];

        await AddAndWorkAsync(host, FeatureHost.Now.AddMinutes(2));

        host.Wecom.Follower("zhang").Tags.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task In_an_exclusive_group_a_standing_tag_keeps_its_place()
    {
        await using var host = await StartAsync();
        host.Wecom.Follower("zhang").State = "stage";
        host.Wecom.Follower("zhang").Tags = [new FollowUserTag { GroupName = "Stage", TagName = "Old", TagId = "et-person", Type = 1 }];

        await AddAndWorkAsync(host, state: "stage");

        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_crash_between_call_and_ledger_leaves_the_tag_ours()
    {
        await using var host = await StartAsync();
        host.Wecom.AddTags(new CorpTagGroup { GroupName = "Channel", Tag = [new CorpTag { Id = "et9", Name = "Store" }] });
        await host.State.WriteAsync(s => TagLedger.TryIntendAsync(s, Zhang, [new TagLedgerEntry("et9", "Channel", "rule", "store", Guid.NewGuid())], [], null, FeatureHost.Now, FeatureHost.Now));
        host.Wecom.Follower("zhang").Tags = [new FollowUserTag { GroupName = "Channel", TagName = "Store", TagId = "et9", Type = 1 }];

        await AddAndWorkAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().ShouldBeEmpty();
        host.PublishedOf<ProfileTagsChanged>().ShouldHaveSingleItem();
        (await LedgerAsync(host)).ShouldHaveSingleItem().Status.ShouldBe(TagLedgerStatus.Ours);
    }

    [Fact]
    public async Task A_crash_between_telling_and_noting_it_is_told_once_more_under_the_same_id()
    {
        await using var host = await StartAsync();
        host.Refuses = true;
        await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem().ShouldBeOfType<NotDurableException>();
        host.Refuses = false;

        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Published.Count.ShouldBe(2);
        host.Published.Select(message => message.Id).Distinct().ShouldHaveSingleItem();
        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_lost_answer_leaves_an_intent_and_the_next_run_ends_it()
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.MarkTag, FakeWecom.Unanswered(WecomPaths.MarkTag));
        await host.AddedAsync();

        (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem().ShouldBeOfType<WecomException>().Failure.ShouldBe(WecomFailure.Transient);
        (await LedgerAsync(host)).ShouldHaveSingleItem().Status.ShouldBe(TagLedgerStatus.Adding);
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Wecom.Follower("zhang").Tags.ShouldHaveSingleItem();
        host.PublishedOf<ProfileTagsChanged>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_tag_deleted_since_it_was_read_is_cut_out_and_the_rest_is_written()
    {
        await using var host = await StartAsync();
        host.Wecom.Follower("zhang").State = "both";
        await AddAndWorkAsync(host, state: "nothing");
        await host.Get<TagDictionary>().SyncAsync("acme", "contact", default);
        host.Wecom.Groups.Single(g => g.GroupName == "Channel").Tag = [.. host.Wecom.Groups.Single(g => g.GroupName == "Channel").Tag.Where(t => t.Name != "Store")];
        host.Wecom.Fails(WecomPaths.MarkTag, FakeWecom.Refusal(40068, WecomPaths.MarkTag));
        host.Wecom.Follower("zhang").State = "store-stage";

        await AddAndWorkAsync(host, state: "store-stage");
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Wecom.TagsOf("zhang").ShouldBe(["Stage/New"]);
    }

    [Fact]
    public async Task A_refused_tag_that_exists_all_the_same_is_tried_again_later()
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.MarkTag, FakeWecom.Refusal(40068, WecomPaths.MarkTag));
        await host.AddedAsync();

        (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem().ShouldBeOfType<WecomException>().Failure.ShouldBe(WecomFailure.Conflict);
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Store"]);
    }

    [Fact]
    public async Task A_tag_somebody_else_creates_at_the_same_time_is_used()
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.AddCorpTag, FakeWecom.Refusal(40071, WecomPaths.AddCorpTag));
        host.Wecom.During = api =>
        {
            if (api == WecomPaths.AddCorpTag) host.Wecom.AddTags(new CorpTagGroup { GroupName = "Channel", Tag = [new CorpTag { Id = "theirs", Name = "Store" }] });
            return Task.CompletedTask;
        };

        await AddAndWorkAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactMarkTagRequest>().ShouldHaveSingleItem().AddTag.ShouldBe(["theirs"]);
    }

    [Fact]
    public async Task A_contact_just_added_that_the_platform_does_not_know_yet_is_tried_again_and_an_old_one_is_gone()
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.ExternalContactGet, FakeWecom.Refusal(84061, WecomPaths.ExternalContactGet), FakeWecom.Refusal(84061, WecomPaths.ExternalContactGet));
        await host.AddedAsync();

        (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem().ShouldBeOfType<WecomException>().Failure.ShouldBe(WecomFailure.Transient);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        (await host.WorkAsync(WorkLane.Tags)).ShouldHaveSingleItem().ShouldBeOfType<WecomException>().Failure.ShouldBe(WecomFailure.Gone);
    }

    [Fact]
    public async Task A_command_for_tags_nobody_gave_to_the_crm_is_rejected()
    {
        await using var host = await StartAsync();

        await Should.ThrowAsync<CommandRefusedException>(() => host.DispatchAsync(new ApplyTags { Corp = "acme", ExternalUserId = "wm1", Add = ["Channel/Store"] }));

        host.PublishedOf<CommandRejected>().ShouldHaveSingleItem().Reason.ShouldBe(CommandRejectReasons.NotAllowed);
    }

    [Fact]
    public async Task Events_without_an_effect_are_taken_all_the_same()
    {
        await using var host = await StartAsync();

        await host.DispatchAsync(new CustomerTransferFailed { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1", FailReason = "unknown" });
        await host.DispatchAsync(new CustomerArchiveAgreed { Corp = "acme", CorpId = "ww", App = "contact", UserId = "zhang", ExternalUserId = "wm1" });
        await host.DispatchAsync(new TagDeleted { Corp = "acme", CorpId = "ww", App = "contact", Id = "et1", Kind = "tag" });

        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
        host.Wecom.Calls.ShouldBeEmpty();
    }

    private static async Task<FeatureHost> StartAsync()
    {
        var host = await FeatureHost.StartAsync(bus => bus.AddTags(), Settings);
        host.Wecom.Contact = new CgibinExternalContactGetResponse { FollowUser = [new FollowUser { Userid = "zhang", State = "store-7" }] };
        return host;
    }

    private static async Task AddAndWorkAsync(FeatureHost host, DateTimeOffset? time = null, string state = "store-7")
    {
        await host.AddedAsync(state: state, time: time);
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<TagLedgerEntry>> LedgerAsync(FeatureHost host) => [.. (await host.State.ReadAsync(s => TagLedger.OfCustomerAsync(s, "acme", "wm1")))[Zhang.UserKey]];
}
