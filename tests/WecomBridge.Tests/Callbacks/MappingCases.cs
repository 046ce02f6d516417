using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Tests.Callbacks;

/// <summary>One callback and the event it must give.</summary>
/// <param name="Name"><c>entity.action</c></param>
/// <param name="Callback">As the reader hands it on; its document holds every private element there is.</param>
/// <param name="Subject">CloudEvents subject.</param>
/// <param name="Data">The data as JSON, without the three common fields.</param>
/// <param name="PartitionKey">Where it is not the subject.</param>
internal sealed record MappingCase(string Name, CallbackEvent Callback, string Subject, string Data, string? PartitionKey = null)
{
    public override string ToString() => $"{Name} {Data}";
}

/// <summary>Every kind of callback of the contract's section 3.</summary>
internal static class MappingCases
{
    /// <summary>In every private element and property; must be in no event.</summary>
    public const string Canary = "CANARY";

    public static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private const string Staff = "staff-001";
    private const string Customer = "wm1";
    private const string Chat = "wr1";

    private static readonly string[] PrivateElements =
    [
        "WelcomeCode", "ChatKey", "Token", "ResponseCode", "SuiteTicket", "AuthCode", "PermanentCode", "OnceKey", "Secret", "EncodingAesKey",
        "Name", "Alias", "Mobile", "Telephone", "Email", "BizMail", "Avatar", "Gender", "Address", "Position", "Remark",
        "ExtAttr/Item[0]/Name", "ExtAttr/Item[0]/Text/Value", "ExtAttr/Item[1]/Web/Url", "Content", "Recognition", "PicUrl", "Title", "Description", "Url", "Label",
        "Latitude", "Longitude", "Precision", "Location_X", "Location_Y", "SendLocationInfo/Poiname", "ScanCodeInfo/ScanResult", "SendPicsInfo/PicList/item/PicMd5Sum",
        "ApprovalInfo/ApplyUserName", "ApprovalInfo/ApplyUserImage", "ApprovalInfo/SpRecord/Details/Speech", "ApprovalInfo/Comments/CommentContent",
        "UnionId", "OpenId", "NickName", "IdCard",
    ];

    public static IEnumerable<MappingCase> All =>
        [.. Customers, .. Groups, .. Tags, .. Acquisition, .. Contacts, .. Corp, .. Apps, .. Suites, .. Unknown];

    public static CallbackDocument Document(params (string Path, string Value)[] leaves) => new(
        [
            new("ToUserName", "ww1"), new("FromUserName", "sys"), new("CreateTime", "1700000000"),
            .. leaves.Select(leaf => new CallbackElement(leaf.Path, leaf.Value)),
            .. PrivateElements.Select(path => new CallbackElement(path, Canary)),
        ]);

    public static ExternalContactEvent Contact(ExternalContactChange change) => new()
    {
        Document = Document(("Event", "change_external_contact"), ("UserID", Staff), ("ExternalUserID", Customer)),
        CreateTime = Time, Change = change, UserId = Staff, ExternalUserId = Customer,
    };

    private static IEnumerable<MappingCase> Customers =>
    [
        new("customer.added", Contact(ExternalContactChange.Added) with { State = "expo", WelcomeCode = Canary }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","state":"expo","hasWelcomeCode":true}"""),
        new("customer.added", Contact(ExternalContactChange.Added) with { State = "", WelcomeCode = "" }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","hasWelcomeCode":false}"""),
        new("customer.half_added", Contact(ExternalContactChange.HalfAdded) with { State = "expo", WelcomeCode = Canary }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","state":"expo","hasWelcomeCode":true}"""),
        new("customer.edited", Contact(ExternalContactChange.Edited), Customer, """{"userId":"staff-001","externalUserId":"wm1"}"""),
        new("customer.removed", Contact(ExternalContactChange.RemovedByMember) with { Source = "DELETE_BY_TRANSFER" }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","reason":"transfer"}"""),
        new("customer.removed", Contact(ExternalContactChange.RemovedByMember), Customer, """{"userId":"staff-001","externalUserId":"wm1"}"""),
        new("customer.removed", Contact(ExternalContactChange.RemovedByMember) with { Source = "SOMETHING_NEW" }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","reason":"SOMETHING_NEW"}"""),
        new("customer.left", Contact(ExternalContactChange.LeftByCustomer), Customer, """{"userId":"staff-001","externalUserId":"wm1"}"""),
        new("customer.transfer_failed", Contact(ExternalContactChange.TransferFailed) with { FailReason = "customer_refused" }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","failReason":"customer_refused"}"""),
        new("customer.transfer_failed", Contact(ExternalContactChange.TransferFailed), Customer,
            """{"userId":"staff-001","externalUserId":"wm1","failReason":"unknown"}"""),
        new("customer.archive_agreed", Contact(ExternalContactChange.ArchiveAgreed) with { WelcomeCode = Canary }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1","hasWelcomeCode":true}"""),
    ];

    private static IEnumerable<MappingCase> Groups =>
    [
        new("group.created", Group(ExternalChatChange.Created), Chat, """{"chatId":"wr1"}"""),
        new("group.members_added", Group(ExternalChatChange.MembersAdded) with
            {
                JoinScene = "3", QuitScene = "0", MemberChangeCount = 2, Members = ["staff-003", "wm9"], LastMemberVersion = "v1", CurrentMemberVersion = "v2",
            }, Chat, """{"chatId":"wr1","joinScene":"qr_code","count":2,"members":["staff-003","wm9"],"previousVersion":"v1","version":"v2"}"""),
        new("group.members_added", Group(ExternalChatChange.MembersAdded) with { JoinScene = "0", Members = ["wm9"] }, Chat,
            """{"chatId":"wr1","joinScene":"invited","count":1,"members":["wm9"]}"""),
        new("group.members_added", Group(ExternalChatChange.MembersAdded) with { JoinScene = "77" }, Chat, """{"chatId":"wr1","joinScene":"77","count":0}"""),
        new("group.members_added", Group(ExternalChatChange.MembersAdded), Chat, """{"chatId":"wr1","joinScene":"unknown","count":0}"""),
        new("group.members_removed", Group(ExternalChatChange.MembersRemoved) with { QuitScene = "0", MemberChangeCount = 1 }, Chat,
            """{"chatId":"wr1","quitScene":"left","count":1}"""),
        new("group.members_removed", Group(ExternalChatChange.MembersRemoved) with { QuitScene = "1", MemberChangeCount = 1 }, Chat,
            """{"chatId":"wr1","quitScene":"removed","count":1}"""),
        new("group.owner_changed", Group(ExternalChatChange.OwnerChanged), Chat, """{"chatId":"wr1"}"""),
        new("group.renamed", Group(ExternalChatChange.NameChanged), Chat, """{"chatId":"wr1"}"""),
        new("group.notice_changed", Group(ExternalChatChange.NoticeChanged), Chat, """{"chatId":"wr1"}"""),
        new("group.dismissed", Group(ExternalChatChange.Dismissed), Chat, """{"chatId":"wr1"}"""),
    ];

    private static IEnumerable<MappingCase> Tags =>
    [
        new("tag.created", Tag(ExternalTagChange.Created, "et1", "tag"), "et1", """{"id":"et1","kind":"tag"}"""),
        new("tag.updated", Tag(ExternalTagChange.Updated, "et2", "tag_group") with { StrategyId = "12" }, "et2", """{"id":"et2","kind":"group","strategyId":"12"}"""),
        new("tag.deleted", Tag(ExternalTagChange.Deleted, "et1", "new_kind"), "et1", """{"id":"et1","kind":"new_kind"}"""),
        new("tag.deleted", Tag(ExternalTagChange.Deleted, "et1", null), "et1", """{"id":"et1","kind":"unknown"}"""),
        new("tag.reordered", Tag(ExternalTagChange.Shuffled, "et2", null), "et2", """{"id":"et2","kind":"group"}"""),
        new("tag.reordered", Tag(ExternalTagChange.Shuffled, "", null), "all", """{"kind":"group"}"""),
    ];

    private static IEnumerable<MappingCase> Acquisition =>
    [
        new("quota.low", Quota(CustomerAcquisitionChange.BalanceLow), "acme", "{}"),
        new("quota.exhausted", Quota(CustomerAcquisitionChange.BalanceExhausted), "acme", "{}"),
        new("quota.increased", Quota(CustomerAcquisitionChange.BalanceIncreased), "acme", "{}"),
        new("quota.expiring", Quota(CustomerAcquisitionChange.QuotaExpireSoon) with { ExpireTime = DateTimeOffset.FromUnixTimeSeconds(1_701_216_000), ExpireQuota = 150 }, "acme",
            """{"expireAt":"2023-11-29T00:00:00Z","expireCount":150}"""),
        new("link.unavailable", Quota(CustomerAcquisitionChange.LinkUnavailable) with { LinkId = "ca1" }, "ca1", """{"linkId":"ca1"}"""),
        new("link.deleted", Quota(CustomerAcquisitionChange.LinkDeleted) with { LinkId = "ca1" }, "ca1", """{"linkId":"ca1"}"""),
        new("link.profile_opened", Quota(CustomerAcquisitionChange.ProfileOpened) with { LinkId = "ca1", State = "ad-42" }, "ca1", """{"linkId":"ca1","state":"ad-42"}"""),
        new("link.friend_requested", Quota(CustomerAcquisitionChange.FriendRequested) with { LinkId = "ca1" }, "ca1", """{"linkId":"ca1","state":""}"""),
        new("link.chat_started", Quota(CustomerAcquisitionChange.ChatStarted) with { UserId = Staff, ExternalUserId = Customer }, Customer,
            """{"userId":"staff-001","externalUserId":"wm1"}"""),
        new("link.message_received", Quota(CustomerAcquisitionChange.MessageReceived) with { LinkId = "ca1", ChatKey = Canary }, "ca1", """{"linkId":"ca1"}"""),
        new("link.message_received", Quota(CustomerAcquisitionChange.MessageReceived), "acme", "{}"),
        new("link.customer_left", Quota(CustomerAcquisitionChange.CustomerLeft) with { LinkId = "ca1", UserId = Staff, ExternalUserId = Customer, State = "ad-42" }, "ca1",
            """{"linkId":"ca1","userId":"staff-001","externalUserId":"wm1","state":"ad-42"}""", Customer),
    ];

    private static IEnumerable<MappingCase> Contacts =>
    [
        new("staff.created", Member(ContactChange.Created) with
            {
                Departments = [1, 7], MainDepartment = 7, LeaderInDepartments = [false, true], DirectLeaders = ["staff-002"], Status = "4",
            }, Staff,
            """{"userId":"staff-001","departments":[1,7],"mainDepartment":7,"leaderInDepartments":[false,true],"directLeaders":["staff-002"],"status":"not_activated"}"""),
        new("staff.updated", Member(ContactChange.Updated) with { NewUserId = "li.lei", Departments = [1, 8], Status = "9" }, Staff,
            """{"userId":"staff-001","newUserId":"li.lei","departments":[1,8],"status":"9"}"""),
        new("staff.deleted", Member(ContactChange.Deleted), Staff, """{"userId":"staff-001"}"""),
        new("department.created", Department(ContactChange.Created) with { Name = "East", ParentId = 1 }, "8", """{"id":8,"name":"East","parentId":1}"""),
        new("department.updated", Department(ContactChange.Updated) with { Name = "" }, "8", """{"id":8}"""),
        new("department.deleted", Department(ContactChange.Deleted), "8", """{"id":8}"""),
        new("stafftag.updated", new MemberTagEvent
            {
                Document = Document(("Event", "change_contact")), CreateTime = Time, TagId = 5, AddedUsers = ["a", "b"], RemovedUsers = ["c"], AddedDepartments = [2], RemovedDepartments = [3, 4],
            }, "5", """{"id":5,"addedUsers":["a","b"],"removedUsers":["c"],"addedDepartments":[2],"removedDepartments":[3,4]}"""),
    ];

    private static IEnumerable<MappingCase> Corp =>
    [
        new("job.completed", new BatchJobEvent { Document = Document(("BatchJob/ErrMsg", "ok")), CreateTime = Time, JobId = "J1", JobType = "sync_user", ErrorCode = 0 }, "J1",
            """{"jobId":"J1","jobType":"sync_user","errorCode":0}"""),
        new("archive.available", new ArchiveEvent { Document = Document(), CreateTime = Time }, "acme", "{}"),
        new("kf.activity", new CustomerServiceEvent { Document = Document(), CreateTime = Time, OpenKfId = "wk1", Token = Canary }, "wk1", """{"openKfId":"wk1"}"""),
        new("approval.changed", new ApprovalEvent
            {
                Document = Document(), CreateTime = Time, IsSystem = true, Number = "2026", TemplateId = "T1", Status = "1", StatusChange = "12",
            }, "2026", """{"spNo":"2026","kind":"system","templateId":"T1","status":"in_progress","change":"approver_added"}"""),
        new("approval.changed", new ApprovalEvent { Document = Document(), CreateTime = Time, IsSystem = false, Number = "A-1", Status = "99" }, "A-1",
            """{"spNo":"A-1","kind":"open","status":"99"}"""),
    ];

    private static IEnumerable<MappingCase> Apps =>
    [
        .. WecomBridge.Contracts.AppActions.All.Select(action => new MappingCase($"app.{action}", App(action), Staff, $$"""{"event":"{{action}}","userId":"staff-001"}""")),
        new("app.template_card_event", App("template_card_event", ("TaskId", "t1"), ("CardType", "button_interaction")) with { EventKey = "accept" }, Staff,
            """{"event":"template_card_event","userId":"staff-001","eventKey":"accept","taskId":"t1","cardType":"button_interaction"}"""),
        new("app.kf_account_auth_change", App("kf_account_auth_change", ("AuthAddOpenKfId[0]", "wk1"), ("AuthAddOpenKfId[1]", "wk2"), ("AuthDelOpenKfId", "wk3")) with { UserId = null }, "acme",
            """{"event":"kf_account_auth_change","addedOpenKfIds":["wk1","wk2"],"removedOpenKfIds":["wk3"]}"""),
        new("app.change_chain", App("change_chain", ("ChangeType", "create_chain"), ("ChainId", "c1")) with { UserId = null }, "acme",
            """{"event":"change_chain","changeType":"create_chain","chainId":"c1"}"""),
        new("app.upload_media_job_finish", App("upload_media_job_finish", ("JobId", "j1")) with { UserId = null }, "acme", """{"event":"upload_media_job_finish","jobId":"j1"}"""),
        new("message.received", new MessageEvent { Document = Document(), CreateTime = Time, Kind = "text", UserId = Staff, MessageId = "7300000000000000001", Content = Canary }, Staff,
            """{"userId":"staff-001","kind":"text","messageId":"7300000000000000001"}"""),
    ];

    private static IEnumerable<MappingCase> Suites =>
    [
        new("suite.create_auth", Suite("create_auth"), "s1", """{"infoType":"create_auth","suiteId":"s1"}"""),
        new("suite.cancel_auth", Suite("cancel_auth") with { AuthCorpId = "ww9" }, "ww9", """{"infoType":"cancel_auth","suiteId":"s1","authCorpId":"ww9"}"""),
        new("suite.suite_ticket", Suite("suite_ticket"), "s1", """{"infoType":"suite_ticket","suiteId":"s1"}"""),
        new("suite.acquisition_permit_change", Suite("customer_acquisition_permit_change") with { AuthCorpId = "ww9" }, "ww9",
            """{"infoType":"customer_acquisition_permit_change","suiteId":"s1","authCorpId":"ww9"}"""),
        new("customer.edited", Contact(ExternalContactChange.Edited) with { SuiteId = "s1" }, Customer, """{"userId":"staff-001","externalUserId":"wm1"}"""),
    ];

    private static IEnumerable<MappingCase> Unknown =>
    [
        new("callback.unrecognized", new UnknownEvent { Document = Document(("Event", "brand_new"), ("ChatId", "wr1"), ("Count", "3")), CreateTime = Time, Event = "brand_new" }, "wr1",
            """{"reason":"unknown","event":"brand_new","elements":{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1700000000","Event":"brand_new","ChatId":"wr1","Count":"3"},"truncated":false}"""),
        new("callback.unrecognized", new UnknownEvent
            {
                Document = Document(("Event", "change_external_contact"), ("ChangeType", "fresh"), ("ExternalUserID", Customer)), CreateTime = Time, Event = "change_external_contact", ChangeType = "fresh",
            }, Customer,
            """{"reason":"unknown","event":"change_external_contact","changeType":"fresh","elements":{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1700000000","Event":"change_external_contact","ChangeType":"fresh","ExternalUserID":"wm1"},"truncated":false}"""),
        new("callback.unrecognized", Quota(CustomerAcquisitionChange.LinkDeleted), "acme",
            """{"reason":"unknown","event":"customer_acquisition","elements":{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1700000000","Event":"customer_acquisition"},"truncated":false}"""),
        new("callback.unrecognized", App("an_event_of_tomorrow", ("Event", "an_event_of_tomorrow")), "acme",
            """{"reason":"unknown","event":"an_event_of_tomorrow","elements":{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1700000000","Event":"an_event_of_tomorrow"},"truncated":false}"""),
    ];

    private static ExternalChatEvent Group(ExternalChatChange change) =>
        new() { Document = Document(("Event", "change_external_chat"), ("ChatId", Chat)), CreateTime = Time, Change = change, ChatId = Chat };

    private static ExternalTagEvent Tag(ExternalTagChange change, string id, string? type) =>
        new() { Document = Document(("Event", "change_external_tag")), CreateTime = Time, Change = change, Id = id, TagType = type };

    private static CustomerAcquisitionEvent Quota(CustomerAcquisitionChange change) =>
        new() { Document = Document(("Event", "customer_acquisition")), CreateTime = Time, Change = change };

    private static MemberEvent Member(ContactChange change) =>
        new() { Document = Document(("Event", "change_contact"), ("UserID", Staff)), CreateTime = Time, Change = change, UserId = Staff };

    private static DepartmentEvent Department(ContactChange change) =>
        new() { Document = Document(("Event", "change_contact"), ("Id", "8")), CreateTime = Time, Change = change, Id = 8 };

    private static AppEvent App(string name, params (string Path, string Value)[] leaves) =>
        new() { Document = Document(leaves), CreateTime = Time, Name = name, UserId = Staff, EventKey = "" };

    private static SuiteEvent Suite(string infoType) =>
        new() { Document = Document(("InfoType", infoType), ("SuiteId", "s1")), CreateTime = Time, InfoType = infoType, SuiteId = "s1" };
}
