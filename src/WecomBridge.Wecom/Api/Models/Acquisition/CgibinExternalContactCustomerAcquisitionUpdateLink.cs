namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_acquisition/update_link</c>: changes an acquisition link this app created; a field left null stays, a range given replaces the old one.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionUpdateLinkRequest : WecomRequest<CgibinExternalContactCustomerAcquisitionUpdateLinkResponse>
{
    /// <summary>The link.</summary>
    public required string LinkId { get; init; }

    /// <summary>New name.</summary>
    public string? LinkName { get; init; }

    /// <summary>Whom it leads to from now on, at most 500 people.</summary>
    public AcquisitionRange? Range { get; init; }

    /// <summary>False: the member must agree.</summary>
    public bool? SkipVerify { get; init; }

    /// <summary>Whom it prefers from now on; only in some lines of business.</summary>
    public AcquisitionPriority? PriorityOption { get; init; }

    /// <summary>True: customers show this app as their source.</summary>
    public bool? MarkSource { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AcquisitionUpdateLink);

    /// <inheritdoc />
    public override string? WriteKey => LinkId;
}

/// <summary>Answer of <c>externalcontact/customer_acquisition/update_link</c>.</summary>
public sealed class CgibinExternalContactCustomerAcquisitionUpdateLinkResponse : WecomResponse;
