namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/transfer_customer</c>: hands customers of a working member to another. Done after 24 hours unless the customer refuses; each customer at most twice in 90 days.</summary>
public sealed class CgibinExternalContactTransferCustomerRequest : WecomRequest<CgibinExternalContactTransferCustomerResponse>
{
    /// <summary>The member who gives.</summary>
    public required string HandoverUserid { get; init; }

    /// <summary>The member who takes.</summary>
    public required string TakeoverUserid { get; init; }

    /// <summary>At most 100 customers.</summary>
    public required IReadOnlyList<string> ExternalUserid { get; init; }

    /// <summary>What the customer reads, at most 200 characters; null for the platform's own words.</summary>
    public string? TransferSuccessMsg { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.TransferCustomer);

    /// <inheritdoc />
    public override string? WriteKey => HandoverUserid;
}

/// <summary>Answer of <c>externalcontact/transfer_customer</c>.</summary>
public sealed class CgibinExternalContactTransferCustomerResponse : WecomResponse
{
    /// <summary>One entry for each customer.</summary>
    public IReadOnlyList<TransferStart> Customer { get; set; } = [];
}

/// <summary>Whether the handing over of one customer began.</summary>
public sealed class TransferStart
{
    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>0: begun; else a code of <see cref="WecomErrorCodes"/>, 40100 and 40129 for begun before.</summary>
    public int? Errcode { get; set; }
}
