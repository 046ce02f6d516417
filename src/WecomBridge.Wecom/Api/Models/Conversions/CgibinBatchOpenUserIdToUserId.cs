namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>batch/openuserid_to_userid</c>: a provider's ids of members made the corp's own. For self-built apps.</summary>
public sealed class CgibinBatchOpenUserIdToUserIdRequest : WecomRequest<CgibinBatchOpenUserIdToUserIdResponse>
{
    /// <summary>At most 1000 ids.</summary>
    public required IReadOnlyList<string> OpenUseridList { get; init; }

    /// <summary>The provider's app.</summary>
    public required long SourceAgentid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.OpenUserIdToUserId);
}

/// <summary>Answer of <c>batch/openuserid_to_userid</c>.</summary>
public sealed class CgibinBatchOpenUserIdToUserIdResponse : WecomResponse
{
    /// <summary>The ones known.</summary>
    public IReadOnlyList<ConvertedUserId> UseridList { get; set; } = [];

    /// <summary>The ones unknown.</summary>
    public IReadOnlyList<string> InvalidOpenUseridList { get; set; } = [];
}

/// <summary>Two ids of one member.</summary>
public sealed class ConvertedUserId
{
    /// <summary>The corp's own id; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>The provider's id.</summary>
    public string? OpenUserid { get; set; }
}
