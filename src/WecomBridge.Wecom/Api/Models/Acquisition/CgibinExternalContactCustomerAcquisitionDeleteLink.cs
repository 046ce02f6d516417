namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/delete_link</c>: deletes an acquisition link this app created.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionDeleteLinkRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionDeleteLinkResponse>
{
    /// <summary>The link.</summary>
    public required string LinkId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionDeleteLink);

    /// <inheritdoc />
    public override string? WriteKey => LinkId;
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/delete_link</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionDeleteLinkResponse : WecomResponse;
