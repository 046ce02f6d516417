namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/resigned/transfer_customer</c>: hands customers of a member who resigned within a year to another (40097 for one who has not).</summary>
public sealed class CgibinExternalContactResignedTransferCustomerRequest : WecomRequest<CgibinExternalContactResignedTransferCustomerResponse>
{
    /// <summary>The member who resigned.</summary>
    public required string HandoverUserid { get; init; }

    /// <summary>The member who takes.</summary>
    public required string TakeoverUserid { get; init; }

    /// <summary>At most 100 customers.</summary>
    public required IReadOnlyList<string> ExternalUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ResignedTransferCustomer);

    /// <inheritdoc />
    public override string? WriteKey => HandoverUserid;
}

/// <summary>Answer of <c>externalcontact/resigned/transfer_customer</c>.</summary>
public sealed class CgibinExternalContactResignedTransferCustomerResponse : WecomResponse
{
    /// <summary>One entry for each customer.</summary>
    public IReadOnlyList<TransferStart> Customer { get; set; } = [];
}
