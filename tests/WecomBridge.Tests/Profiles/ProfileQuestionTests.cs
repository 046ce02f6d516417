using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Profiles;

/// <summary>By what the CRM is asked, and how old what WeCom said may be when it is written over.</summary>
public sealed class ProfileQuestionTests
{
    [Fact]
    public async Task A_members_own_note_is_asked_by_though_a_copy_of_ours_stands_on_another_relation()
    {
        await using var host = await ProfileHost.StartAsync();
        var (zhang, li) = (ProfileHost.Follower("zhang", FeatureHost.Now), ProfileHost.Follower("Li", FeatureHost.Now));
        zhang.RemarkMobiles = ["13900000002"];
        host.Wecom.Contact.FollowUser = [zhang, li];
        host.Crm = query => query.Mobiles.Count > 0 ? ProfileHost.Match() : null;
        await host.AddAndWorkAsync();
        host.Wecom.Follower("Li").RemarkMobiles.ShouldBe(["13900000002"], "the CRM's number was copied");

        await host.EditAndWorkAsync();

        host.CrmQueries.Count.ShouldBe(2);
        host.CrmQueries.Last().Mobiles.ShouldBe(["13900000002"]);
    }

    [Fact]
    public async Task What_this_service_wrote_is_not_asked_by()
    {
        await using var host = await ProfileHost.StartAsync();
        await host.AddAndWorkAsync();
        host.Wecom.Follower("zhang").RemarkMobiles.ShouldNotBeEmpty();

        await host.EditAndWorkAsync();

        host.CrmQueries.Last().ShouldSatisfyAllConditions(query => query.Mobiles.ShouldBeEmpty(), query => query.Remarks.ShouldBeEmpty());
    }

    [Fact]
    public async Task What_a_person_wrote_while_the_crm_thought_is_seen_before_it_is_written_over()
    {
        await using var host = await ProfileHost.StartAsync();
        host.Crm = _ =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(3));
            var edited = ProfileHost.Follower("zhang", FeatureHost.Now);
            (edited.Remark, edited.Description, edited.RemarkCorpName) = ("my cousin", "met at the fair", "Her own");
            host.Wecom.Contact = new CgibinExternalContactGetResponse { ExternalContact = host.Wecom.Contact.ExternalContact, FollowUser = [edited] };
            return ProfileHost.Match();
        };

        await host.AddAndWorkAsync();

        host.Wecom.CallsOf<CgibinExternalContactRemarkRequest>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(write => write.Remark.ShouldBeNull(), write => write.RemarkMobiles.ShouldBe(["13900000002"]));
        host.Wecom.CallsOf<CgibinExternalContactGetRequest>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_read_again_when_nothing_is_to_be_written()
    {
        await using var host = await ProfileHost.StartAsync();
        host.Crm = _ =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(3));
            return null;
        };

        await host.AddAndWorkAsync();

        host.Wecom.CallsOf<CgibinExternalContactGetRequest>().Count.ShouldBe(1);
    }
}
