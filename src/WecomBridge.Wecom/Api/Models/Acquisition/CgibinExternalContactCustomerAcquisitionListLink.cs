namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/list_link</c>: acquisition links this app created.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionListLinkRequest : WecomCursorRequest<CgibinExternalContactCustomerAcquisitionListLinkResponse>
{
    /// <summary>Entries of a page, at most 100.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionListLink);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/list_link</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionListLinkResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Ids; a page may be empty and not the last.</summary>
    public IReadOnlyList<string> LinkIdList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}
