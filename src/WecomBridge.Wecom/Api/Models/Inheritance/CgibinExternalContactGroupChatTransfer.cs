namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/transfer</c>: hands groups of an owner who resigned to another (90500 for one who has not).</summary>
public sealed class CgibinExternalContactGroupChatTransferRequest : WecomRequest<CgibinExternalContactGroupChatTransferResponse>
{
    /// <summary>1 to 100 groups.</summary>
    public required IReadOnlyList<string> ChatIdList { get; init; }

    /// <summary>The member who takes.</summary>
    public required string NewOwner { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatTransfer);

    /// <inheritdoc />
    public override string? WriteKey => NewOwner;
}

/// <summary>Answer of <c>externalcontact/groupchat/transfer</c>.</summary>
public sealed class CgibinExternalContactGroupChatTransferResponse : WecomResponse
{
    /// <summary>Groups not handed over; empty when all were.</summary>
    public IReadOnlyList<FailedGroupTransfer> FailedChatList { get; set; } = [];
}
