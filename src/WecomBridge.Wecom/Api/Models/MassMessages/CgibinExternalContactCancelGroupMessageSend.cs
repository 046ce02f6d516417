namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/cancel_groupmsg_send</c>: takes a mass message back from members who have not sent it.</summary>
public sealed class CgibinExternalContactCancelGroupMessageSendRequest : WecomRequest<CgibinExternalContactCancelGroupMessageSendResponse>
{
    /// <summary>The task.</summary>
    public required string Msgid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CancelGroupMessageSend);

    /// <inheritdoc />
    public override string? WriteKey => Msgid;
}

/// <summary>Answer of <c>externalcontact/cancel_groupmsg_send</c>.</summary>
public sealed class CgibinExternalContactCancelGroupMessageSendResponse : WecomResponse;
