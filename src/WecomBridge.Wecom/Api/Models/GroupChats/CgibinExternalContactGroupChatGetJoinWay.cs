namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/get_join_way</c>: a join way this app created.</summary>
public sealed class CgibinExternalContactGroupChatGetJoinWayRequest : WecomRequest<CgibinExternalContactGroupChatGetJoinWayResponse>
{
    /// <summary>The join way.</summary>
    public required string ConfigId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatGetJoinWay);
}

/// <summary>Answer of <c>externalcontact/groupchat/get_join_way</c>.</summary>
public sealed class CgibinExternalContactGroupChatGetJoinWayResponse : WecomResponse
{
    /// <summary>The join way.</summary>
    public JoinWay? JoinWay { get; set; }
}

/// <summary>A code by which customers join groups.</summary>
public sealed class JoinWay
{
    /// <summary>Id of the join way.</summary>
    public string? ConfigId { get; set; }

    /// <summary>1 plugin of a mini program, 2 QR code.</summary>
    public int? Scene { get; set; }

    /// <summary>What the corp noted.</summary>
    public string? Remark { get; set; }

    /// <summary>1: a new group is made when all are full.</summary>
    public int? AutoCreateRoom { get; set; }

    /// <summary>Beginning of a new group's name.</summary>
    public string? RoomBaseName { get; set; }

    /// <summary>Number of the first new group.</summary>
    public int? RoomBaseId { get; set; }

    /// <summary>The groups; one made by itself is added at the end.</summary>
    public IReadOnlyList<string> ChatIdList { get; set; } = [];

    /// <summary>Address of the code, for scene 2.</summary>
    public string? QrCode { get; set; }

    /// <summary>Comes back with those who join.</summary>
    public string? State { get; set; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; set; }
}
