using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;
using static WecomBridge.Tests.Profiles.ProfileHost;

namespace WecomBridge.Tests.Profiles;

public sealed class ProfileLifeTests
{
    private static readonly DateTimeOffset T = FeatureHost.Now;

    [Theory]
    [InlineData(WecomErrorCodes.NoRelation)]
    [InlineData(WecomErrorCodes.InvalidExternalUserId)]
    public async Task An_end_is_said_once_and_the_facts_are_forgotten(int code)
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        host.VanishesFromWecom(code);

        for (var n = 0; n < 3; n++)
        {
            await host.DispatchAsync("zhang", who => who.Removed(), T.AddMinutes(2));
            await host.WorkAsync();
        }

        host.PublishedOf<ProfileUpdated>().Select(said => said.Relation.Status).ShouldBe(["added", "removed"]);
        var end = host.PublishedOf<ProfileUpdated>()[^1];
        end.Identity.CrmId.ShouldBe("7");
        end.Facts.ShouldBeEmpty();
        (await host.State.ReadAsync(s => s.FindAsync<string>("SELECT facts FROM profiles"))).ShouldBe("{}");
        (await host.State.ReadAsync(s => s.FindAsync<long>("SELECT COUNT(*) FROM relation_fields"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_customer_who_left_and_was_deleted_by_nobodys_word_has_left()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        await host.DispatchAsync("zhang", who => who.Left(), T.AddMinutes(2));
        await host.WorkAsync();
        host.Time.Advance(TimeSpan.FromMinutes(5));
        host.VanishesFromWecom();

        await host.EditAndWorkAsync();

        host.PublishedOf<ProfileUpdated>().Select(said => (said.Relation.Status, said.Facts.Count > 0)).ShouldBe([("added", true), ("left", true), ("left", false)]);
    }

    [Fact]
    public async Task One_members_end_is_said_while_the_others_go_on()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Wecom.Contact.FollowUser = [Follower("li", T.AddMinutes(1))];

        await host.DispatchAsync("zhang", who => who.Removed("transfer"), T.AddMinutes(1));
        await host.DispatchAsync("li", who => who.Added(), T.AddMinutes(1));
        await host.WorkAsync();
        await host.EditAndWorkAsync();

        host.PublishedOf<ProfileUpdated>().Select(said => $"{said.UserId} {said.Relation.Status}").ShouldBe(["zhang added", "zhang removed", "li added"]);
        host.Wecom.Follower("li").Remark.ShouldBe("Lin gold");
    }

    [Fact]
    public async Task A_contact_that_WeCom_still_lists_right_after_its_end_is_looked_at_again()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.DispatchAsync("zhang", who => who.Removed(), T.AddMinutes(1));

        (await host.WorkAsync(WorkLane.Profiles)).ShouldHaveSingleItem().ShouldBeOfType<WecomException>().Failure.ShouldBe(WecomFailure.Transient);
        host.Wecom.Contact.FollowUser = [Follower("li", T)];
        await host.WorkAsync();

        host.PublishedOf<ProfileUpdated>().Where(said => said.UserId == "zhang").Select(said => said.Relation.Status).ShouldBe(["added", "removed"]);
    }

    [Fact]
    public async Task A_transfer_that_failed_moves_nothing()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();

        await host.DispatchAsync(new CustomerTransferFailed { Corp = Corp, CorpId = "wwEXAMPLE", App = "contact", UserId = "zhang", ExternalUserId = Customer, FailReason = TransferFailReasons.CustomerRefused });
        await host.WorkAsync();

        host.PublishedOf<ProfileUpdated>().ShouldHaveSingleItem().Relation.Status.ShouldBe("added");
        (await host.State.ReadAsync(s => RelationStore.OfCustomerAsync(s, Corp, Customer))).ShouldHaveSingleItem().Status.ShouldBe(RelationStatus.Added);
    }

    /// <summary>A hand-over in either order: the new member's add, the old member's removal.</summary>
    [Theory]
    [InlineData("added removed")]
    [InlineData("removed added")]
    [InlineData("added work removed")]
    [InlineData("removed work added")]
    public async Task A_hand_over_ends_the_same_in_either_order(string order)
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Time.Advance(TimeSpan.FromHours(1));
        host.Wecom.Contact.FollowUser = [Follower("li", T.AddMinutes(50))];

        foreach (var step in order.Split(' '))
        {
            if (step == "work") await host.WorkAsync();
            else if (step == "removed") await host.DispatchAsync("zhang", who => who.Removed(RemovalReasons.Transfer), T.AddMinutes(50));
            else await host.DispatchAsync("li", who => who.Added(), T.AddMinutes(50));
        }

        await host.WorkAsync();
        var last = host.PublishedOf<ProfileUpdated>().GroupBy(said => said.UserId).ToDictionary(said => said.Key, said => said.Last().Relation.Status);
        last.ShouldBe(new Dictionary<string, string> { ["zhang"] = "removed", ["li"] = "added" }, ignoreOrder: true);
        host.PublishedOf<ProfileUpdated>().Count.ShouldBe(3);
        host.Wecom.Follower("li").Remark.ShouldBe("Lin gold");
    }

    [Fact]
    public async Task An_end_is_not_said_again_when_the_crm_finds_out_more()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Wecom.Contact.FollowUser = [Follower("li", T.AddMinutes(1))];
        await host.DispatchAsync("zhang", who => who.Removed(), T.AddMinutes(1));
        await host.WorkAsync();

        host.Crm = _ => Match() with { Id = "8" };
        await host.EditAndWorkAsync();

        host.PublishedOf<ProfileUpdated>().Count(said => said.Relation.Status == "removed").ShouldBe(1);
    }

    /// <summary>The new life begins with empty fields, which are no person's doing, whichever event comes first.</summary>
    [Theory]
    [InlineData("removed added")]
    [InlineData("added removed")]
    [InlineData("added work removed")]
    [InlineData("removed work added")]
    public async Task Deleted_and_added_again_the_fields_begin_afresh(string order)
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        host.Time.Advance(TimeSpan.FromHours(1));
        host.Wecom.Contact.FollowUser = [Follower("zhang", T.AddMinutes(30))];

        foreach (var step in order.Split(' '))
        {
            if (step == "work") await host.WorkAsync();
            else if (step == "removed") await host.DispatchAsync("zhang", who => who.Removed(), T.AddMinutes(20));
            else await host.DispatchAsync("zhang", who => who.Added(), T.AddMinutes(30));
        }

        await host.WorkAsync();
        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin gold");
        host.Wecom.Follower("zhang").RemarkMobiles.ShouldBe(["13900000002"]);
        host.PublishedOf<ProfileUpdated>()[^1].Relation.ShouldBe(new ProfileRelation { Status = "added", State = "store-7", AddWay = "qr_code", AddedAt = T.AddMinutes(30) });

        host.Crm = _ => Match(("name", "Lin"), ("level", "platinum"));
        await host.EditAndWorkAsync();
        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin platinum");
    }

    [Fact]
    public async Task Left_and_added_again_what_stood_there_is_still_ours()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        await host.DispatchAsync("zhang", who => who.Left(), T.AddMinutes(20));
        host.Wecom.Follower("zhang").Createtime = T.AddMinutes(30).ToUnixTimeSeconds();
        await host.DispatchAsync("zhang", who => who.Added(), T.AddMinutes(30));

        host.Crm = _ => Match(("name", "Lin"), ("level", "platinum"));
        await host.EditAndWorkAsync();

        host.Wecom.Follower("zhang").Remark.ShouldBe("Lin platinum");
    }

    [Fact]
    public async Task A_half_add_that_nobody_answered_does_not_end()
    {
        await using var host = await StartAsync();
        await host.DispatchAsync("zhang", who => who.HalfAdded(), T);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        host.VanishesFromWecom();

        await host.WorkAsync();

        host.Published.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_says_something_new_moves_tags_and_one_that_does_not_leaves_them()
    {
        await using var host = await StartAsync();
        await host.AddAndWorkAsync();
        (await TagsDueAsync(host)).ShouldBe(1);

        await host.EditAndWorkAsync();
        (await TagsDueAsync(host)).ShouldBe(0);

        host.Crm = _ => Match(("level", "platinum"));
        await host.EditAndWorkAsync();
        (await TagsDueAsync(host)).ShouldBe(1);
    }

    [Fact]
    public async Task A_customer_whom_the_crm_does_not_know_moves_no_tags()
    {
        await using var host = await StartAsync();
        host.Crm = _ => null;

        await host.AddAndWorkAsync();

        (await TagsDueAsync(host)).ShouldBe(0);
    }

    [Fact]
    public async Task A_refresh_is_for_profile_and_tags()
    {
        await using var host = await StartAsync();

        await host.DispatchAsync(new RefreshProfile { Corp = Corp, ExternalUserId = Customer });

        (await TagsDueAsync(host)).ShouldBe(1);
        (await host.State.ReadAsync(s => WorkStore.CountAsync(s, WorkLane.Profiles, host.Time.GetUtcNow()))).Due.ShouldBe(1);
    }

    /// <summary>How often the tags were marked since the last look.</summary>
    private static async Task<long> TagsDueAsync(FeatureHost host)
    {
        var due = (await host.State.ReadAsync(s => WorkStore.CountAsync(s, WorkLane.Tags, host.Time.GetUtcNow()))).Due;
        await host.State.WriteAsync(s => s.ExecuteAsync("DELETE FROM work WHERE lane = 'tags'"));
        return due;
    }
}
