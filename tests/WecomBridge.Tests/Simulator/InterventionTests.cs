using System.Net.Http.Json;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Faults;

namespace WecomBridge.Tests.Simulator;

/// <summary>People and other systems between a bridge's reading and its writing.</summary>
public sealed class InterventionTests
{
    [Fact]
    public async Task A_member_edits_between_the_reading_and_the_writing_and_both_stand()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var group = wecom.Corp.Tags.CreateGroup("Channel", "Store", "VIP");
        wecom.Simulator.Interventions.Add(new Intervention { Pattern = "*/mark_tag", Times = 1, Act = call => call.Corp.Customers.EditTags(call.UserId!, call.ExternalUserId!, [group[2].SubjectId], []) });

        (await MarkAsync(wecom, group[1].SubjectId)).ShouldBe(0);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.TagIds.ShouldBe([group[2].SubjectId, group[1].SubjectId]);
        wecom.Corp.Customers.EditTags("zhang", "wm1", [], [group[2].SubjectId]);
        (await MarkAsync(wecom, group[1].SubjectId)).ShouldBe(0);
        wecom.Corp.Customers.Relation("zhang", "wm1")!.TagIds.ShouldBe([group[1].SubjectId]);
    }

    [Fact]
    public async Task The_control_call_lets_a_member_edit_and_the_edit_is_called_back()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync(options => options.Corps[0].Apps[0].CallbackUrl = sink.Url);
        await wecom.Corp.Customers.Add("zhang", "wm1").Delivered;
        using var armed = await wecom.Client.PostAsJsonAsync("control/interventions", new { pattern = "externalcontact/remark", remark = "by hand", times = 1 });
        armed.IsSuccessStatusCode.ShouldBeTrue();

        (await wecom.PostAsync("externalcontact/remark", new { userid = "zhang", external_userid = "wm1", description = "by machine" })).Code().ShouldBe(0);
        var relation = wecom.Corp.Customers.Relation("zhang", "wm1")!;
        (relation.Remark, relation.Description).ShouldBe(("by hand", "by machine"));
        await wecom.Corp.Customers.Edit("zhang", "wm1", r => r).Delivered;
        wecom.Simulator.Ledger.Callbacks.Count(c => c.Kind.EndsWith("edit_external_contact", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task Another_system_writes_through_the_same_api_without_a_callback_and_meets_the_writer_of_the_moment()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        var tag = wecom.Corp.Tags.CreateGroup("Channel", "Store")[1].SubjectId;
        var events = wecom.Simulator.Ledger.Callbacks.Count;
        (await wecom.Simulator.MarkTagsAsync(wecom.Corp.App("second"), "zhang", "wm1", [tag], [])).ShouldBe(0);
        wecom.Simulator.Ledger.TagMarks.Single().App.ShouldBe("second");
        wecom.Simulator.Ledger.Callbacks.Count.ShouldBe(events);
        (await wecom.Simulator.MarkTagsAsync(wecom.Corp.App("second"), "zhang", "wm1", ["etNothing"], [])).ShouldBe(40068);

        wecom.Options.ApiLatency = TimeSpan.FromMilliseconds(300);
        var codes = await Task.WhenAll(wecom.Simulator.MarkTagsAsync(wecom.Corp.App("second"), "zhang", "wm1", [tag], []), MarkAsync(wecom, tag));
        codes.Order().ShouldBe([0, 45035]);
    }

    [Fact]
    public async Task An_administrator_cannot_take_a_name_that_is_taken_and_a_corp_has_so_many_tags()
    {
        await using var wecom = await SimulatorFixture.StartAsync(options => options.Limits.CorpTags = 3);
        var group = wecom.Corp.Tags.CreateGroup("Channel", "Store", "Expo");
        Should.Throw<InvalidOperationException>(() => wecom.Corp.Tags.CreateGroup("Channel", "x"));
        Should.Throw<InvalidOperationException>(() => wecom.Corp.Tags.CreateTag(group[0].SubjectId, "Store"));
        Should.Throw<InvalidOperationException>(() => wecom.Corp.Tags.Rename(group[2].SubjectId, "Store"));
        (await wecom.PostAsync("externalcontact/add_corp_tag", new { group_name = "Level", tag = new[] { new { name = "Gold" }, new { name = "Silver" } } })).Code().ShouldBe(40126);
        (await wecom.PostAsync("externalcontact/add_corp_tag", new { group_name = "Level", tag = new[] { new { name = "Gold" } } })).Code().ShouldBe(0);
    }

    [Theory]
    [InlineData(GroupEventForm.Whole, true, true)]
    [InlineData(GroupEventForm.NoList, false, true)]
    [InlineData(GroupEventForm.NoVersions, true, false)]
    public async Task Events_about_groups_come_in_older_forms_when_asked(GroupEventForm form, bool hasList, bool hasVersions)
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync(options => (options.Corps[0].Apps[0].CallbackUrl, options.GroupEvents) = (sink.Url, form));
        var chat = wecom.Corp.Groups.Create("zhang", "g").SubjectId;
        await wecom.Corp.Groups.Join(chat, ["wm1", "wm2"]).Delivered;

        var plain = wecom.Simulator.Ledger.Callbacks.Last(c => c.Plaintext.Contains("add_member", StringComparison.Ordinal)).Plaintext;
        plain.Contains("<MemChangeList><Item>wm1</Item><Item>wm2</Item></MemChangeList>", StringComparison.Ordinal).ShouldBe(hasList);
        plain.Contains("LastMemVer", StringComparison.Ordinal).ShouldBe(hasVersions);
    }

    [Fact]
    public async Task A_list_of_members_can_come_comma_joined()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync(options => (options.Corps[0].Apps[0].CallbackUrl, options.GroupEvents) = (sink.Url, GroupEventForm.JoinedList));
        var chat = wecom.Corp.Groups.Create("zhang", "g").SubjectId;
        await wecom.Corp.Groups.Join(chat, ["wm1", "wm2"]).Delivered;
        wecom.Simulator.Ledger.Callbacks.ShouldContain(c => c.Plaintext.Contains("<MemChangeList><![CDATA[wm1,wm2]]></MemChangeList>", StringComparison.Ordinal));
    }

    private static async Task<int> MarkAsync(SimulatorFixture wecom, string tag) =>
        (await wecom.PostAsync("externalcontact/mark_tag", new { userid = "zhang", external_userid = "wm1", add_tag = new[] { tag } })).Code();
}
