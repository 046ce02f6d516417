namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/from_service_external_userid</c>: a provider's id of a customer made the corp's own. For self-built apps.</summary>
public sealed class CgibinExternalContactFromServiceExternalUserIdRequest : WecomRequest<CgibinExternalContactFromServiceExternalUserIdResponse>
{
    /// <summary>The customer as the provider's app sees them.</summary>
    public required string ExternalUserid { get; init; }

    /// <summary>The provider's app.</summary>
    public required long SourceAgentid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.FromServiceExternalUserId);
}

/// <summary>Answer of <c>externalcontact/from_service_external_userid</c>.</summary>
public sealed class CgibinExternalContactFromServiceExternalUserIdResponse : WecomResponse
{
    /// <summary>The customer as the corp's own apps see them.</summary>
    public string? ExternalUserid { get; set; }
}
