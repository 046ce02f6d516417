namespace WecomBridge.Wecom.Callbacks;

/// <summary>A callback after decryption and reading. Every field but the time may be absent: WeCom leaves elements out without notice.</summary>
public abstract record CallbackEvent
{
    /// <summary>Everything WeCom sent, for the event id and for what no property covers.</summary>
    public required CallbackDocument Document { get; init; }

    /// <summary><c>CreateTime</c> (suite envelope: <c>TimeStamp</c>), whole seconds, UTC; null when absent or no number.</summary>
    public DateTimeOffset? CreateTime { get; init; }

    /// <summary>The suite that was called back, for third-party apps; null in the self-built envelope.</summary>
    public string? SuiteId { get; init; }
}

/// <summary>What happened between a member and a customer (<c>change_external_contact</c>).</summary>
public enum ExternalContactChange
{
    /// <summary><c>add_external_contact</c></summary>
    Added,
    /// <summary><c>add_half_external_contact</c>: the customer added a member who has not added back.</summary>
    HalfAdded,
    /// <summary><c>edit_external_contact</c>: something may have changed; it does not say what.</summary>
    Edited,
    /// <summary><c>del_external_contact</c>: the member deleted the customer.</summary>
    RemovedByMember,
    /// <summary><c>del_follow_user</c>: the customer deleted the member.</summary>
    LeftByCustomer,
    /// <summary><c>transfer_fail</c></summary>
    TransferFailed,
    /// <summary><c>msg_audit_approved</c>: the customer agreed to chat archiving.</summary>
    ArchiveAgreed,
}

/// <summary><c>change_external_contact</c>. A callback without both ids is an <see cref="UnknownEvent"/>.</summary>
public sealed record ExternalContactEvent : CallbackEvent
{
    /// <summary>From <c>ChangeType</c>.</summary>
    public required ExternalContactChange Change { get; init; }
    /// <summary>The member (<c>UserID</c>), spelled as received; the platform compares it ignoring case.</summary>
    public required string UserId { get; init; }
    /// <summary>The customer (<c>ExternalUserID</c>).</summary>
    public required string ExternalUserId { get; init; }
    /// <summary>Channel of the contact way or acquisition link; null when absent or empty.</summary>
    public string? State { get; init; }
    /// <summary>Single-use code for <c>send_welcome_msg</c>, 20 s; null when WeCom sent none. Secret.</summary>
    public string? WelcomeCode { get; init; }
    /// <summary><c>Source</c> of a removal, such as <c>DELETE_BY_TRANSFER</c>.</summary>
    public string? Source { get; init; }
    /// <summary><c>FailReason</c> of a failed transfer.</summary>
    public string? FailReason { get; init; }
}

/// <summary>What happened to a customer group (<c>change_external_chat</c>).</summary>
public enum ExternalChatChange
{
    /// <summary><c>create</c></summary>
    Created,
    /// <summary><c>update</c> / <c>add_member</c></summary>
    MembersAdded,
    /// <summary><c>update</c> / <c>del_member</c></summary>
    MembersRemoved,
    /// <summary><c>update</c> / <c>change_owner</c></summary>
    OwnerChanged,
    /// <summary><c>update</c> / <c>change_name</c></summary>
    NameChanged,
    /// <summary><c>update</c> / <c>change_notice</c></summary>
    NoticeChanged,
    /// <summary><c>dismiss</c></summary>
    Dismissed,
}

/// <summary><c>change_external_chat</c>. A callback without <c>ChatId</c> is an <see cref="UnknownEvent"/>.</summary>
public sealed record ExternalChatEvent : CallbackEvent
{
    /// <summary>From <c>ChangeType</c> and <c>UpdateDetail</c>.</summary>
    public required ExternalChatChange Change { get; init; }
    /// <summary>The group.</summary>
    public required string ChatId { get; init; }
    /// <summary><c>JoinScene</c>: 0 invited, 3 QR code; only of added members.</summary>
    public string? JoinScene { get; init; }
    /// <summary><c>QuitScene</c>: 0 left, 1 removed; only of removed members.</summary>
    public string? QuitScene { get; init; }
    /// <summary><c>MemChangeCnt</c>; null when absent.</summary>
    public int? MemberChangeCount { get; init; }
    /// <summary><c>MemChangeList</c>; null when WeCom sent none (old payloads).</summary>
    public IReadOnlyList<string>? Members { get; init; }
    /// <summary><c>LastMemVer</c></summary>
    public string? LastMemberVersion { get; init; }
    /// <summary><c>CurMemVer</c></summary>
    public string? CurrentMemberVersion { get; init; }
}

/// <summary>What happened to a corp tag or tag group (<c>change_external_tag</c>).</summary>
public enum ExternalTagChange
{
    /// <summary><c>create</c></summary>
    Created,
    /// <summary><c>update</c></summary>
    Updated,
    /// <summary><c>delete</c></summary>
    Deleted,
    /// <summary><c>shuffle</c></summary>
    Shuffled,
}

/// <summary><c>change_external_tag</c></summary>
public sealed record ExternalTagEvent : CallbackEvent
{
    /// <summary>From <c>ChangeType</c>.</summary>
    public required ExternalTagChange Change { get; init; }
    /// <summary>Tag or group; null when the order of all groups changed.</summary>
    public string? Id { get; init; }
    /// <summary><c>tag</c> or <c>tag_group</c>; null for shuffle.</summary>
    public string? TagType { get; init; }
    /// <summary>Strategy (规则组) id, text.</summary>
    public string? StrategyId { get; init; }
}

/// <summary>What happened around the acquisition assistant (<c>customer_acquisition</c>).</summary>
public enum CustomerAcquisitionChange
{
    /// <summary><c>balance_low</c></summary>
    BalanceLow,
    /// <summary><c>balance_exhausted</c></summary>
    BalanceExhausted,
    /// <summary><c>balance_increased</c></summary>
    BalanceIncreased,
    /// <summary><c>quota_expire_soon</c></summary>
    QuotaExpireSoon,
    /// <summary><c>link_unavailable</c></summary>
    LinkUnavailable,
    /// <summary><c>delete_link</c></summary>
    LinkDeleted,
    /// <summary><c>open_profile</c></summary>
    ProfileOpened,
    /// <summary><c>friend_request</c></summary>
    FriendRequested,
    /// <summary><c>customer_start_chat</c></summary>
    ChatStarted,
    /// <summary><c>message_from_customer</c></summary>
    MessageReceived,
    /// <summary><c>del_follow_user</c> of a customer won by a link.</summary>
    CustomerLeft,
}

/// <summary><c>customer_acquisition</c></summary>
public sealed record CustomerAcquisitionEvent : CallbackEvent
{
    /// <summary>From <c>ChangeType</c>.</summary>
    public required CustomerAcquisitionChange Change { get; init; }
    /// <summary>The link.</summary>
    public string? LinkId { get; init; }
    /// <summary><c>customer_channel</c> of the clicked link.</summary>
    public string? State { get; init; }
    /// <summary>The member.</summary>
    public string? UserId { get; init; }
    /// <summary>The customer.</summary>
    public string? ExternalUserId { get; init; }
    /// <summary><c>ExpireTime</c> of a quota batch.</summary>
    public DateTimeOffset? ExpireTime { get; init; }
    /// <summary><c>ExpireQuotaNum</c></summary>
    public int? ExpireQuota { get; init; }
    /// <summary>Credential for <c>get_chat_info</c>, 30 min. Secret.</summary>
    public string? ChatKey { get; init; }
}

/// <summary>Created, updated or deleted.</summary>
public enum ContactChange
{
    /// <summary><c>create_user</c>, <c>create_party</c></summary>
    Created,
    /// <summary><c>update_user</c>, <c>update_party</c></summary>
    Updated,
    /// <summary><c>delete_user</c>, <c>delete_party</c></summary>
    Deleted,
}

/// <summary><c>change_contact</c> of a member. Personal fields stay in the document.</summary>
public sealed record MemberEvent : CallbackEvent
{
    /// <summary>From <c>ChangeType</c>.</summary>
    public required ContactChange Change { get; init; }
    /// <summary>The member; on a change of id the old one.</summary>
    public required string UserId { get; init; }
    /// <summary>The new id when it changed.</summary>
    public string? NewUserId { get; init; }
    /// <summary><c>Department</c>; null when not sent.</summary>
    public IReadOnlyList<long>? Departments { get; init; }
    /// <summary><c>MainDepartment</c></summary>
    public long? MainDepartment { get; init; }
    /// <summary><c>IsLeaderInDept</c>, in the order of the departments.</summary>
    public IReadOnlyList<bool>? LeaderInDepartments { get; init; }
    /// <summary><c>DirectLeader</c> member ids.</summary>
    public IReadOnlyList<string>? DirectLeaders { get; init; }
    /// <summary><c>Status</c>: 1 active, 2 disabled, 4 not activated, 5 left.</summary>
    public string? Status { get; init; }
}

/// <summary><c>change_contact</c> of a department.</summary>
public sealed record DepartmentEvent : CallbackEvent
{
    /// <summary>From <c>ChangeType</c>.</summary>
    public required ContactChange Change { get; init; }
    /// <summary>The department.</summary>
    public required long Id { get; init; }
    /// <summary>Its name, when sent.</summary>
    public string? Name { get; init; }
    /// <summary>Its parent, when sent.</summary>
    public long? ParentId { get; init; }
}

/// <summary><c>change_contact</c> / <c>update_tag</c>: a member tag, not a customer tag.</summary>
public sealed record MemberTagEvent : CallbackEvent
{
    /// <summary>The member tag.</summary>
    public required long TagId { get; init; }
    /// <summary><c>AddUserItems</c></summary>
    public IReadOnlyList<string> AddedUsers { get; init; } = [];
    /// <summary><c>DelUserItems</c></summary>
    public IReadOnlyList<string> RemovedUsers { get; init; } = [];
    /// <summary><c>AddPartyItems</c></summary>
    public IReadOnlyList<long> AddedDepartments { get; init; } = [];
    /// <summary><c>DelPartyItems</c></summary>
    public IReadOnlyList<long> RemovedDepartments { get; init; } = [];
}

/// <summary><c>batch_job_result</c></summary>
public sealed record BatchJobEvent : CallbackEvent
{
    /// <summary><c>BatchJob/JobId</c></summary>
    public required string JobId { get; init; }
    /// <summary><c>BatchJob/JobType</c></summary>
    public string? JobType { get; init; }
    /// <summary><c>BatchJob/ErrCode</c></summary>
    public int? ErrorCode { get; init; }
}

/// <summary><c>msgaudit_notify</c>: new archived messages exist.</summary>
public sealed record ArchiveEvent : CallbackEvent;

/// <summary><c>kf_msg_or_event</c>: customer service has messages to pull.</summary>
public sealed record CustomerServiceEvent : CallbackEvent
{
    /// <summary>The customer service account.</summary>
    public required string OpenKfId { get; init; }
    /// <summary>Pull token, 10 min. Secret.</summary>
    public string? Token { get; init; }
}

/// <summary><c>sys_approval_change</c> or <c>open_approval_change</c>.</summary>
public sealed record ApprovalEvent : CallbackEvent
{
    /// <summary>True for <c>sys_approval_change</c> (the Approval app), false for an own process.</summary>
    public required bool IsSystem { get; init; }
    /// <summary><c>SpNoStr</c>, else <c>SpNo</c>, else <c>ThirdNo</c>.</summary>
    public required string Number { get; init; }
    /// <summary><c>TemplateId</c> or <c>OpenTemplateId</c></summary>
    public string? TemplateId { get; init; }
    /// <summary><c>SpStatus</c> or <c>OpenSpStatus</c>, a number as text.</summary>
    public string? Status { get; init; }
    /// <summary><c>StatuChangeEvent</c> (sic), a number as text.</summary>
    public string? StatusChange { get; init; }
}

/// <summary>An app interaction or life-cycle event from the closed list <see cref="CallbackEventReader.AppEventNames"/>.</summary>
public sealed record AppEvent : CallbackEvent
{
    /// <summary><c>Event</c> in lower case.</summary>
    public required string Name { get; init; }
    /// <summary>The member; null for <c>sys</c>.</summary>
    public string? UserId { get; init; }
    /// <summary><c>EventKey</c></summary>
    public string? EventKey { get; init; }
}

/// <summary>A member wrote to the app (<c>MsgType</c> other than <c>event</c>).</summary>
public sealed record MessageEvent : CallbackEvent
{
    /// <summary><c>MsgType</c> in lower case.</summary>
    public required string Kind { get; init; }
    /// <summary>The member.</summary>
    public string? UserId { get; init; }
    /// <summary><c>MsgId</c>, text: 64-bit numbers do not survive every reader.</summary>
    public string? MessageId { get; init; }
    /// <summary>Text of a text message. Personal.</summary>
    public string? Content { get; init; }
}

/// <summary>A command of the suite envelope from the closed list <see cref="CallbackEventReader.SuiteInfoTypes"/>; answered <c>success</c>.</summary>
public sealed record SuiteEvent : CallbackEvent
{
    /// <summary><c>InfoType</c> in lower case.</summary>
    public required string InfoType { get; init; }
    /// <summary><c>AuthCorpId</c></summary>
    public string? AuthCorpId { get; init; }
}

/// <summary>Verified and readable, but of no known kind, or a known kind without its key fields.</summary>
public sealed record UnknownEvent : CallbackEvent
{
    /// <summary><c>Event</c> or <c>InfoType</c>, as sent.</summary>
    public string? Event { get; init; }
    /// <summary><c>ChangeType</c>, as sent.</summary>
    public string? ChangeType { get; init; }
}
