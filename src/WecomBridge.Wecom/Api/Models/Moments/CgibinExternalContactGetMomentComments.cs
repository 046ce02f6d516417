namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_moment_comments</c>: who commented on and liked a member's moment.</summary>
public sealed class CgibinExternalContactGetMomentCommentsRequest : WecomRequest<CgibinExternalContactGetMomentCommentsResponse>
{
    /// <summary>The moment.</summary>
    public required string MomentId { get; init; }

    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetMomentComments);
}

/// <summary>Answer of <c>externalcontact/get_moment_comments</c>.</summary>
public sealed class CgibinExternalContactGetMomentCommentsResponse : WecomResponse
{
    /// <summary>Comments, without their text.</summary>
    public IReadOnlyList<MomentReaction> CommentList { get; set; } = [];

    /// <summary>Likes.</summary>
    public IReadOnlyList<MomentReaction> LikeList { get; set; } = [];
}

/// <summary>A comment or a like.</summary>
public sealed class MomentReaction
{
    /// <summary>The customer; null for a member.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>The member; null for a customer.</summary>
    public string? Userid { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }
}
