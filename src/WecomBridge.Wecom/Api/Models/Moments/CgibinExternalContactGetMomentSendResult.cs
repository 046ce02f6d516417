namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_moment_send_result</c>: customers who see a member's moment.</summary>
public sealed class CgibinExternalContactGetMomentSendResultRequest : WecomCursorRequest<CgibinExternalContactGetMomentSendResultResponse>
{
    /// <summary>The moment.</summary>
    public required string MomentId { get; init; }

    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>Entries of a page, at most 5000; the platform takes 3000 without it.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetMomentSendResult);
}

/// <summary>Answer of <c>externalcontact/get_moment_send_result</c>.</summary>
public sealed class CgibinExternalContactGetMomentSendResultResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Customers; a page may be empty and not the last.</summary>
    public IReadOnlyList<MomentCustomer> CustomerList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}
