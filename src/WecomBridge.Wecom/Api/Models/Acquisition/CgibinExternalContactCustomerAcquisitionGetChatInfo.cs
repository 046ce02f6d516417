namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/get_chat_info</c>: who wrote, by the key of the event <c>message_from_customer</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionGetChatInfoRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionGetChatInfoResponse>
{
    /// <summary>The event's key; lives for 30 minutes.</summary>
    public required string ChatKey { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionGetChatInfo);

    /// <inheritdoc />
    public override string? Secret => ChatKey;
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/get_chat_info</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionGetChatInfoResponse : WecomResponse
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>The customer; null for third parties.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>What is known of the chat.</summary>
    public AcquisitionChat? ChatInfo { get; set; }
}

/// <summary>A chat that began with an acquisition link.</summary>
public sealed class AcquisitionChat
{
    /// <summary>Messages of the customer.</summary>
    public long? RecvMsgCnt { get; set; }

    /// <summary>The link.</summary>
    public string? LinkId { get; set; }

    /// <summary>The channel of the link.</summary>
    public string? State { get; set; }
}
