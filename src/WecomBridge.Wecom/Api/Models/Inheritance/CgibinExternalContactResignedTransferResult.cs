namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/resigned/transfer_result</c>: what became of customers of a member who resigned.</summary>
public sealed class CgibinExternalContactResignedTransferResultRequest : WecomCursorRequest<CgibinExternalContactResignedTransferResultResponse>
{
    /// <summary>The member who resigned.</summary>
    public required string HandoverUserid { get; init; }

    /// <summary>The member who takes.</summary>
    public required string TakeoverUserid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.ResignedTransferResult);
}

/// <summary>Answer of <c>externalcontact/resigned/transfer_result</c>.</summary>
public sealed class CgibinExternalContactResignedTransferResultResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>At most 1000 entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<TransferOutcome> Customer { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}
