namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_groupmsg_list_v2</c>: mass messages of at most a month.</summary>
public sealed class CgibinExternalContactGetGroupMessageListV2Request : WecomCursorRequest<CgibinExternalContactGetGroupMessageListV2Response>
{
    /// <summary><c>single</c> or <c>group</c>.</summary>
    public required string ChatType { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>Unix seconds, at most a month later.</summary>
    public required long EndTime { get; init; }

    /// <summary>Only of this member.</summary>
    public string? Creator { get; init; }

    /// <summary>0 by the corp, 1 by members, 2 all; the platform takes 2 without it.</summary>
    public int? FilterType { get; init; }

    /// <summary>Entries of a page, at most 100; the platform takes 50 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupMessageList);
}

/// <summary>Answer of <c>externalcontact/get_groupmsg_list_v2</c>.</summary>
public sealed class CgibinExternalContactGetGroupMessageListV2Response : WecomResponse, IWecomCursorPage
{
    /// <summary>Messages; a page may be empty and not the last.</summary>
    public IReadOnlyList<MassMessage> GroupMsgList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A mass message.</summary>
public sealed class MassMessage
{
    /// <summary>Id of the task.</summary>
    public string? Msgid { get; set; }

    /// <summary>The member who made it; compare ignoring case.</summary>
    public string? Creator { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>0 by the corp, 1 by a member.</summary>
    public int? CreateType { get; set; }

    /// <summary>The text.</summary>
    public AnswerText? Text { get; set; }

    /// <summary>What goes along.</summary>
    public IReadOnlyList<AnswerAttachment> Attachments { get; set; } = [];
}
