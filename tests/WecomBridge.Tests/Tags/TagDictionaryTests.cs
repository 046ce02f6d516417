using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tags;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Tags;

public class TagDictionaryTests
{
    private static readonly (string, string?)[] Settings = [("Tags:Groups:Channel:Tags:0", "Store"), ("Tags:Groups:Channel:Tags:1", "Expo")];

    [Fact]
    public async Task Tags_that_exist_are_adopted_and_the_others_created_in_their_group()
    {
        await using var host = await StartAsync();
        host.Wecom.Groups.Add(Group("g1", "Channel", ("t1", "Store")));

        var (ids, _) = await SyncAsync(host);

        ids.Find(new TagName("Channel", "Store")).ShouldBe("t1");
        ids.Find(new TagName("Channel", "Expo")).ShouldNotBeNull();
        var created = host.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().ShouldHaveSingleItem();
        (created.GroupId, created.GroupName, created.Tag.Single().Name).ShouldBe(("g1", null, "Expo"));
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_rename_in_the_settings_is_a_rename_in_WeCom_and_the_tag_keeps_its_id()
    {
        await using var host = await StartAsync();
        host.Wecom.Groups.Add(Group("g1", "Channel", ("t1", "Store"), ("t2", "Expo")));
        await SyncAsync(host);
        await using var renamed = host.StartBeside(
            bus => bus.AddTags(), ("Tags:Groups:Source:RenamedFrom", "Channel"), ("Tags:Groups:Source:Tags:0", "Shop"), ("Tags:Groups:Source:Tags:1", "Expo"), ("Tags:Groups:Source:Renamed:Store", "Shop"));
        renamed.Wecom.Groups.AddRange(host.Wecom.Groups);

        var (ids, _) = await SyncAsync(renamed);

        renamed.Wecom.CallsOf<CgibinExternalContactEditCorpTagRequest>().Select(edit => (edit.Id, edit.Name)).ShouldBe([("g1", "Source"), ("t1", "Shop")]);
        renamed.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().ShouldBeEmpty();
        (ids.Find(new TagName("Source", "Shop")), ids.Find(new TagName("Source", "Expo"))).ShouldBe(("t1", "t2"));
        (await HealthAsync(renamed)).Status.ShouldBe(HealthStatus.Healthy);
        await SyncAsync(renamed);
        renamed.Wecom.CallsOf<CgibinExternalContactEditCorpTagRequest>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task F39_a_group_an_administrator_deleted_is_not_created_again_and_health_names_it()
    {
        await using var host = await StartAsync();
        await SyncAsync(host);
        host.Wecom.Groups.Clear();
        await host.DispatchAsync(new TagDeleted { Corp = "acme", CorpId = "ww", App = "contact", Id = "gr1", Kind = "group" });
        host.Time.Advance(TimeSpan.FromSeconds(2));

        (await host.WorkAsync(WorkLane.Dictionary)).ShouldBeEmpty();
        await SyncAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().ShouldHaveSingleItem();
        var health = await HealthAsync(host);
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description!.ShouldStartWith("Tags:Groups:Channel was deleted in WeCom");
    }

    [Fact]
    public async Task F39_a_tag_an_administrator_deleted_stays_deleted_while_customers_go_on_and_one_of_the_same_name_is_adopted()
    {
        await using var host = await StartAsync([.. Settings, ("Tags:Rules:0:Name", "all"), ("Tags:Rules:0:Add:0", "Channel/Store"), ("Tags:Rules:0:Add:1", "Channel/Expo")]);
        host.Wecom.Contact = new CgibinExternalContactGetResponse { FollowUser = [new FollowUser { Userid = "zhang" }] };
        await SyncAsync(host);
        host.Wecom.Groups.Single().Tag = [.. host.Wecom.Groups.Single().Tag.Where(tag => tag.Name != "Store")];
        await SyncAsync(host);

        await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Wecom.TagsOf("zhang").ShouldBe(["Channel/Expo"]);
        (await HealthAsync(host)).Description!.ShouldStartWith("Tags:Groups:Channel:Tags:Store was deleted in WeCom");

        host.Wecom.Groups.Single().Tag = [.. host.Wecom.Groups.Single().Tag, new CorpTag { Id = "new", Name = "Store" }];
        (await SyncAsync(host)).Ids.Find(new TagName("Channel", "Store")).ShouldBe("new");
        (await HealthAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        host.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task F39_a_tag_an_administrator_renamed_goes_on_under_its_id_and_health_names_it()
    {
        await using var host = await StartAsync([.. Settings, ("Tags:Rules:0:Name", "all"), ("Tags:Rules:0:Add:0", "Channel/Store")]);
        host.Wecom.Contact = new CgibinExternalContactGetResponse { FollowUser = [new FollowUser { Userid = "zhang" }] };
        await SyncAsync(host);
        host.Wecom.Groups.Single().GroupName = "Channels";
        host.Wecom.Groups.Single().Tag.Single(tag => tag.Name == "Store").Name = "Shop";
        await SyncAsync(host);

        await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Tags)).ShouldBeEmpty();

        host.Wecom.TagsOf("zhang").ShouldBe(["Channels/Shop"]);
        host.Wecom.CallsOf<CgibinExternalContactEditCorpTagRequest>().ShouldBeEmpty();
        var health = (await HealthAsync(host)).Description!;
        health.ShouldContain("Tags:Groups:Channel is called \"Channels\" in WeCom");
        health.ShouldContain("Tags:Groups:Channel:Tags:Store is called \"Shop\" in WeCom");
    }

    [Fact]
    public async Task A_rename_that_WeCom_refuses_keeps_the_tag_under_its_old_name()
    {
        await using var host = await StartAsync([("Tags:Groups:Channel:Tags:0", "Shop"), ("Tags:Groups:Channel:Renamed:Store", "Shop")]);
        host.Wecom.Groups.Add(Group("g1", "Channel", ("t1", "Store")));
        host.Wecom.Fails(WecomPaths.EditCorpTag, FakeWecom.Refusal(81011, WecomPaths.EditCorpTag));

        var (ids, _) = await SyncAsync(host);

        ids.Find(new TagName("Channel", "Shop")).ShouldBe("t1");
        (await HealthAsync(host)).Description!.ShouldContain("is called \"Store\" in WeCom");
    }

    [Fact]
    public async Task Beyond_3000_tags_none_is_created_and_health_warns_before()
    {
        await using var host = await StartAsync();
        host.Wecom.Groups.Add(Group("g9", "Others", [.. Enumerable.Range(0, 2999).Select(n => ($"x{n}", $"Tag {n}"))]));

        var (ids, _) = await SyncAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactAddCorpTagRequest>().ShouldBeEmpty();
        ids.Find(new TagName("Channel", "Store")).ShouldBeNull();
        ids.IsUnheardOf(new TagName("Channel", "Store")).ShouldBeFalse();
        var health = (await HealthAsync(host)).Description!;
        health.ShouldContain("Tags:Groups:Channel:Tags:Store could not be created");
        health.ShouldContain("Corp acme has 2999 of at most 3000 tags.");
    }

    private static Task<FeatureHost> StartAsync(params (string, string?)[] settings) => FeatureHost.StartAsync(bus => bus.AddTags(), settings.Length == 0 ? Settings : settings);

    private static Task<(TagIds Ids, IReadOnlySet<string> Living)> SyncAsync(FeatureHost host) => host.Get<TagDictionary>().SyncAsync("acme", "contact", default);

    private static Task<HealthCheckResult> HealthAsync(FeatureHost host) =>
        new TagsHealth(host.State, host.Get<Microsoft.Extensions.Options.IOptionsMonitor<WecomBridge.Callbacks.WecomOptions>>(), host.Get<Microsoft.Extensions.Options.IOptionsMonitor<TagsOptions>>()).CheckHealthAsync(new HealthCheckContext());

    private static CorpTagGroup Group(string id, string name, params (string Id, string Name)[] tags) => new() { GroupId = id, GroupName = name, Tag = [.. tags.Select(tag => new CorpTag { Id = tag.Id, Name = tag.Name })] };
}
