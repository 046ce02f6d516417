using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>WeCom's numbers as the words of the contract. A number without a word passes as it is; nothing sent becomes <c>unknown</c> or null.</summary>
/// <remarks>Numbers: developer.work.weixin.qq.com, documents 92130 (groups), 90970 (members), 91815 (approval), 92114 (ways to add).</remarks>
internal static class WireWords
{
    /// <summary><c>JoinScene</c> of a group event. Another numbering than <c>join_scene</c> of <c>groupchat/get</c>.</summary>
    public static string JoinScene(string? number) => number switch
    {
        null or "" => JoinScenes.Unknown,
        "0" => JoinScenes.Invited,
        "3" => JoinScenes.QrCode,
        _ => number,
    };

    /// <summary><c>QuitScene</c> of a group event.</summary>
    public static string QuitScene(string? number) => number switch
    {
        null or "" => QuitScenes.Unknown,
        "0" => QuitScenes.Left,
        "1" => QuitScenes.Removed,
        _ => number,
    };

    /// <summary><c>TagType</c>.</summary>
    public static string TagKind(string? type) => type switch
    {
        null or "" => TagKinds.Unknown,
        "tag" => TagKinds.Tag,
        "tag_group" => TagKinds.Group,
        _ => type,
    };

    /// <summary><c>Source</c> of a removal; null when a person did it.</summary>
    public static string? RemovalReason(string? source) => source switch
    {
        null or "" => null,
        "DELETE_BY_TRANSFER" => RemovalReasons.Transfer,
        _ => source,
    };

    /// <summary><c>Status</c> of a member; null when not sent.</summary>
    public static string? StaffStatus(string? number) => number switch
    {
        null or "" => null,
        "1" => StaffStatuses.Active,
        "2" => StaffStatuses.Disabled,
        "4" => StaffStatuses.NotActivated,
        "5" => StaffStatuses.Left,
        _ => number,
    };

    /// <summary><c>SpStatus</c> or <c>OpenSpStatus</c>; 4 is withdrawn in one product, cancelled in the other, and one word here.</summary>
    public static string ApprovalStatus(string? number) => number switch
    {
        null or "" => ApprovalStatuses.Unknown,
        "1" => ApprovalStatuses.InProgress,
        "2" => ApprovalStatuses.Approved,
        "3" => ApprovalStatuses.Rejected,
        "4" => ApprovalStatuses.Withdrawn,
        "6" => ApprovalStatuses.WithdrawnAfterApproval,
        "7" => ApprovalStatuses.Deleted,
        "10" => ApprovalStatuses.Paid,
        _ => number,
    };

    /// <summary><c>StatuChangeEvent</c> (sic); null when not sent.</summary>
    public static string? ApprovalChange(string? number) => number switch
    {
        null or "" => null,
        "1" => ApprovalChanges.Submitted,
        "2" => ApprovalChanges.Approved,
        "3" => ApprovalChanges.Rejected,
        "4" => ApprovalChanges.Transferred,
        "5" => ApprovalChanges.Urged,
        "6" => ApprovalChanges.Withdrawn,
        "8" => ApprovalChanges.WithdrawnAfterApproval,
        "10" => ApprovalChanges.Commented,
        "11" => ApprovalChanges.SentBack,
        "12" => ApprovalChanges.ApproverAdded,
        "13" => ApprovalChanges.SignerAddedAndApproved,
        "14" => ApprovalChanges.Handled,
        "15" => ApprovalChanges.HandedOver,
        _ => number,
    };

    /// <summary><c>add_way</c> of a customer relation; null when not sent.</summary>
    public static string? AddWay(int? number) => number switch
    {
        null => null,
        0 => AddWays.Unknown,
        1 => AddWays.QrCode,
        2 => AddWays.PhoneSearch,
        3 => AddWays.Card,
        4 => AddWays.GroupChat,
        5 => AddWays.AddressBook,
        6 => AddWays.WechatContact,
        7 => AddWays.WechatRequest,
        8 => AddWays.ThirdPartyApp,
        9 => AddWays.EmailSearch,
        10 => AddWays.Channels,
        11 => AddWays.Schedule,
        12 => AddWays.Meeting,
        13 => AddWays.WechatFriend,
        14 => AddWays.Hardware,
        15 => AddWays.OnSite,
        16 => AddWays.AcquisitionLink,
        17 => AddWays.Custom,
        18 => AddWays.DemandReply,
        21 => AddWays.ThirdPartyPresales,
        22 => AddWays.BusinessPartner,
        24 => AddWays.AcceptedWechat,
        201 => AddWays.SharedByStaff,
        202 => AddWays.Assigned,
        _ => number.Value.ToString(),
    };
}
