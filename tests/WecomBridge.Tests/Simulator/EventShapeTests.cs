using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

/// <summary>Every act is called back with the fields events.md gives for it.</summary>
public sealed class EventShapeTests
{
    private const string Customer = "UserID,ExternalUserID";
    private const string Members = "ChatId,UpdateDetail,JoinScene,QuitScene,MemChangeCnt,MemChangeList,LastMemVer,CurMemVer";

    public static TheoryData<string, string, string> Acts => new()
    {
        { "half add", "change_external_contact/add_half_external_contact", Customer + ",State,WelcomeCode" },
        { "add", "change_external_contact/add_external_contact", Customer + ",State,WelcomeCode" },
        { "plain add", "change_external_contact/add_external_contact", Customer },
        { "edit", "change_external_contact/edit_external_contact", Customer },
        { "remove", "change_external_contact/del_external_contact", Customer },
        { "remove by transfer", "change_external_contact/del_external_contact", Customer + ",Source" },
        { "leave", "change_external_contact/del_follow_user", Customer },
        { "fail transfer", "change_external_contact/transfer_fail", Customer + ",FailReason" },
        { "agree", "change_external_contact/msg_audit_approved", Customer },
        { "create group", "change_external_chat/create", "ChatId" },
        { "join", "change_external_chat/update", Members },
        { "leave group", "change_external_chat/update", Members },
        { "rename group", "change_external_chat/update", "ChatId,UpdateDetail" },
        { "dismiss", "change_external_chat/dismiss", "ChatId" },
        { "create tag", "change_external_tag/create", "Id,TagType" },
        { "rename tag", "change_external_tag/update", "Id,TagType" },
        { "delete tag", "change_external_tag/delete", "Id,TagType" },
        { "shuffle", "change_external_tag/shuffle", "Id" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_called_back_with_its_fields(string act, string kind, string fields)
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        var corp = wecom.Corp;
        corp.Customers.Add("zhang", "wm1");
        var chat = corp.Groups.Create("zhang", "G", "wm1").SubjectId;
        var group = corp.Tags.CreateGroup("g", "t")[0].SubjectId;
        corp.App("contact").CallbackUrl = sink.Url;
        await Do(corp, act, chat, group).Delivered;
        sink.Requests.TryPeek(out var request).ShouldBeTrue();
        var xml = CallbackSink.Open(request);
        $"{xml.Element("Event")!.Value}/{xml.Element("ChangeType")!.Value}".ShouldBe(kind);
        string.Join(',', xml.Elements().Select(e => e.Name.LocalName).Except(["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "ChangeType"])).ShouldBe(fields);
        wecom.Simulator.Ledger.Acknowledged.ShouldHaveSingleItem().Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task Member_versions_form_a_chain_and_the_list_names_who_joined()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        var chat = wecom.Corp.Groups.Create("zhang", "G").SubjectId;
        var version = wecom.Corp.Groups.Find(chat).Version;
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        await wecom.Corp.Groups.Join(chat, ["wm1", "wm2"], joinScene: 0).Delivered;
        await wecom.Corp.Groups.Leave(chat, ["wm1"], quitScene: 1).Delivered;
        var events = sink.Requests.Select(r => CallbackSink.Open(r)).ToList();
        events[0].Element("LastMemVer")!.Value.ShouldBe(version);
        events[0].Element("MemChangeList")!.Elements("Item").Select(i => i.Value).ShouldBe(["wm1", "wm2"]);
        events[1].Element("LastMemVer")!.Value.ShouldBe(events[0].Element("CurMemVer")!.Value);
        events[1].Element("CurMemVer")!.Value.ShouldBe(wecom.Corp.Groups.Find(chat).Version);
        wecom.Corp.Groups.Find(chat).Members.Select(m => m.Id).ShouldBe(["zhang", "wm2"]);
    }

    [Fact]
    public async Task A_transfer_is_an_add_for_the_new_member_and_a_removal_with_its_source_for_the_old()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.Customers.Add("zhang", "wm1");
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        foreach (var happening in wecom.Corp.Customers.Transfer("zhang", "li", "wm1")) await happening.Delivered;
        var events = sink.Requests.Select(r => CallbackSink.Open(r)).OrderBy(e => e.Element("ChangeType")!.Value, StringComparer.Ordinal).ToList();
        events.Select(e => e.Element("UserID")!.Value).ShouldBe(["li", "zhang"]);
        events[1].Element("Source")!.Value.ShouldBe("DELETE_BY_TRANSFER");
    }

    private static Happening Do(SimulatedCorp corp, string act, string chat, string group) => act switch
    {
        "half add" => corp.Customers.HalfAdd("li", "wm1", new AddDetails { State = "s" }),
        "add" => corp.Customers.Add("li", "wm1", new AddDetails { State = "s" }),
        "plain add" => corp.Customers.Add("li", "wm1", new AddDetails { WithCode = false }),
        "edit" => corp.Customers.EditTags("zhang", "wm1", [], []),
        "remove" => corp.Customers.RemoveByStaff("zhang", "wm1"),
        "remove by transfer" => corp.Customers.RemoveByStaff("zhang", "wm1", byTransfer: true),
        "leave" => corp.Customers.LeaveByCustomer("zhang", "wm1"),
        "fail transfer" => corp.Customers.FailTransfer("zhang", "wm1", "customer_refused"),
        "agree" => corp.Customers.AgreeToArchive("zhang", "wm1"),
        "create group" => corp.Groups.Create("zhang", "H"),
        "join" => corp.Groups.Join(chat, ["wm2"]),
        "leave group" => corp.Groups.Leave(chat, ["wm1"]),
        "rename group" => corp.Groups.Rename(chat, "H"),
        "dismiss" => corp.Groups.Dismiss(chat),
        "create tag" => corp.Tags.CreateTag(group, "u"),
        "rename tag" => corp.Tags.Rename(corp.Tags.FindId("g", "t")!, "v"),
        "delete tag" => corp.Tags.Delete(group),
        _ => corp.Tags.Shuffle(),
    };
}
