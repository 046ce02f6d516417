namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/get_new_external_userid</c>: new ids of a group's external members after the corp's ids were upgraded.</summary>
public sealed class CgibinExternalContactGroupChatGetNewExternalUserIdRequest : WecomRequest<CgibinExternalContactGroupChatGetNewExternalUserIdResponse>
{
    /// <summary>The group they are in.</summary>
    public required string ChatId { get; init; }

    /// <summary>At most 1000 old ids.</summary>
    public required IReadOnlyList<string> ExternalUseridList { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatGetNewExternalUserId);
}

/// <summary>Answer of <c>externalcontact/groupchat/get_new_external_userid</c>.</summary>
public sealed class CgibinExternalContactGroupChatGetNewExternalUserIdResponse : WecomResponse
{
    /// <summary>New ids; an old id that is unknown is left out.</summary>
    public IReadOnlyList<ConvertedExternalUserId> Items { get; set; } = [];
}
