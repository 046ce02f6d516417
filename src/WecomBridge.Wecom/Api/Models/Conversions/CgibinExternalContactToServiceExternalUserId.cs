namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/to_service_external_userid</c>: the corp's id of a customer made the provider's. For provider-developed apps.</summary>
public sealed class CgibinExternalContactToServiceExternalUserIdRequest : WecomRequest<CgibinExternalContactToServiceExternalUserIdResponse>
{
    /// <summary>The customer as the corp's own apps see them.</summary>
    public required string ExternalUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ToServiceExternalUserId);
}

/// <summary>Answer of <c>externalcontact/to_service_external_userid</c>.</summary>
public sealed class CgibinExternalContactToServiceExternalUserIdResponse : WecomResponse
{
    /// <summary>The customer as the provider's app sees them.</summary>
    public string? ExternalUserid { get; set; }
}
