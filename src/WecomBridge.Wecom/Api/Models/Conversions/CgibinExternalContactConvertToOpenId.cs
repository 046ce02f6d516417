namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/convert_to_openid</c>: a customer's id in WeChat, for payments.</summary>
public sealed class CgibinExternalContactConvertToOpenIdRequest : WecomRequest<CgibinExternalContactConvertToOpenIdResponse>
{
    /// <summary>The customer.</summary>
    public required string ExternalUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ConvertToOpenId);
}

/// <summary>Answer of <c>externalcontact/convert_to_openid</c>.</summary>
public sealed class CgibinExternalContactConvertToOpenIdResponse : WecomResponse
{
    /// <summary>Id of the customer in WeChat.</summary>
    public string? Openid { get; set; }
}
