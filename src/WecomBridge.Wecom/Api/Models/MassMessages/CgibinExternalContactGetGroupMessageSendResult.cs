namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_groupmsg_send_result</c>: customers or groups one member sent a mass message to.</summary>
public sealed class CgibinExternalContactGetGroupMessageSendResultRequest : WecomCursorRequest<CgibinExternalContactGetGroupMessageSendResultResponse>
{
    /// <summary>The task.</summary>
    public required string Msgid { get; init; }

    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>Entries of a page, at most 1000; the platform takes 500 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupMessageSendResult);
}

/// <summary>Answer of <c>externalcontact/get_groupmsg_send_result</c>.</summary>
public sealed class CgibinExternalContactGetGroupMessageSendResultResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Results; a page may be empty and not the last.</summary>
    public IReadOnlyList<MassMessageResult> SendList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>What became of a mass message at one customer or group.</summary>
public sealed class MassMessageResult
{
    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>The group.</summary>
    public string? ChatId { get; set; }

    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>0 not sent, 1 sent, 2 no friend, 3 had another one already.</summary>
    public int? Status { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? SendTime { get; set; }
}
