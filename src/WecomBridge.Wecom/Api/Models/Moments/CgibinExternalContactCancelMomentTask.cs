namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/cancel_moment_task</c>: stops a moment for members who have not published it.</summary>
public sealed class CgibinExternalContactCancelMomentTaskRequest : WecomRequest<CgibinExternalContactCancelMomentTaskResponse>
{
    /// <summary>The moment.</summary>
    public required string MomentId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CancelMomentTask);

    /// <inheritdoc />
    public override string? WriteKey => MomentId;
}

/// <summary>Answer of <c>externalcontact/cancel_moment_task</c>.</summary>
public sealed class CgibinExternalContactCancelMomentTaskResponse : WecomResponse;
