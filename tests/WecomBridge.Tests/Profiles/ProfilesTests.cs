using System.Globalization;
using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Profiles;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Profiles;

public class ProfilesTests
{
    [Fact]
    public async Task A_customer_the_crm_knows_gets_a_remark_and_a_published_profile()
    {
        await using var host = await StartAsync();

        await AddAndWorkAsync(host);

        host.CrmQueries.ShouldHaveSingleItem().UnionId.ShouldBe("o1");
        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin gold");
        var said = host.PublishedOf<ProfileUpdated>().ShouldHaveSingleItem();
        said.Identity.ShouldBe(new ProfileIdentity { Key = "unionid", Confidence = "certain", CrmId = "7" });
        said.Relation.Status.ShouldBe("added");
        said.Relation.State.ShouldBe("store-7");
        said.Relation.AddWay.ShouldBe("qr_code");
        said.Facts["level"].ShouldBe(new ProfileFact { Value = "gold", Source = "http", AgeSeconds = 5 });
        host.Published.ShouldHaveSingleItem().Exchange.ShouldBe(Exchanges.Profiles);
    }

    [Fact]
    public async Task Working_it_again_writes_and_publishes_nothing()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);

        await EditAndWorkAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldHaveSingleItem();
        host.Published.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_persons_remark_is_never_overwritten()
    {
        await using var host = await StartAsync();
        host.Wecom.Follower("zhang").Remark = "my cousin";

        await AddAndWorkAsync(host);

        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldBeEmpty();
        host.PublishedOf<ProfileUpdated>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_remark_of_ours_follows_the_crm_until_a_person_changes_it()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);

        host.Crm = _ => Match("platinum");
        await EditAndWorkAsync(host);
        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin platinum");

        host.Wecom.Follower("zhang").Remark = "old friend";
        host.Crm = _ => Match("gold");
        await EditAndWorkAsync(host);
        host.Wecom.Follower("zhang").Remark.ShouldBe("old friend");
        host.PublishedOf<ProfileUpdated>().Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_customers_own_name_is_no_remark_of_a_person()
    {
        await using var host = await StartAsync();
        host.Wecom.Follower("zhang").Remark = "Linda";

        await AddAndWorkAsync(host);

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin gold");
    }

    [Fact]
    public async Task A_remark_whose_answer_was_lost_is_still_ours()
    {
        await using var host = await StartAsync();
        await host.AddedAsync();
        host.Wecom.During = api =>
        {
            if (api == WecomPaths.ExternalContactRemark) host.Wecom.Follower("zhang").Remark = "Lin gold";
            return Task.CompletedTask;
        };
        host.Wecom.Fails(WecomPaths.ExternalContactRemark, FakeWecom.Unanswered(WecomPaths.ExternalContactRemark));
        (await host.WorkAsync(WorkLane.Profiles)).ShouldHaveSingleItem();

        host.Wecom.During = null;
        host.Crm = _ => Match("platinum");
        (await host.WorkAsync(WorkLane.Profiles)).ShouldBeEmpty();

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin platinum");
    }

    [Fact]
    public async Task Each_members_remark_is_judged_by_itself()
    {
        await using var host = await StartAsync();
        host.Wecom.Contact.FollowUser = [.. host.Wecom.Contact.FollowUser, new FollowUser { Userid = "li", Remark = "Lin from the shop" }];

        await AddAndWorkAsync(host);

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin gold");
        host.Wecom.Follower("li").Remark.ShouldBe("Lin from the shop");
        host.PublishedOf<ProfileUpdated>().Select(p => p.UserId).ShouldBe(["zhang", "li"]);
    }

    [Fact]
    public async Task A_customer_the_crm_does_not_know_is_published_as_such_and_gets_no_remark()
    {
        await using var host = await StartAsync();
        host.Crm = _ => null;
        host.Wecom.Follower("zhang").RemarkMobiles = ["13000000000"];

        await AddAndWorkAsync(host);

        host.CrmQueries.ShouldHaveSingleItem().Mobiles.ShouldBe(["13000000000"]);
        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldBeEmpty();
        host.PublishedOf<ProfileUpdated>().ShouldHaveSingleItem().Identity.ShouldBe(new ProfileIdentity { Confidence = "none" });
    }

    [Fact]
    public async Task A_refresh_asks_the_crm_anew_and_publishes_what_it_says()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);

        await host.DispatchAsync(new RefreshProfile { Corp = "acme", ExternalUserId = "wm1" });
        (await host.WorkAsync(WorkLane.Profiles)).ShouldBeEmpty();

        host.CrmQueries.Last().Fresh.ShouldBeTrue();
        host.PublishedOf<ProfileUpdated>().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("elsewhere", "wm1")]
    [InlineData("acme", "")]
    public async Task A_bad_refresh_is_rejected(string corp, string externalUserId)
    {
        await using var host = await StartAsync();

        await Should.ThrowAsync<CommandRefusedException>(() => host.DispatchAsync(new RefreshProfile { Corp = corp, ExternalUserId = externalUserId }));

        host.PublishedOf<CommandRejected>().ShouldHaveSingleItem().Reason.ShouldBe(CommandRejectReasons.Invalid);
    }

    [Fact]
    public async Task A_crm_that_is_away_leaves_the_work_due()
    {
        await using var host = await StartAsync();
        host.Crm = _ => throw new CrmException(WecomFailure.Transient, "away");
        await host.AddedAsync();

        var failure = (await host.WorkAsync(WorkLane.Profiles)).ShouldHaveSingleItem();

        RetryPolicy.Decide(failure, 1, FeatureHost.Now, deadline: null, jitter: 0).Action.ShouldBe(RetryAction.Again);
    }

    [Theory]
    [InlineData("{{crm.level}}", "{{crm.level}} gold")]
    [InlineData("'); DROP TABLE x;--", "'); DROP TABLE x;--")]
    [InlineData("Lin\r\nerror fake", "Lin error fake gold")]
    [InlineData("=HYPERLINK(1)", "=HYPERLINK(1) gold")]
    public async Task A_hostile_name_in_the_CRM_is_text_and_nothing_else(string name, string remark)
    {
        await using var host = await StartAsync();
        host.Crm = _ => Match("gold") with { Fields = new Dictionary<string, string> { ["name"] = name, ["level"] = "gold" } };

        await AddAndWorkAsync(host);
        await EditAndWorkAsync(host);

        host.Wecom.Follower("zhang").Remark.ShouldBe(remark);
        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldHaveSingleItem();
        host.PublishedOf<ProfileUpdated>().ShouldHaveSingleItem().Facts["name"].Value.ShouldBe(name);
    }

    [Fact]
    public async Task Nothing_personal_stands_in_the_ledger()
    {
        await using var host = await StartAsync();
        await AddAndWorkAsync(host);

        var row = await host.State.ReadAsync(s => s.FindAsync<string>("SELECT written || COALESCE(intended, '') || announced FROM relation_fields JOIN profile_relations USING (corp, user_key, external_user_id)"));

        row.ShouldNotBeNull().ShouldNotContain("Lin");
    }

    [Theory]
    [InlineData("{{crm.name}}", "a\u0301bcdefghijklmnopqrstuvwxyz", 20)]
    [InlineData("{{crm.name}} {{crm.level}}", "0123456789012345678👨‍👩‍👧", 19)]
    [InlineData("{{crm.name}}", "  spaced \n out  ", 10)]
    public void A_remark_is_cut_between_characters_and_kept_in_one_line(string template, string name, int length)
    {
        var text = new FieldText(template, 20).Render(new Dictionary<string, string> { ["name"] = name });

        text.Length.ShouldBe(length);
        name.Replace("  spaced \n out  ", "spaced out").ShouldStartWith(text);
        StringInfo.ParseCombiningCharacters(text).Length.ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public void Facts_are_never_read_as_a_template() =>
        new FieldText("{{crm.name}}", 20).Render(new Dictionary<string, string> { ["name"] = "{{crm.id}}<b>", ["id"] = "7" }).ShouldBe("{{crm.id}}<b>");

    private static async Task<FeatureHost> StartAsync()
    {
        var host = await FeatureHost.StartAsync(bus => bus.AddProfiles(), ("Profiles:Remark", "{{crm.name}} {{crm.level}}"), ("Crm:Http:Fields:name", "/0/name"), ("Crm:Http:Fields:level", "/0/level"));
        host.Crm = _ => Match("gold");
        host.Wecom.Contact = new CgibinExternalContactGetResponse
        {
            ExternalContact = new ExternalContact { ExternalUserid = "wm1", Name = "Linda", Unionid = "o1" },
            FollowUser = [new FollowUser { Userid = "zhang", State = "store-7", AddWay = 1 }],
        };
        return host;
    }

    private static CrmMatch Match(string level) => new()
    {
        Id = "7",
        Fields = new Dictionary<string, string> { ["name"] = "Lin", ["level"] = level },
        MatchedBy = CrmKey.UnionId,
        Confidence = CrmConfidence.Certain,
        Source = "http",
        Age = TimeSpan.FromSeconds(5),
    };

    private static async Task AddAndWorkAsync(FeatureHost host)
    {
        await host.AddedAsync();
        (await host.WorkAsync(WorkLane.Profiles)).ShouldBeEmpty();
    }

    private static async Task EditAndWorkAsync(FeatureHost host)
    {
        await host.DispatchAsync(new CustomerEdited { Corp = "acme", CorpId = "wwEXAMPLE", App = "contact", UserId = "zhang", ExternalUserId = "wm1" });
        (await host.WorkAsync(WorkLane.Profiles)).ShouldBeEmpty();
    }
}
