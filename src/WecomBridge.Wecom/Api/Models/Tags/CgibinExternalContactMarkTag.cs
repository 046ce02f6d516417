namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/mark_tag</c>; not both lists may be empty.</summary>
public sealed class CgibinExternalContactMarkTagRequest : WecomRequest<CgibinExternalContactMarkTagResponse>
{
    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>The customer.</summary>
    public required string ExternalUserid { get; init; }

    /// <summary>Ids of corp tags to add.</summary>
    public IReadOnlyList<string>? AddTag { get; init; }

    /// <summary>Ids of corp tags to remove.</summary>
    public IReadOnlyList<string>? RemoveTag { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.MarkTag);

    /// <inheritdoc />
    public override string? WriteKey => ExternalUserid;
}

/// <summary>Answer of <c>externalcontact/mark_tag</c>.</summary>
public sealed class CgibinExternalContactMarkTagResponse : WecomResponse;
