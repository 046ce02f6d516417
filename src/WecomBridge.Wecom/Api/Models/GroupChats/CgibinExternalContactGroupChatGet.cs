namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/get</c>.</summary>
public sealed class CgibinExternalContactGroupChatGetRequest : WecomRequest<CgibinExternalContactGroupChatGetResponse>
{
    /// <summary>The group.</summary>
    public required string ChatId { get; init; }

    /// <summary>1: names of members wanted.</summary>
    public int NeedName { get; init; } = 1;

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatGet);
}

/// <summary>Answer of <c>externalcontact/groupchat/get</c>.</summary>
public sealed class CgibinExternalContactGroupChatGetResponse : WecomResponse
{
    /// <summary>The group.</summary>
    public GroupChat? GroupChat { get; set; }
}

/// <summary>A customer group.</summary>
public sealed class GroupChat
{
    /// <summary>Id of the group.</summary>
    public string? ChatId { get; set; }

    /// <summary>Name; empty for an unnamed group.</summary>
    public string? Name { get; set; }

    /// <summary>The member who owns it.</summary>
    public string? Owner { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>Notice shown in the group.</summary>
    public string? Notice { get; set; }

    /// <summary>Equals the callback's <c>CurMemVer</c> once the data has caught up.</summary>
    public string? MemberVersion { get; set; }

    /// <summary>Administrators.</summary>
    public IReadOnlyList<GroupChatAdmin> AdminList { get; set; } = [];

    /// <summary>Everyone in the group.</summary>
    public IReadOnlyList<GroupChatMember> MemberList { get; set; } = [];
}

/// <summary>An administrator of a group.</summary>
public sealed class GroupChatAdmin
{
    /// <summary>The member.</summary>
    public string? Userid { get; set; }
}

/// <summary>Someone in a group.</summary>
public sealed class GroupChatMember
{
    /// <summary>Member id or external user id, by <see cref="Type"/>.</summary>
    public string? Userid { get; set; }

    /// <summary>1 member of the corp, 2 external.</summary>
    public int? Type { get; set; }

    /// <summary>Of external users, under the platform's conditions.</summary>
    public string? Unionid { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? JoinTime { get; set; }

    /// <summary>1 invited by a member, 2 by an invitation link, 3 by a QR code; the callback counts otherwise.</summary>
    public int? JoinScene { get; set; }

    /// <summary>Who invited; null when nobody did.</summary>
    public GroupChatInvitor? Invitor { get; set; }

    /// <summary>Name within the group.</summary>
    public string? GroupNickname { get; set; }

    /// <summary>The person's name.</summary>
    public string? Name { get; set; }

    /// <summary>Parameter of the join way.</summary>
    public string? State { get; set; }
}

/// <summary>Who invited.</summary>
public sealed class GroupChatInvitor
{
    /// <summary>The member.</summary>
    public string? Userid { get; set; }
}
