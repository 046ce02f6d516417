namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_new_external_userid</c>: new ids of customers after the corp's ids were upgraded.</summary>
public sealed class CgibinExternalContactGetNewExternalUserIdRequest : WecomRequest<CgibinExternalContactGetNewExternalUserIdResponse>
{
    /// <summary>At most 1000 old ids.</summary>
    public required IReadOnlyList<string> ExternalUseridList { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetNewExternalUserId);
}

/// <summary>Answer of <c>externalcontact/get_new_external_userid</c>.</summary>
public sealed class CgibinExternalContactGetNewExternalUserIdResponse : WecomResponse
{
    /// <summary>New ids; an old id that is unknown is left out.</summary>
    public IReadOnlyList<ConvertedExternalUserId> Items { get; set; } = [];
}

/// <summary>An old and a new id of one customer.</summary>
public sealed class ConvertedExternalUserId
{
    /// <summary>The old id.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>The new id.</summary>
    public string? NewExternalUserid { get; set; }
}
