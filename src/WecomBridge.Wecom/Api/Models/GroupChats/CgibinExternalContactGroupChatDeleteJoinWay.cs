namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/del_join_way</c>: deletes a join way this app created.</summary>
public sealed class CgibinExternalContactGroupChatDeleteJoinWayRequest : WecomRequest<CgibinExternalContactGroupChatDeleteJoinWayResponse>
{
    /// <summary>The join way.</summary>
    public required string ConfigId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatDeleteJoinWay);

    /// <inheritdoc />
    public override string? WriteKey => ConfigId;
}

/// <summary>Answer of <c>externalcontact/groupchat/del_join_way</c>.</summary>
public sealed class CgibinExternalContactGroupChatDeleteJoinWayResponse : WecomResponse;
