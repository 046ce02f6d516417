using System.Collections.Frozen;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>One method per family of events. Each gives null for a kind it does not know, and for a known kind without the ids it is about.</summary>
internal static class CallbackFamilies
{
    private static readonly FrozenSet<string> MessageKinds = FrozenSet.ToFrozenSet(
        ["text", "image", "voice", "video", "location", "link", "file"], StringComparer.OrdinalIgnoreCase);

    public static ExternalContactEvent? ExternalContact(CallbackFields fields, string? changeType)
    {
        ExternalContactChange? change = changeType switch
        {
            "add_external_contact" => ExternalContactChange.Added,
            "add_half_external_contact" => ExternalContactChange.HalfAdded,
            "edit_external_contact" => ExternalContactChange.Edited,
            "del_external_contact" => ExternalContactChange.RemovedByMember,
            "del_follow_user" => ExternalContactChange.LeftByCustomer,
            "transfer_fail" => ExternalContactChange.TransferFailed,
            "msg_audit_approved" => ExternalContactChange.ArchiveAgreed,
            _ => null,
        };
        if (change is null || fields.Text("UserID") is not { } user || fields.Text("ExternalUserID") is not { } customer) return null;
        return new()
        {
            Document = fields.Document,
            Change = change.Value,
            UserId = user,
            ExternalUserId = customer,
            // The page warns never to take the channel from an edit.
            State = change is ExternalContactChange.Added or ExternalContactChange.HalfAdded ? fields.Text("State") : null,
            WelcomeCode = fields.Text("WelcomeCode"),
            Source = fields.Text("Source"),
            FailReason = fields.Text("FailReason"),
        };
    }

    public static ExternalChatEvent? ExternalChat(CallbackFields fields, string? changeType)
    {
        ExternalChatChange? change = (changeType, fields.Text("UpdateDetail")?.ToLowerInvariant()) switch
        {
            ("create", _) => ExternalChatChange.Created,
            ("update", "add_member") => ExternalChatChange.MembersAdded,
            ("update", "del_member") => ExternalChatChange.MembersRemoved,
            ("update", "change_owner") => ExternalChatChange.OwnerChanged,
            ("update", "change_name") => ExternalChatChange.NameChanged,
            ("update", "change_notice") => ExternalChatChange.NoticeChanged,
            ("dismiss", _) => ExternalChatChange.Dismissed,
            _ => null,
        };
        if (change is null || fields.Text("ChatId") is not { } chat) return null;
        return new()
        {
            Document = fields.Document,
            Change = change.Value,
            ChatId = chat,
            // WeCom sends both scenes with either change; the one that does not belong to it means nothing.
            JoinScene = change == ExternalChatChange.MembersAdded ? fields.Text("JoinScene") : null,
            QuitScene = change == ExternalChatChange.MembersRemoved ? fields.Text("QuitScene") : null,
            MemberChangeCount = fields.Count("MemChangeCnt"),
            Members = fields.List("MemChangeList"),
            LastMemberVersion = fields.Text("LastMemVer"),
            CurrentMemberVersion = fields.Text("CurMemVer"),
        };
    }

    public static ExternalTagEvent? ExternalTag(CallbackFields fields, string? changeType)
    {
        ExternalTagChange? change = changeType switch
        {
            "create" => ExternalTagChange.Created,
            "update" => ExternalTagChange.Updated,
            "delete" => ExternalTagChange.Deleted,
            "shuffle" => ExternalTagChange.Shuffled,
            _ => null,
        };
        var id = fields.Text("Id");
        // Only a new order may be about everything.
        if (change is null || (id is null && change != ExternalTagChange.Shuffled)) return null;
        return new()
        {
            Document = fields.Document,
            Change = change.Value,
            Id = id,
            TagType = fields.Text("TagType"),
            StrategyId = fields.Text("StrategyId"),
        };
    }

    public static CustomerAcquisitionEvent? CustomerAcquisition(CallbackFields fields, string? changeType)
    {
        (CustomerAcquisitionChange Change, bool AboutLink)? kind = changeType switch
        {
            "balance_low" => (CustomerAcquisitionChange.BalanceLow, false),
            "balance_exhausted" => (CustomerAcquisitionChange.BalanceExhausted, false),
            "balance_increased" => (CustomerAcquisitionChange.BalanceIncreased, false),
            "quota_expire_soon" => (CustomerAcquisitionChange.QuotaExpireSoon, false),
            "link_unavailable" => (CustomerAcquisitionChange.LinkUnavailable, true),
            "delete_link" => (CustomerAcquisitionChange.LinkDeleted, true),
            "open_profile" => (CustomerAcquisitionChange.ProfileOpened, true),
            "friend_request" => (CustomerAcquisitionChange.FriendRequested, true),
            "customer_start_chat" => (CustomerAcquisitionChange.ChatStarted, false),
            "message_from_customer" => (CustomerAcquisitionChange.MessageReceived, false),
            "del_follow_user" => (CustomerAcquisitionChange.CustomerLeft, false),
            _ => null,
        };
        var link = fields.Text("LinkId");
        if (kind is null || (kind.Value.AboutLink && link is null)) return null;
        return new()
        {
            Document = fields.Document,
            Change = kind.Value.Change,
            LinkId = link,
            State = fields.Text("State"),
            UserId = fields.Text("UserID"),
            ExternalUserId = fields.Text("ExternalUserID"),
            ExpireTime = fields.Time("ExpireTime"),
            ExpireQuota = fields.Count("ExpireQuotaNum"),
            ChatKey = fields.Text("ChatKey"),
        };
    }

    public static CallbackEvent? Contact(CallbackFields fields, string? changeType) => changeType switch
    {
        "create_user" => Member(fields, ContactChange.Created),
        "update_user" => Member(fields, ContactChange.Updated),
        "delete_user" => Member(fields, ContactChange.Deleted),
        "create_party" => Department(fields, ContactChange.Created),
        "update_party" => Department(fields, ContactChange.Updated),
        "delete_party" => Department(fields, ContactChange.Deleted),
        "update_tag" => MemberTag(fields),
        _ => null,
    };

    public static BatchJobEvent? BatchJob(CallbackFields fields) => fields.Text("BatchJob/JobId") is not { } id ? null : new()
    {
        Document = fields.Document,
        JobId = id,
        JobType = fields.Text("BatchJob/JobType"),
        ErrorCode = fields.Count("BatchJob/ErrCode"),
    };

    public static CustomerServiceEvent? CustomerService(CallbackFields fields) => fields.Text("OpenKfId") is not { } id ? null : new()
    {
        Document = fields.Document,
        OpenKfId = id,
        Token = fields.Text("Token"),
    };

    public static ApprovalEvent? Approval(CallbackFields fields, bool isSystem)
    {
        var number = fields.Text("ApprovalInfo/SpNoStr") ?? fields.Text("ApprovalInfo/SpNo") ?? fields.Text("ApprovalInfo/ThirdNo");
        return number is null ? null : new()
        {
            Document = fields.Document,
            IsSystem = isSystem,
            Number = number,
            TemplateId = fields.Text("ApprovalInfo/TemplateId") ?? fields.Text("ApprovalInfo/OpenTemplateId"),
            Status = fields.Text("ApprovalInfo/SpStatus") ?? fields.Text("ApprovalInfo/OpenSpStatus"),
            StatusChange = fields.Text("ApprovalInfo/StatuChangeEvent"),
        };
    }

    public static AppEvent App(CallbackFields fields, string name) => new()
    {
        Document = fields.Document,
        Name = name,
        UserId = Sender(fields),
        EventKey = fields.Text("EventKey"),
    };

    public static MessageEvent? Message(CallbackFields fields)
    {
        var kind = fields.Text("MsgType");
        if (kind is null || !MessageKinds.Contains(kind) || Sender(fields) is not { } user) return null;
        return new()
        {
            Document = fields.Document,
            Kind = kind.ToLowerInvariant(),
            UserId = user,
            MessageId = fields.Text("MsgId"),
            Content = fields.Text("Content"),
        };
    }

    public static SuiteEvent Suite(CallbackFields fields, string infoType) => new()
    {
        Document = fields.Document,
        InfoType = infoType,
        AuthCorpId = fields.Text("AuthCorpId"),
    };

    private static MemberEvent? Member(CallbackFields fields, ContactChange change) => fields.Text("UserID") is not { } user ? null : new()
    {
        Document = fields.Document,
        Change = change,
        UserId = user,
        NewUserId = fields.Text("NewUserID"),
        Departments = fields.Numbers("Department"),
        MainDepartment = fields.Number("MainDepartment"),
        LeaderInDepartments = fields.List("IsLeaderInDept")?.Select(leader => leader == "1").ToArray(),
        DirectLeaders = fields.List("DirectLeader"),
        Status = fields.Text("Status"),
    };

    private static DepartmentEvent? Department(CallbackFields fields, ContactChange change) => fields.Number("Id") is not { } id ? null : new()
    {
        Document = fields.Document,
        Change = change,
        Id = id,
        Name = fields.Text("Name"),
        ParentId = fields.Number("ParentId"),
    };

    private static MemberTagEvent? MemberTag(CallbackFields fields) => fields.Number("TagId") is not { } id ? null : new()
    {
        Document = fields.Document,
        TagId = id,
        AddedUsers = fields.List("AddUserItems") ?? [],
        RemovedUsers = fields.List("DelUserItems") ?? [],
        AddedDepartments = fields.Numbers("AddPartyItems") ?? [],
        RemovedDepartments = fields.Numbers("DelPartyItems") ?? [],
    };

    /// <summary>The member who caused it; null for the platform itself.</summary>
    private static string? Sender(CallbackFields fields) =>
        fields.Text("FromUserName") is { } sender && !sender.Equals("sys", StringComparison.OrdinalIgnoreCase) ? sender : null;
}
