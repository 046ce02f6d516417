namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_moment_task</c>: members who were asked to publish a moment.</summary>
public sealed class CgibinExternalContactGetMomentTaskRequest : WecomCursorRequest<CgibinExternalContactGetMomentTaskResponse>
{
    /// <summary>The moment.</summary>
    public required string MomentId { get; init; }

    /// <summary>Entries of a page, at most 1000; the platform takes 500 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetMomentTask);
}

/// <summary>Answer of <c>externalcontact/get_moment_task</c>.</summary>
public sealed class CgibinExternalContactGetMomentTaskResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Members; a page may be empty and not the last.</summary>
    public IReadOnlyList<MomentTask> TaskList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>One member's part in a moment.</summary>
public sealed class MomentTask
{
    /// <summary>The member; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>0 not published, 1 published.</summary>
    public int? PublishStatus { get; set; }
}
