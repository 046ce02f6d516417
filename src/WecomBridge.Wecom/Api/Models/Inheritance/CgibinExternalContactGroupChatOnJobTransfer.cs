namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/groupchat/onjob_transfer</c>: hands groups of a working owner to another. At most 300 a day for one taker, each group at most twice in 90 days.</summary>
public sealed class CgibinExternalContactGroupChatOnJobTransferRequest : WecomRequest<CgibinExternalContactGroupChatOnJobTransferResponse>
{
    /// <summary>1 to 100 groups.</summary>
    public required IReadOnlyList<string> ChatIdList { get; init; }

    /// <summary>The member who takes.</summary>
    public required string NewOwner { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupChatOnJobTransfer);

    /// <inheritdoc />
    public override string? WriteKey => NewOwner;
}

/// <summary>Answer of <c>externalcontact/groupchat/onjob_transfer</c>.</summary>
public sealed class CgibinExternalContactGroupChatOnJobTransferResponse : WecomResponse
{
    /// <summary>Groups not handed over; empty when all were.</summary>
    public IReadOnlyList<FailedGroupTransfer> FailedChatList { get; set; } = [];
}

/// <summary>A group that was not handed over.</summary>
public sealed class FailedGroupTransfer
{
    /// <summary>The group.</summary>
    public string? ChatId { get; set; }

    /// <summary>Why, a code of <see cref="WecomErrorCodes"/>.</summary>
    public int? Errcode { get; set; }

    /// <summary>The platform's text.</summary>
    public string? Errmsg { get; set; }
}
