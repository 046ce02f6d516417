namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/batch/get_by_user</c>: customers of several members, one entry for each pair of member and customer.</summary>
public sealed class CgibinExternalContactBatchGetByUserRequest : WecomCursorRequest<CgibinExternalContactBatchGetByUserResponse>
{
    /// <summary>At most 100 members.</summary>
    public required IReadOnlyList<string> UseridList { get; init; }

    /// <summary>Entries of a page, at most 100; the platform takes 50 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.BatchGetByUser);
}

/// <summary>Answer of <c>externalcontact/batch/get_by_user</c>.</summary>
public sealed class CgibinExternalContactBatchGetByUserResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<FollowedContact> ExternalContactList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }

    /// <summary>Members left out; null when none was.</summary>
    public UnlicensedMembers? FailInfo { get; set; }
}

/// <summary>A customer as one member has them.</summary>
public sealed class FollowedContact
{
    /// <summary>The customer.</summary>
    public ExternalContact? ExternalContact { get; set; }

    /// <summary>The member's relation with the customer.</summary>
    public FollowInfo? FollowInfo { get; set; }
}

/// <summary>One member's relation with a customer, as lists of many give it: tags are ids only.</summary>
public sealed class FollowInfo
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>The member's remark, at most 20 characters.</summary>
    public string? Remark { get; set; }

    /// <summary>The member's description, at most 150 characters.</summary>
    public string? Description { get; set; }

    /// <summary>Unix seconds of the adding; a later adding resets it.</summary>
    public long? Createtime { get; set; }

    /// <summary>Ids of corp and strategy tags; personal tags are left out.</summary>
    public IReadOnlyList<string> TagId { get; set; } = [];

    /// <summary>Company as the member noted it.</summary>
    public string? RemarkCorpName { get; set; }

    /// <summary>Mobiles as the member noted them.</summary>
    public IReadOnlyList<string> RemarkMobiles { get; set; } = [];

    /// <summary>Who started the adding.</summary>
    public string? OperUserid { get; set; }

    /// <summary>How the customer was added; unknown values occur.</summary>
    public int? AddWay { get; set; }

    /// <summary>The channel parameter; empty or null without one.</summary>
    public string? State { get; set; }

    /// <summary>Of customers who came from Channels (<c>add_way</c> 10).</summary>
    public WechatChannels? WechatChannels { get; set; }
}

/// <summary>Members a call passed over for want of a licence.</summary>
public sealed class UnlicensedMembers
{
    /// <summary>The members; compare ignoring case.</summary>
    public IReadOnlyList<string> UnlicensedUseridList { get; set; } = [];
}
