using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Wecom.Callbacks;

public class CallbackEventReaderTests
{
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["change_external_contact add_external_contact"] = "ExternalContactEvent Change=Added UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000001 State=expo-2026-a WelcomeCode=CODE-1 CreateTime=1700000000",
        ["change_external_contact edit_external_contact"] = "ExternalContactEvent Change=Edited UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000001 CreateTime=1700000100",
        ["change_external_contact add_half_external_contact"] = "ExternalContactEvent Change=HalfAdded UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000002 State=poster-7 WelcomeCode=CODE-2 CreateTime=1700000200",
        ["change_external_contact del_external_contact"] = "ExternalContactEvent Change=RemovedByMember UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000001 Source=DELETE_BY_TRANSFER CreateTime=1700000300",
        ["change_external_contact del_follow_user"] = "ExternalContactEvent Change=LeftByCustomer UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000001 CreateTime=1700000400",
        ["change_external_contact transfer_fail"] = "ExternalContactEvent Change=TransferFailed UserId=staff-002 ExternalUserId=wmEXAMPLEcustomer0000000000000001 FailReason=customer_refused CreateTime=1700000500",
        ["change_external_contact msg_audit_approved"] = "ExternalContactEvent Change=ArchiveAgreed UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000001 WelcomeCode=CODE-3 CreateTime=1700000600",
        ["change_external_chat create"] = "ExternalChatEvent Change=Created ChatId=wrEXAMPLEchat000000000000000001 CreateTime=1700001000",
        ["change_external_chat update"] = "ExternalChatEvent Change=MembersAdded ChatId=wrEXAMPLEchat000000000000000001 JoinScene=3 MemberChangeCount=2 Members=[staff-003,wmEXAMPLEcustomer0000000000000009] LastMemberVersion=00000000000000000000000000000001 CurrentMemberVersion=00000000000000000000000000000002 CreateTime=1700001100",
        ["change_external_chat dismiss"] = "ExternalChatEvent Change=Dismissed ChatId=wrEXAMPLEchat000000000000000001 CreateTime=1700001200",
        ["change_external_tag create"] = "ExternalTagEvent Change=Created Id=etEXAMPLEtag0000000000000000001 TagType=tag CreateTime=1700002000",
        ["change_external_tag update"] = "ExternalTagEvent Change=Updated Id=etEXAMPLEgroup000000000000000001 TagType=tag_group CreateTime=1700002100",
        ["change_external_tag delete"] = "ExternalTagEvent Change=Deleted Id=etEXAMPLEtag0000000000000000001 TagType=tag CreateTime=1700002200",
        ["change_external_tag shuffle"] = "ExternalTagEvent Change=Shuffled Id=etEXAMPLEgroup000000000000000001 StrategyId=12 CreateTime=1700002300",
        ["customer_acquisition balance_low"] = "CustomerAcquisitionEvent Change=BalanceLow CreateTime=1700003000",
        ["customer_acquisition quota_expire_soon"] = "CustomerAcquisitionEvent Change=QuotaExpireSoon ExpireTime=1701216000 ExpireQuota=150 CreateTime=1700003100",
        ["customer_acquisition link_unavailable"] = "CustomerAcquisitionEvent Change=LinkUnavailable LinkId=caEXAMPLElink01 CreateTime=1700003200",
        ["customer_acquisition friend_request"] = "CustomerAcquisitionEvent Change=FriendRequested LinkId=caEXAMPLElink01 State=ad-42 CreateTime=1700003300",
        ["customer_acquisition customer_start_chat"] = "CustomerAcquisitionEvent Change=ChatStarted UserId=staff-001 ExternalUserId=wmEXAMPLEcustomer0000000000000003 CreateTime=1700003400",
        ["customer_acquisition message_from_customer"] = "CustomerAcquisitionEvent Change=MessageReceived LinkId=caEXAMPLElink01 ChatKey=CHATKEY-1 CreateTime=1700003500",
        ["change_contact create_user"] = "MemberEvent Change=Created UserId=staff-010 Departments=[1,7] MainDepartment=7 LeaderInDepartments=[False,True] DirectLeaders=[staff-002] Status=4 CreateTime=1700004000",
        ["change_contact update_user"] = "MemberEvent Change=Updated UserId=staff-010 NewUserId=li.lei Departments=[1,8] CreateTime=1700004100",
        ["change_contact delete_user"] = "MemberEvent Change=Deleted UserId=li.lei CreateTime=1700004200",
        ["change_contact create_party"] = "DepartmentEvent Change=Created Id=8 Name=East region ParentId=1 CreateTime=1700004300",
        ["change_contact update_tag"] = "MemberTagEvent TagId=5 AddedUsers=[staff-001,staff-002] RemovedUsers=[staff-003] AddedDepartments=[2] RemovedDepartments=[3,4] CreateTime=1700004400",
        ["batch_job_result"] = "BatchJobEvent JobId=JOB-1 JobType=sync_user ErrorCode=0 CreateTime=1700005000",
        ["upload_media_job_finish"] = "AppEvent Name=upload_media_job_finish CreateTime=1700005100",
        ["msgaudit_notify"] = "ArchiveEvent CreateTime=1700006000",
        ["kf_msg_or_event"] = "CustomerServiceEvent OpenKfId=wkEXAMPLE1 Token=ENC-TOKEN-1 CreateTime=1700007000",
        ["kf_account_auth_change"] = "AppEvent Name=kf_account_auth_change CreateTime=1700007100",
        ["sys_approval_change"] = "ApprovalEvent IsSystem=True Number=202601010001 TemplateId=TPL-1 Status=1 StatusChange=1 CreateTime=1700008000",
        ["open_approval_change"] = "ApprovalEvent IsSystem=False Number=A-1 TemplateId=TPL-9 Status=1 CreateTime=1700008100",
        ["template_card_event"] = "AppEvent Name=template_card_event UserId=staff-001 EventKey=btn-accept CreateTime=1700009000",
        ["message text"] = "MessageEvent Kind=text UserId=staff-001 MessageId=7300000000000000001 Content=hello CreateTime=1700009100",
    };

    public static TheoryData<string> Names => [.. EventSamples.Names];

    [Fact]
    public void Every_sample_is_expected() => EventSamples.Names.ShouldBe(Expected.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_every_sample_however_it_is_written(string name)
    {
        var xml = EventSamples.Xml(name);
        Describe(xml).ShouldBe(Expected[name]);
        Describe(EventForms.WithoutCData(xml)).ShouldBe(Expected[name]);
        Describe(EventForms.AllCData(xml)).ShouldBe(Expected[name]);
        Describe(EventForms.Reversed(xml)).ShouldBe(Expected[name]);
        Describe("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" + xml + "<!-- end -->\n").ShouldBe(Expected[name]);
        Describe(EventForms.Json(xml)).ShouldBe(Expected[name]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_every_event_in_the_suite_envelope(string name)
    {
        if (name.StartsWith("message", StringComparison.Ordinal)) return;
        // The suite envelope names no sender.
        var expected = (name == "template_card_event" ? Expected[name].Replace(" UserId=staff-001", "") : Expected[name]) + " SuiteId=wwSUITE";
        Describe(EventForms.Suite(EventSamples.Xml(name))).ShouldBe(expected);
        Describe(EventForms.WithoutCData(EventForms.Suite(EventSamples.Xml(name)))).ShouldBe(expected);
        Describe(EventForms.Json(EventForms.Suite(EventSamples.Xml(name)))).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_that_lost_any_of_its_elements_is_still_read(string name)
    {
        var root = System.Xml.Linq.XDocument.Parse(EventSamples.Xml(name)).Root!;
        foreach (var element in root.Elements().ToList())
        {
            var without = new System.Xml.Linq.XElement("xml", root.Elements().Where(other => other != element)).ToString();
            var emptied = new System.Xml.Linq.XElement("xml", root.Elements().Select(other => other == element ? new System.Xml.Linq.XElement(other.Name) : other)).ToString();
            Describe(without).ShouldBe(Describe(emptied));
        }
    }

    [Theory]
    [InlineData("customer_acquisition", "balance_exhausted", "", "CustomerAcquisitionEvent Change=BalanceExhausted")]
    [InlineData("customer_acquisition", "balance_increased", "", "CustomerAcquisitionEvent Change=BalanceIncreased")]
    [InlineData("customer_acquisition", "delete_link", "<LinkId>ca1</LinkId>", "CustomerAcquisitionEvent Change=LinkDeleted LinkId=ca1")]
    [InlineData("customer_acquisition", "open_profile", "<LinkId>ca1</LinkId><State>ad</State>", "CustomerAcquisitionEvent Change=ProfileOpened LinkId=ca1 State=ad")]
    [InlineData("customer_acquisition", "del_follow_user", "<UserID>u</UserID><ExternalUserID>wm1</ExternalUserID>", "CustomerAcquisitionEvent Change=CustomerLeft UserId=u ExternalUserId=wm1")]
    [InlineData("change_contact", "update_party", "<Id>8</Id><Name>East</Name>", "DepartmentEvent Change=Updated Id=8 Name=East")]
    [InlineData("change_contact", "delete_party", "<Id><![CDATA[8]]></Id>", "DepartmentEvent Change=Deleted Id=8")]
    [InlineData("change_external_tag", "shuffle", "<Id></Id>", "ExternalTagEvent Change=Shuffled")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>change_owner</UpdateDetail><JoinScene>0</JoinScene>", "ExternalChatEvent Change=OwnerChanged ChatId=wr1")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>change_name</UpdateDetail>", "ExternalChatEvent Change=NameChanged ChatId=wr1")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>change_notice</UpdateDetail>", "ExternalChatEvent Change=NoticeChanged ChatId=wr1")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>del_member</UpdateDetail><JoinScene>0</JoinScene><QuitScene>1</QuitScene><MemChangeCnt><![CDATA[2]]></MemChangeCnt><MemChangeList><![CDATA[a, b,]]></MemChangeList>", "ExternalChatEvent Change=MembersRemoved ChatId=wr1 QuitScene=1 MemberChangeCount=2 Members=[a,b]")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>add_member</UpdateDetail><MemChangeList><Item>a</Item></MemChangeList>", "ExternalChatEvent Change=MembersAdded ChatId=wr1 Members=[a]")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>add_member</UpdateDetail><MemChangeList/>", "ExternalChatEvent Change=MembersAdded ChatId=wr1")]
    [InlineData("change_external_chat", "update", "<ChatId>wr1</ChatId><UpdateDetail>add_member</UpdateDetail><MemChangeList>a</MemChangeList><MemChangeList>b</MemChangeList><MemChangeListNew>c</MemChangeListNew>", "ExternalChatEvent Change=MembersAdded ChatId=wr1 Members=[a,b]")]
    [InlineData("change_contact", "create_user", "<UserID>u</UserID><Department><Item>1</Item><Item>x</Item><Item>7</Item></Department>", "MemberEvent Change=Created UserId=u Departments=[1,7]")]
    [InlineData("change_external_contact", "edit_external_contact", "<UserID>u</UserID><ExternalUserID>wm1</ExternalUserID><State>old</State>", "ExternalContactEvent Change=Edited UserId=u ExternalUserId=wm1")]
    [InlineData("CHANGE_external_contact", "DEL_follow_user", "<userid>Li.Lei</userid><EXTERNALUSERID>wm1</EXTERNALUSERID>", "ExternalContactEvent Change=LeftByCustomer UserId=Li.Lei ExternalUserId=wm1")]
    [InlineData("sys_approval_change", "", "<ApprovalInfo><SpNo>7</SpNo></ApprovalInfo>", "ApprovalEvent IsSystem=True Number=7")]
    [InlineData("LOCATION", "", "<FromUserName>staff</FromUserName><Latitude>1.5</Latitude>", "AppEvent Name=location UserId=staff")]
    [InlineData("change_chain", "create_chain", "<ChainId>1</ChainId>", "AppEvent Name=change_chain")]
    [InlineData("subscribe", "", "<FromUserName>SYS</FromUserName>", "AppEvent Name=subscribe")]
    public void Reads_variants(string name, string change, string fields, string expected) =>
        Describe($"<xml><MsgType>event</MsgType><Event>{name}</Event><ChangeType>{change}</ChangeType>{fields}</xml>").ShouldBe(expected);

    [Theory]
    [InlineData("<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><ExternalUserID>wm1</ExternalUserID>", "UnknownEvent Event=change_external_contact ChangeType=add_external_contact")]
    [InlineData("<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><UserID>u</UserID><ExternalUserID/>", "UnknownEvent Event=change_external_contact ChangeType=add_external_contact")]
    [InlineData("<Event>change_external_contact</Event><ChangeType>create</ChangeType><UserID>u</UserID><ExternalUserID>wm1</ExternalUserID>", "UnknownEvent Event=change_external_contact ChangeType=create")]
    [InlineData("<Event>change_external_contact</Event><UserID>u</UserID><ExternalUserID>wm1</ExternalUserID>", "UnknownEvent Event=change_external_contact")]
    [InlineData("<Event>change_external_chat</Event><ChangeType>update</ChangeType><ChatId>wr1</ChatId><UpdateDetail>new_kind</UpdateDetail>", "UnknownEvent Event=change_external_chat ChangeType=update")]
    [InlineData("<Event>change_external_chat</Event><ChangeType>create</ChangeType>", "UnknownEvent Event=change_external_chat ChangeType=create")]
    [InlineData("<Event>change_external_tag</Event><ChangeType>delete</ChangeType>", "UnknownEvent Event=change_external_tag ChangeType=delete")]
    [InlineData("<Event>customer_acquisition</Event><ChangeType>delete_link</ChangeType>", "UnknownEvent Event=customer_acquisition ChangeType=delete_link")]
    [InlineData("<Event>customer_acquisition</Event><ChangeType>service_balance_low</ChangeType>", "UnknownEvent Event=customer_acquisition ChangeType=service_balance_low")]
    [InlineData("<Event>change_contact</Event><ChangeType>create_party</ChangeType><Id>east</Id>", "UnknownEvent Event=change_contact ChangeType=create_party")]
    [InlineData("<Event>change_contact</Event><ChangeType>update_tag</ChangeType>", "UnknownEvent Event=change_contact ChangeType=update_tag")]
    [InlineData("<Event>change_contact</Event><ChangeType>create_user</ChangeType>", "UnknownEvent Event=change_contact ChangeType=create_user")]
    [InlineData("<Event>batch_job_result</Event>", "UnknownEvent Event=batch_job_result")]
    [InlineData("<Event>kf_msg_or_event</Event>", "UnknownEvent Event=kf_msg_or_event")]
    [InlineData("<Event>sys_approval_change</Event>", "UnknownEvent Event=sys_approval_change")]
    [InlineData("<Event>living_status_change</Event>", "UnknownEvent Event=living_status_change")]
    [InlineData("<Event>suite_ticket</Event>", "UnknownEvent Event=suite_ticket")]
    [InlineData("<InfoType>New_Order</InfoType>", "UnknownEvent Event=New_Order")]
    [InlineData("<MsgType>event</MsgType>", "UnknownEvent")]
    [InlineData("<MsgType>hologram</MsgType><FromUserName>u</FromUserName>", "UnknownEvent")]
    [InlineData("<MsgType>text</MsgType><Content>x</Content>", "UnknownEvent")]
    [InlineData("", "UnknownEvent")]
    public void What_it_does_not_know_or_cannot_place_is_unknown(string fields, string expected) => Describe($"<xml>{fields}</xml>").ShouldBe(expected);

    [Fact]
    public void Reads_every_app_event_and_suite_command_of_its_lists()
    {
        foreach (var name in CallbackEventReader.AppEventNames) Describe($"<xml><Event>{name.ToUpperInvariant()}</Event></xml>").ShouldBe($"AppEvent Name={name}");
        foreach (var name in CallbackEventReader.SuiteInfoTypes)
            Describe($"<xml><SuiteId>s</SuiteId><AuthCorpId>c</AuthCorpId><InfoType>{name}</InfoType></xml>").ShouldBe($"SuiteEvent InfoType={name} AuthCorpId=c SuiteId=s");
    }

    [Theory]
    [InlineData("image")]
    [InlineData("voice")]
    [InlineData("video")]
    [InlineData("Location")]
    [InlineData("link")]
    public void Reads_messages_of_every_kind(string kind) =>
        Describe($"<xml><MsgType>{kind}</MsgType><FromUserName>u</FromUserName><MsgId>1</MsgId></xml>").ShouldBe($"MessageEvent Kind={kind.ToLowerInvariant()} UserId=u MessageId=1");

    [Theory]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    [InlineData("253402300800", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData(" 1700000000 ", 1700000000L)]
    public void Takes_a_time_only_where_there_is_one(string text, long? expected) =>
        EventForms.Read($"<xml><Event>subscribe</Event><CreateTime>{text}</CreateTime></xml>").CreateTime
            .ShouldBe(expected is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);

    private static string Describe(string text) => EventForms.Describe(EventForms.Read(text));
}
