using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Profiles;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;
using static WecomBridge.Tests.Profiles.ProfileHost;

namespace WecomBridge.Tests.Profiles;

public sealed class ProfileWriterTests
{
    [Fact]
    public async Task All_fields_of_a_relation_are_written_in_one_call()
    {
        await using var host = await StartAsync();

        await host.AddAndWorkAsync();
        await host.EditAndWorkAsync();

        var call = host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldHaveSingleItem();
        (call.Remark, call.Description, call.RemarkCompany).ShouldBe(("Lin gold", "gold 120", "Acme"));
        call.RemarkMobiles.ShouldBe(["13900000002"]);
    }

    [Fact]
    public async Task Only_what_differs_is_in_the_call()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();

        host.Crm = _ => Match(("name", "Lin"), ("level", "gold"), ("points", "130"), ("company", "Acme"), ("mobile", "13900000002"));
        await host.EditAndWorkAsync();

        var call = host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>()[^1];
        call.Description.ShouldBe("gold 130");
        (call.Remark, call.RemarkCompany, call.RemarkMobiles).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task A_field_that_staff_changed_is_theirs_and_the_others_go_on()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Wecom.Follower("zhang").Description = "asks for discounts";
        host.Wecom.Follower("zhang").RemarkCorpName = "";

        host.Crm = _ => Match(("name", "Lin"), ("level", "platinum"), ("points", "900"), ("company", "Acme II"));
        await host.EditAndWorkAsync();

        var zhang = host.Wecom.Follower("zhang");
        (zhang.Remark, zhang.Description, zhang.RemarkCorpName).ShouldBe(("Lin platinum", "asks for discounts", ""));
    }

    [Fact]
    public async Task What_the_crm_no_longer_says_is_left_standing()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();

        host.Crm = _ => Match(("name", ""), ("level", ""), ("points", "130"));
        await host.EditAndWorkAsync();

        var zhang = host.Wecom.Follower("zhang");
        (zhang.Remark, zhang.Description, zhang.RemarkCorpName).ShouldBe(("Lin gold", "130", "Acme"));
        zhang.RemarkMobiles.ShouldBe(["13900000002"]);
    }

    [Fact]
    public async Task Of_a_WeCom_user_no_company_is_written()
    {
        await using var host = await StartAsync();
        host.Wecom.Contact.ExternalContact!.Type = 2;

        await host.AddAndWorkAsync();

        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldHaveSingleItem().RemarkCompany.ShouldBeNull();
    }

    [Theory]
    [InlineData("Likely", true)]
    [InlineData("Certain", false)]
    public async Task A_weak_match_writes_only_where_the_setting_lets_it(string from, bool writes)
    {
        await using var host = await StartAsync(("Profiles:WriteFrom", from));
        host.Crm = _ => Match() with { MatchedBy = CrmKey.MemberNumber, Confidence = CrmConfidence.Likely };

        await host.AddAndWorkAsync();

        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().Any().ShouldBe(writes);
        host.PublishedOf<ProfileUpdated>().ShouldHaveSingleItem().Identity.ShouldBe(new ProfileIdentity { Key = "member_number", Confidence = "likely", CrmId = "7" });
    }

    [Fact]
    public async Task A_field_may_have_a_rule_of_its_own()
    {
        await using var host = await StartAsync(("Profiles:WriteWhen", "Never"), ("Profiles:WriteWhenOf:Description", "Empty"), ("Profiles:WriteWhenOf:Mobiles", "EmptyOrOurs"));

        await host.AddAndWorkAsync();
        host.Crm = _ => Match(("level", "platinum"), ("mobile", "13900000003"));
        await host.EditAndWorkAsync();

        var zhang = host.Wecom.Follower("zhang");
        (zhang.Remark, zhang.Description, zhang.RemarkCorpName).ShouldBe((null, "gold 120", null));
        zhang.RemarkMobiles.ShouldBe(["13900000003"]);
    }

    [Fact]
    public async Task A_refused_write_is_no_claim_on_the_text()
    {
        await using var host = await StartAsync();
        await host.AddedAsync();
        host.Wecom.Fails(WecomPaths.ExternalContactRemark, FakeWecom.Refusal(40058, WecomPaths.ExternalContactRemark));
        (await host.WorkAsync(WorkLane.Profiles)).ShouldHaveSingleItem();

        host.Wecom.Follower("zhang").Remark = "Lin gold";
        host.Crm = _ => Match(("name", "Lin"), ("level", "platinum"));
        await host.EditAndWorkAsync();

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin gold");
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_stays_ours_although_the_next_one_is_refused()
    {
        await using var host = await StartAsync();
        await host.AddedAsync();
        host.Wecom.After = request => request is CgibinExternalContactRemarkRequest ? FakeWecom.Unanswered(WecomPaths.ExternalContactRemark) : null;
        (await host.WorkAsync(WorkLane.Profiles)).ShouldHaveSingleItem();
        host.Wecom.After = null;

        foreach (var level in new[] { "silver", "platinum" })
        {
            if (level == "silver") host.Wecom.Fails(WecomPaths.ExternalContactRemark, FakeWecom.Refusal(40058, WecomPaths.ExternalContactRemark));
            host.Crm = _ => Match(("name", "Lin"), ("level", level), ("mobile", "13900000003"));
            await host.DispatchAsync("zhang", who => who.Edited(), FeatureHost.Now);
            await host.WorkAsync(WorkLane.Profiles);
        }

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin platinum");
        host.Wecom.Follower("zhang").RemarkMobiles.ShouldBe(["13900000003"]);
    }

    [Fact]
    public async Task A_half_added_customer_is_written_when_the_add_has_come()
    {
        await using var host = await StartAsync();
        host.Wecom.Fails(WecomPaths.ExternalContactRemark, FakeWecom.Refusal(84061, WecomPaths.ExternalContactRemark));
        await host.DispatchAsync("zhang", who => who.HalfAdded(), FeatureHost.Now);
        await host.WorkAsync();
        host.Wecom.Follower("zhang").Remark.ShouldBeNull();

        await host.DispatchAsync("zhang", who => who.Added(), FeatureHost.Now.AddSeconds(5));
        await host.WorkAsync();

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin gold");
    }

    [Fact]
    public async Task A_member_who_lost_the_customer_meanwhile_does_not_keep_the_others_from_theirs()
    {
        await using var host = await StartAsync();
        host.Wecom.Contact.FollowUser = [.. host.Wecom.Contact.FollowUser, Follower("li", FeatureHost.Now)];
        host.Wecom.Fails(WecomPaths.ExternalContactRemark, FakeWecom.Refusal(84061, WecomPaths.ExternalContactRemark));
        await host.AddedAsync();

        (await host.WorkAsync(WorkLane.Profiles)).ShouldHaveSingleItem().ShouldBeOfType<WecomException>().Failure.ShouldBe(WecomFailure.Conflict);

        host.Wecom.Follower("li").Remark.ShouldBe("Lin gold");
    }

    [Fact]
    public async Task What_we_wrote_is_no_evidence_of_who_the_customer_is()
    {
        await using var host = await StartAsync();
        host.Wecom.Follower("zhang").RemarkMobiles = ["13000000001"];
        await host.AddAndWorkAsync();

        await host.EditAndWorkAsync();

        var asked = host.CrmQueries.Last();
        asked.Mobiles.ShouldBe(["13000000001"]);
        asked.Remarks.ShouldBeEmpty();
        asked.States.ShouldBe(["store-7"]);
        asked.UnionId.ShouldBe("o1");
    }

    [Fact]
    public async Task What_staff_noted_is_asked_by_whoever_noted_it()
    {
        await using var host = await StartAsync();
        host.Wecom.Contact.FollowUser = [.. host.Wecom.Contact.FollowUser, Follower("li", FeatureHost.Now)];
        host.Wecom.Follower("zhang").Remark = "member 4711";
        host.Wecom.Follower("li").RemarkMobiles = ["13000000001"];
        host.Wecom.Follower("li").State = "m-4711";
        host.Wecom.Follower("li").Remark = "Linda";

        await host.AddAndWorkAsync();

        var asked = host.CrmQueries.ShouldHaveSingleItem();
        asked.Remarks.ShouldBe(["member 4711"]);
        asked.Mobiles.ShouldBe(["13000000001"]);
        asked.States.ShouldBe(["store-7", "m-4711"]);
    }

    [Fact]
    public async Task Several_records_are_said_and_nothing_is_merged_told_or_written()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Ambiguous = true;

        await host.EditAndWorkAsync();

        var said = host.PublishedOf<ProfileUpdated>()[^1];
        said.Identity.ShouldBe(new ProfileIdentity { Confidence = "ambiguous" });
        said.Facts.ShouldBeEmpty();
        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldHaveSingleItem();
    }
}
