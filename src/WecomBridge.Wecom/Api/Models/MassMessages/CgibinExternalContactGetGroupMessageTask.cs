namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_groupmsg_task</c>: members who were asked to send a mass message.</summary>
public sealed class CgibinExternalContactGetGroupMessageTaskRequest : WecomCursorRequest<CgibinExternalContactGetGroupMessageTaskResponse>
{
    /// <summary>The task.</summary>
    public required string Msgid { get; init; }

    /// <summary>Entries of a page, at most 1000; the platform takes 500 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GroupMessageTask);
}

/// <summary>Answer of <c>externalcontact/get_groupmsg_task</c>.</summary>
public sealed class CgibinExternalContactGetGroupMessageTaskResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Members; a page may be empty and not the last.</summary>
    public IReadOnlyList<MassMessageTask> TaskList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>One member's part in a mass message.</summary>
public sealed class MassMessageTask
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>0 not sent, 2 sent; other values occur.</summary>
    public int? Status { get; set; }

    /// <summary>Unix seconds; 0 or null before it was sent.</summary>
    public long? SendTime { get; set; }
}
