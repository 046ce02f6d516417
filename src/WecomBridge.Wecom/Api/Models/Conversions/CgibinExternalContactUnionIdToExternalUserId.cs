namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/unionid_to_external_userid</c>: the customer of a WeChat identity. For provider-developed and third-party apps of a verified corp.</summary>
public sealed class CgibinExternalContactUnionIdToExternalUserIdRequest : WecomRequest<CgibinExternalContactUnionIdToExternalUserIdResponse>
{
    /// <summary>Id of the person across the accounts of one developer.</summary>
    public required string Unionid { get; init; }

    /// <summary>Id of the person in one WeChat account, which the corp's own subject must hold.</summary>
    public required string Openid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.UnionIdToExternalUserId);

    /// <inheritdoc />
    public override string? Secret => Unionid;
}

/// <summary>Answer of <c>externalcontact/unionid_to_external_userid</c>.</summary>
public sealed class CgibinExternalContactUnionIdToExternalUserIdResponse : WecomResponse
{
    /// <summary>The customer, as this provider's apps see them.</summary>
    public string? ExternalUserid { get; set; }
}
