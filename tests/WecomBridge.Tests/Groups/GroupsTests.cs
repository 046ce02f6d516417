using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Groups;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Groups;

public class GroupsTests
{
    [Fact]
    public async Task A_new_group_is_told_member_by_member_with_kind_scene_and_inviter_after_one_reading()
    {
        await using var host = await StartAsync();
        var world = GroupWorld.Create(host, "wm1");
        world.Join(host.Time.GetUtcNow(), "ZhangSan", "wm2");
        foreach (var happened in world.History) await happened.TellAsync();
        await world.SettleAsync();

        var joined = host.PublishedOf<GroupMemberJoined>();
        joined.Select(data => (data.Member, data.Kind, data.Scene, data.Inviter)).ShouldBe(
        [
            ("ZhangSan", MemberKinds.Staff, JoinScenes.QrCode, null), ("wm2", MemberKinds.Customer, JoinScenes.QrCode, null),
            ("boss", MemberKinds.Staff, JoinScenes.Invited, "boss"), ("wm1", MemberKinds.Customer, JoinScenes.Invited, "boss"),
        ]);
        joined.ShouldAllBe(data => data.At == FeatureHost.Now && data.ChatId == world.Chat && data.CorpId == "wwEXAMPLE");
        host.PublishedOf<GroupResynced>().ShouldBeEmpty();
        host.PublishedOf<GroupUpdated>().Single().OwnerId.ShouldBe("boss");
        Readings(host).ShouldBe(1);
    }

    [Fact]
    public async Task A_member_whose_kind_is_known_is_told_to_have_left_at_once_without_a_reading()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1", "wm2");
        await world.Leave(host.Time.GetUtcNow(), "wm1").TellAsync();
        await host.WorkAsync(WorkLane.Groups);

        var left = host.PublishedOf<GroupMemberLeft>().Single();
        (left.Member, left.Kind, left.Scene, left.At).ShouldBe(("wm1", MemberKinds.Customer, QuitScenes.Left, host.Time.GetUtcNow()));
        Readings(host).ShouldBe(0);
    }

    [Fact]
    public async Task A_burst_is_one_reading_and_an_event_that_comes_twice_is_told_once()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        var now = host.Time.GetUtcNow();
        foreach (var id in (string[])["wm2", "wm3", "wm4"])
        {
            var joined = world.Join(now, id);
            await joined.TellAsync();
            await joined.TellAsync();
        }

        await world.SettleAsync();
        world.Told().ShouldBe(["+wm2", "+wm3", "+wm4"]);
        host.Published.Count.ShouldBe(3);
        Readings(host).ShouldBe(1);
    }

    [Fact]
    public async Task Everybody_of_a_crowd_that_joins_at_once_is_told()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        string[] crowd = [.. Enumerable.Range(10, 40).Select(n => $"wm{n}")];
        await world.Join(host.Time.GetUtcNow(), crowd).TellAsync();

        await world.SettleAsync();

        world.Told().ShouldBe(crowd.Select(id => "+" + id));
    }

    [Fact]
    public async Task A_lost_event_is_healed_by_reading_and_the_gap_is_told()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        var before = world.Now.MemberVersion;
        world.Join(host.Time.GetUtcNow(), "wm2");
        await world.Leave(host.Time.GetUtcNow(), "wm1").TellAsync();
        await world.SettleAsync();
        await world.SettleAsync();

        await world.ShouldAgreeOnMembersAsync();
        world.Told().Order().ShouldBe(["+wm2", "-wm1"]);
        var resynced = host.PublishedOf<GroupResynced>().Single();
        (resynced.Expected, resynced.Found).ShouldBe((before, world.Now.MemberVersion));
    }

    [Fact]
    public async Task An_event_without_a_list_is_completed_by_reading_and_is_no_gap()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        await world.Join(host.Time.GetUtcNow(), "wm2", "wm3").TellAsync(EventForm.NoList);
        await world.Leave(host.Time.GetUtcNow(), "wm1").TellAsync(EventForm.NoVersions);
        await world.SettleAsync();

        await world.ShouldAgreeOnMembersAsync();
        world.Told().Order().ShouldBe(["+wm2", "+wm3", "-wm1"]);
        host.PublishedOf<GroupMemberJoined>().ShouldAllBe(data => data.Scene == JoinScenes.QrCode);
        host.PublishedOf<GroupResynced>().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_platform_is_read_again_while_it_answers_what_was_before()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        world.Lag = TimeSpan.FromSeconds(4);
        await world.Join(host.Time.GetUtcNow(), "li").TellAsync();
        await world.SettleAsync();

        (host.PublishedOf<GroupMemberJoined>().Single().Kind, Readings(host)).ShouldBe((MemberKinds.Staff, 3));
    }

    [Theory]
    [InlineData("wmA2GCAAAXtWyujaWJHDDGi0mACH71wA", MemberKinds.Customer)]
    [InlineData("wong", MemberKinds.Staff)]
    public async Task Who_came_and_went_before_the_group_was_read_is_told_with_both(string id, string kind)
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        await world.Join(host.Time.GetUtcNow(), id).TellAsync();
        await world.Leave(host.Time.GetUtcNow(), id).TellAsync();
        await world.SettleAsync();

        world.Told().ShouldBe(["+" + id, "-" + id]);
        host.PublishedOf<GroupMemberLeft>().Single().Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task An_event_whose_effect_WeCom_never_shows_does_not_keep_the_group_waiting()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        var before = world.Version;
        await host.DispatchAsync(
            new GroupMembersAdded { Corp = "acme", CorpId = "ww", App = "contact", ChatId = world.Chat, JoinScene = JoinScenes.QrCode, Count = 1, PreviousVersion = before, Version = new string('f', 32) }, host.Time.GetUtcNow());
        host.Time.Advance(TimeSpan.FromMinutes(2));

        await world.SettleAsync();

        (await world.ShouldAgreeOnMembersAsync()).ShouldBe(["boss", "wm1"]);
    }

    [Fact]
    public async Task Of_a_group_that_was_there_before_only_what_events_said_is_told()
    {
        await using var host = await StartAsync();
        var world = GroupWorld.Create(host, "wm1", "wm2");
        host.Time.Advance(TimeSpan.FromDays(3));
        var late = world.Join(host.Time.GetUtcNow(), "wm3");
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Leave(host.Time.GetUtcNow(), "wm1").TellAsync();
        await world.SettleAsync();
        await late.TellAsync();
        await world.SettleAsync();

        await world.ShouldAgreeOnMembersAsync();
        world.Told().ShouldBe(["-wm1", "+wm3"]);
        host.PublishedOf<GroupResynced>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_in_a_group_when_it_is_dissolved_has_left_it()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        await world.Dismiss(host.Time.GetUtcNow()).TellAsync();
        await world.SettleAsync();

        host.PublishedOf<GroupMemberLeft>().Select(data => (data.Member, data.Scene)).Order().ShouldBe([("boss", QuitScenes.Dismissed), ("wm1", QuitScenes.Dismissed)]);
        Readings(host).ShouldBe(0);
    }

    [Fact]
    public async Task A_dissolved_group_whose_event_was_lost_is_found_by_reading()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        world.Dismiss(host.Time.GetUtcNow());
        await world.ChangeOwner(host.Time.GetUtcNow(), "boss").TellAsync();
        await world.SettleAsync();

        world.Told().Order().ShouldBe(["-boss", "-wm1"]);
        (await world.StoredAsync()).DismissedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_crash_after_publishing_publishes_again_under_the_same_ids()
    {
        await using var host = await StartAsync();
        var world = GroupWorld.Create(host, "wm1");
        world.Join(host.Time.GetUtcNow(), "wm2");
        foreach (var happened in world.History) await happened.TellAsync();
        host.Time.Advance(TimeSpan.FromSeconds(2));
        host.Refuses = true;
        (await host.WorkAsync(WorkLane.Groups)).Single().ShouldBeOfType<NotDurableException>();
        host.Refuses = false;
        await world.SettleAsync();

        var ids = host.Published.GroupBy(message => message.Id).Select(copies => copies.Count()).ToList();
        ids.ShouldBe([2, 2, 2, 1, 1]);
        world.Told().Order().ShouldBe(world.Memberships);
    }

    [Fact]
    public async Task A_new_owner_goes_to_all_and_name_and_notice_to_those_who_may_see_profiles()
    {
        await using var host = await StartAsync();
        var world = await KnownAsync(host, "wm1");
        await world.ChangeOwner(host.Time.GetUtcNow(), "li").TellAsync();
        await world.SettleAsync();
        host.PublishedOf<GroupUpdated>().Single().OwnerId.ShouldBe("li");
        host.PublishedOf<GroupProfileUpdated>().ShouldBeEmpty();

        await world.Rename(host.Time.GetUtcNow(), "VIP 客户群", "Opening hours").TellAsync();
        await world.SettleAsync();
        var profile = host.Published.Single(message => message.Type == EventTypes.Of<GroupProfileUpdated>().CloudEventType);
        profile.Exchange.ShouldBe(Exchanges.Profiles);
        var data = host.PublishedOf<GroupProfileUpdated>().Single();
        (data.Name, data.Notice).ShouldBe(("VIP 客户群", "Opening hours"));
        host.PublishedOf<GroupUpdated>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_bridges_own_events_about_groups_are_nothing_new_to_it()
    {
        await using var host = await StartAsync();
        await host.DispatchAsync(new GroupMemberJoined { Corp = "acme", CorpId = "ww", App = "contact", ChatId = "wr1", Member = "wm1", Kind = MemberKinds.Customer, Scene = JoinScenes.QrCode });
        await host.DispatchAsync(new GroupMemberLeft { Corp = "acme", CorpId = "ww", App = "contact", ChatId = "wr1", Member = "wm1", Kind = MemberKinds.Customer, Scene = QuitScenes.Left });
        await host.DispatchAsync(new GroupResynced { Corp = "acme", CorpId = "ww", App = "contact", ChatId = "wr1", Found = "v" });
        await host.DispatchAsync(new GroupUpdated { Corp = "acme", CorpId = "ww", App = "contact", ChatId = "wr1" });
        (await host.State.ReadAsync(session => session.FindAsync<long>("SELECT COUNT(*) FROM chat_groups"))).ShouldBe(0);
    }

    private static Task<FeatureHost> StartAsync() => FeatureHost.StartAsync(bus => bus.AddGroups());

    private static int Readings(FeatureHost host) => host.Wecom.CallsOf<CgibinExternalContactGroupChatGetRequest>().Count;

    /// <summary>A group that was created, read and told; what was published and called until then is forgotten.</summary>
    private static async Task<GroupWorld> KnownAsync(FeatureHost host, params string[] customers)
    {
        var world = GroupWorld.Create(host, customers);
        await world.History[0].TellAsync();
        await world.SettleAsync();
        host.Published.Clear();
        host.Wecom.Calls.Clear();
        return world;
    }
}
