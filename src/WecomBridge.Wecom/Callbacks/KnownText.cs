using System.Collections.Frozen;
using System.Text;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>Names and values that nearly every callback repeats, kept once so that reading them allocates nothing.</summary>
/// <remarks>The table never grows: what comes from outside cannot fill it.</remarks>
internal static class KnownText
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "xml", "ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "ChangeType", "AgentID", "Encrypt",
        "SuiteId", "AuthCorpId", "InfoType", "TimeStamp", "AuthCode", "SuiteTicket", "AuthType",
        "UserID", "ExternalUserID", "State", "WelcomeCode", "Source", "FailReason",
        "ChatId", "UpdateDetail", "JoinScene", "QuitScene", "MemChangeCnt", "MemChangeList", "Item", "LastMemVer", "CurMemVer",
        "Id", "TagType", "StrategyId", "LinkId", "ExpireTime", "ExpireQuotaNum", "ChatSeq", "ChatKey",
        "NewUserID", "Name", "Department", "MainDepartment", "IsLeaderInDept", "DirectLeader", "Position", "Mobile", "Gender", "Email", "BizMail",
        "Status", "Avatar", "Alias", "Telephone", "Address", "ExtAttr", "ParentId", "Order",
        "TagId", "AddUserItems", "DelUserItems", "AddPartyItems", "DelPartyItems",
        "BatchJob", "JobId", "JobType", "ErrCode", "ErrMsg", "Token", "OpenKfId", "AuthAddOpenKfId", "AuthDelOpenKfId",
        "ApprovalInfo", "SpNoStr", "SpNo", "ThirdNo", "SpStatus", "OpenSpStatus", "TemplateId", "OpenTemplateId", "StatuChangeEvent",
        "EventKey", "TaskId", "CardType", "ResponseCode", "MsgId", "Content", "MediaId", "PicUrl", "Format", "Url", "Title", "Description",
        "sys", "event", "text", "tag", "tag_group", "0", "1", "2", "3",
        "change_external_contact", "add_external_contact", "add_half_external_contact", "edit_external_contact", "del_external_contact",
        "del_follow_user", "transfer_fail", "msg_audit_approved", "DELETE_BY_TRANSFER", "customer_refused",
        "change_external_chat", "create", "update", "delete", "dismiss", "shuffle", "add_member", "del_member", "change_owner", "change_name", "change_notice",
        "change_external_tag", "customer_acquisition", "change_contact", "create_user", "update_user", "delete_user",
        "kf_msg_or_event", "sys_approval_change", "open_approval_change", "suite_ticket",
    ]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Known.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int Longest = Known.Max(text => text.Length);

    /// <summary>The text of valid UTF-8: the known instance where there is one, else a new one.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0) return "";
        if (utf8.Length > Longest) return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[utf8.Length];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        return Lookup.TryGetValue(text, out var known) ? known : new string(text);
    }
}
