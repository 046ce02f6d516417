namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>kf/sync_msg</c>: messages of a customer-service account, of the last three days.</summary>
public sealed class CgibinKfSyncMessageRequest : WecomCursorRequest<CgibinKfSyncMessageResponse>
{
    /// <summary>Of the callback <c>kf_msg_or_event</c>, for 10 minutes; without it a strict limit applies.</summary>
    public string? Token { get; init; }

    /// <summary>Messages of a page, at most 1000, also without it.</summary>
    public int? Limit { get; init; }

    /// <summary>0 AMR, 1 SILK; null for 0.</summary>
    public int? VoiceFormat { get; init; }

    /// <summary>The account.</summary>
    public required string OpenKfid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.KfSyncMessage);

    /// <inheritdoc />
    public override string? Secret => Token;

    /// <inheritdoc />
    /// <remarks>The last page has a cursor too; <see cref="CgibinKfSyncMessageResponse.HasMore"/> tells.</remarks>
    public override string? PositionAfter(CgibinKfSyncMessageResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.HasMore is null or 0 ? null : base.PositionAfter(answer);
    }
}

/// <summary>Answer of <c>kf/sync_msg</c>.</summary>
public sealed class CgibinKfSyncMessageResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>1: more is there.</summary>
    public int? HasMore { get; set; }

    /// <summary>Messages; a page may be empty and not the last.</summary>
    public IReadOnlyList<CustomerServiceMessage> MsgList { get; set; } = [];

    /// <summary>Kept for the next reading, also after the last page; at most 64 bytes.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A message or event; what it holds beside these is in the answer's raw body.</summary>
public sealed class CustomerServiceMessage
{
    /// <summary>Tells two readings of one message.</summary>
    public string? Msgid { get; set; }

    /// <summary>The account.</summary>
    public string? OpenKfid { get; set; }

    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? SendTime { get; set; }

    /// <summary>3 customer, 4 event of the platform, 5 member.</summary>
    public int? Origin { get; set; }

    /// <summary>The member who serves; compare ignoring case.</summary>
    public string? ServicerUserid { get; set; }

    /// <summary>Kind of the message, such as <c>text</c> or <c>event</c>.</summary>
    public string? Msgtype { get; set; }

    /// <summary>Of a text.</summary>
    public AnswerText? Text { get; set; }
}
