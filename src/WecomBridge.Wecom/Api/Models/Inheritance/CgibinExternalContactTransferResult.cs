namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/transfer_result</c>: what became of customers handed over by a working member.</summary>
public sealed class CgibinExternalContactTransferResultRequest : WecomCursorRequest<CgibinExternalContactTransferResultResponse>
{
    /// <summary>The member who gave.</summary>
    public required string HandoverUserid { get; init; }

    /// <summary>The member who takes.</summary>
    public required string TakeoverUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.TransferResult);
}

/// <summary>Answer of <c>externalcontact/transfer_result</c>.</summary>
public sealed class CgibinExternalContactTransferResultResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>At most 1000 entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<TransferOutcome> Customer { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>What became of one customer handed over.</summary>
public sealed class TransferOutcome
{
    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }

    /// <summary>1 done, 2 waiting, 3 refused by the customer, 4 the taker has too many customers, 5 no such handing over.</summary>
    public int? Status { get; set; }

    /// <summary>Unix seconds; in the future while waiting.</summary>
    public long? TakeoverTime { get; set; }
}
