namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/update_join_way</c>: replaces a join way this app created; what is left null is emptied.</summary>
public sealed class CgibinExternalContactGroupChatUpdateJoinWayRequest : WecomRequest<CgibinExternalContactGroupChatUpdateJoinWayResponse>
{
    /// <summary>The join way.</summary>
    public required string ConfigId { get; init; }

    /// <summary>1 plugin of a mini program, 2 QR code.</summary>
    public required int Scene { get; init; }

    /// <summary>At most 30 characters.</summary>
    public string? Remark { get; init; }

    /// <summary>1, also without it: a new group is made when all are full; 0: not.</summary>
    public int? AutoCreateRoom { get; init; }

    /// <summary>Beginning of a new group's name, at most 40 characters.</summary>
    public string? RoomBaseName { get; init; }

    /// <summary>Number of the first new group.</summary>
    public int? RoomBaseId { get; init; }

    /// <summary>At most 5 groups (41091).</summary>
    public required IReadOnlyList<string> ChatIdList { get; init; }

    /// <summary>At most 30 characters; comes back with those who join.</summary>
    public string? State { get; init; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatUpdateJoinWay);

    /// <inheritdoc />
    public override string? WriteKey => ConfigId;
}

/// <summary>Answer of <c>externalcontact/groupchat/update_join_way</c>.</summary>
public sealed class CgibinExternalContactGroupChatUpdateJoinWayResponse : WecomResponse;
