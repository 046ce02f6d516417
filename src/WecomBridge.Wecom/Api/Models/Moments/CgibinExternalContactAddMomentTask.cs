namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/add_moment_task</c>: asks members to publish a moment; each must agree. Text and attachments must not both be missing.</summary>
public sealed class CgibinExternalContactAddMomentTaskRequest : WecomRequest<CgibinExternalContactAddMomentTaskResponse>
{
    /// <summary>At most 2000 characters.</summary>
    public MomentText? Text { get; init; }

    /// <summary>At most 9 images, or 1 video, or 1 link.</summary>
    public IReadOnlyList<MomentAttachment>? Attachments { get; init; }

    /// <summary>Who publishes for whom; null for everyone.</summary>
    public MomentRange? VisibleRange { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AddMomentTask);
}

/// <summary>Answer of <c>externalcontact/add_moment_task</c>.</summary>
public sealed class CgibinExternalContactAddMomentTaskResponse : WecomResponse
{
    /// <summary>The task, for 24 hours.</summary>
    public string? Jobid { get; set; }
}

/// <summary>Text of a moment.</summary>
/// <param name="Content">At most 2000 characters and 4000 UTF-8 bytes.</param>
public sealed record MomentText(string Content);

/// <summary>One attachment of a moment; media come from <c>media/upload_attachment</c> with attachment type 1.</summary>
public sealed class MomentAttachment
{
    /// <summary><c>image</c>, <c>video</c> or <c>link</c>.</summary>
    public required string Msgtype { get; init; }

    /// <summary>Present for an image.</summary>
    public WelcomeMedia? Image { get; init; }

    /// <summary>Present for a video of at most 30 s and 10 MB.</summary>
    public WelcomeMedia? Video { get; init; }

    /// <summary>Present for a link.</summary>
    public MomentLink? Link { get; init; }
}

/// <summary>A link in a moment.</summary>
/// <param name="Title">At most 64 UTF-8 bytes.</param>
/// <param name="Url">Its address.</param>
/// <param name="MediaId">Its picture.</param>
public sealed record MomentLink(string? Title, string Url, string MediaId);

/// <summary>Who publishes a moment for whom.</summary>
public sealed class MomentRange
{
    /// <summary>Who publishes; null for everyone.</summary>
    public MomentSenders? SenderList { get; init; }

    /// <summary>Who may see it; null for everyone.</summary>
    public MomentCustomers? ExternalContactList { get; init; }
}

/// <summary>Members who publish.</summary>
public sealed class MomentSenders
{
    /// <summary>At most 100000 members.</summary>
    public IReadOnlyList<string>? UserList { get; init; }

    /// <summary>Departments.</summary>
    public IReadOnlyList<long>? DepartmentList { get; init; }
}

/// <summary>Customers who may see a moment.</summary>
public sealed class MomentCustomers
{
    /// <summary>With one of these corp tags.</summary>
    public required IReadOnlyList<string> TagList { get; init; }
}
