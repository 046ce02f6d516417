namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get</c>.</summary>
public sealed class CgibinExternalContactGetRequest : WecomCursorRequest<CgibinExternalContactGetResponse>
{
    /// <summary>The customer.</summary>
    public required string ExternalUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Get, WecomPaths.ExternalContactGet);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>> Query => [new("external_userid", ExternalUserid), new("cursor", Cursor)];
}

/// <summary>Answer of <c>externalcontact/get</c>.</summary>
public sealed class CgibinExternalContactGetResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>The customer.</summary>
    public ExternalContact? ExternalContact { get; set; }

    /// <summary>Members who follow the customer, as far as the app sees them.</summary>
    public IReadOnlyList<FollowUser> FollowUser { get; set; } = [];

    /// <summary>Where the next page of followers begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A customer.</summary>
public sealed class ExternalContact
{
    /// <summary>The platform's id.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>The customer's own name.</summary>
    public string? Name { get; set; }

    /// <summary>1: WeChat user, 2: WeCom user.</summary>
    public int? Type { get; set; }

    /// <summary>0 unknown, 1 male, 2 female.</summary>
    public int? Gender { get; set; }

    /// <summary>Only of WeChat users, and only when the corp has bound a WeChat developer id.</summary>
    public string? Unionid { get; set; }

    /// <summary>Address of the portrait.</summary>
    public string? Avatar { get; set; }

    /// <summary>Position, of WeCom users.</summary>
    public string? Position { get; set; }

    /// <summary>Short company name, of WeCom users.</summary>
    public string? CorpName { get; set; }

    /// <summary>Full company name, of WeCom users.</summary>
    public string? CorpFullName { get; set; }

    /// <summary>What the customer's company shows of them, of WeCom users.</summary>
    public ExternalProfile? ExternalProfile { get; set; }
}

/// <summary>One member's relation with the customer.</summary>
public sealed class FollowUser
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>The member's remark, at most 20 characters.</summary>
    public string? Remark { get; set; }

    /// <summary>The member's description, at most 150 characters.</summary>
    public string? Description { get; set; }

    /// <summary>Unix seconds of the adding; a later adding resets it.</summary>
    public long? Createtime { get; set; }

    /// <summary>Tags the member or the corp put on the customer.</summary>
    public IReadOnlyList<FollowUserTag> Tags { get; set; } = [];

    /// <summary>Company as the member noted it.</summary>
    public string? RemarkCorpName { get; set; }

    /// <summary>Mobiles as the member noted them.</summary>
    public IReadOnlyList<string> RemarkMobiles { get; set; } = [];

    /// <summary>How the customer was added; unknown values occur.</summary>
    public int? AddWay { get; set; }

    /// <summary>The channel parameter; empty or null without one.</summary>
    public string? State { get; set; }

    /// <summary>Who started the adding.</summary>
    public string? OperUserid { get; set; }

    /// <summary>Of customers who came from Channels (<c>add_way</c> 10).</summary>
    public WechatChannels? WechatChannels { get; set; }
}

/// <summary>Where in Channels a customer came from.</summary>
public sealed class WechatChannels
{
    /// <summary>Name of the channel.</summary>
    public string? Nickname { get; set; }

    /// <summary>0 unknown, 1 home page, 2 live room, 3 lead collection.</summary>
    public int? Source { get; set; }
}

/// <summary>One tag on a relation.</summary>
public sealed class FollowUserTag
{
    /// <summary>Name of the group.</summary>
    public string? GroupName { get; set; }

    /// <summary>Name of the tag.</summary>
    public string? TagName { get; set; }

    /// <summary>Id of the tag; null for a member's personal tag.</summary>
    public string? TagId { get; set; }

    /// <summary>1 corp tag, 2 personal tag, 3 strategy tag.</summary>
    public int? Type { get; set; }
}
