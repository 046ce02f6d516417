namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/create_link</c>: creates an acquisition link.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionCreateLinkRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionCreateLinkResponse>
{
    /// <summary>Its name.</summary>
    public required string LinkName { get; init; }

    /// <summary>Whom it leads to, at most 500 people.</summary>
    public required AcquisitionRange Range { get; init; }

    /// <summary>False: the member must agree; true, also without it: nobody need.</summary>
    public bool? SkipVerify { get; init; }

    /// <summary>Whom it prefers; only in some lines of business.</summary>
    public AcquisitionPriority? PriorityOption { get; init; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionCreateLink);
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/create_link</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionCreateLinkResponse : WecomResponse
{
    /// <summary>The link with id, name, address and time.</summary>
    public AcquisitionLink? Link { get; set; }
}
