namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/remind_groupmsg_send</c>: reminds members of a mass message.</summary>
public sealed class CgibinExternalContactRemindGroupMessageSendRequest : WecomRequest<CgibinExternalContactRemindGroupMessageSendResponse>
{
    /// <summary>The task.</summary>
    public required string Msgid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.RemindGroupMessageSend);
}

/// <summary>Answer of <c>externalcontact/remind_groupmsg_send</c>.</summary>
public sealed class CgibinExternalContactRemindGroupMessageSendResponse : WecomResponse;
