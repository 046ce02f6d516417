namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/customer</c>: those who came by an acquisition link.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionCustomerRequest : WecomCursorRequest<CgibinExternalContactCustomerAcquisitionCustomerResponse>
{
    /// <summary>The link.</summary>
    public required string LinkId { get; init; }

    /// <summary>Entries of a page, at most 1000.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionCustomer);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/customer</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionCustomerResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<AcquiredCustomer> CustomerList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>Someone who came by an acquisition link.</summary>
public sealed class AcquiredCustomer
{
    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>The member they added; compare ignoring case.</summary>
    public string? Userid { get; set; }

    /// <summary>0 has not written, 1 has written, 2 unknown.</summary>
    public int? ChatStatus { get; set; }

    /// <summary>The channel of the link.</summary>
    public string? State { get; set; }
}
