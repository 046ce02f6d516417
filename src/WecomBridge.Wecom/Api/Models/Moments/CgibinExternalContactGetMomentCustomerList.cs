namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_moment_customer_list</c>: customers a member chose to see a moment.</summary>
public sealed class CgibinExternalContactGetMomentCustomerListRequest : WecomCursorRequest<CgibinExternalContactGetMomentCustomerListResponse>
{
    /// <summary>The moment.</summary>
    public required string MomentId { get; init; }

    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>Entries of a page, at most 1000.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.GetMomentCustomerList);
}

/// <summary>Answer of <c>externalcontact/get_moment_customer_list</c>.</summary>
public sealed class CgibinExternalContactGetMomentCustomerListResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Customers; a page may be empty and not the last.</summary>
    public IReadOnlyList<MomentCustomer> CustomerList { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A customer who may see, or sees, a moment.</summary>
public sealed class MomentCustomer
{
    /// <summary>The member; compare ignoring case. Null in lists of those who see it.</summary>
    public string? Userid { get; set; }

    /// <summary>The customer.</summary>
    public string? ExternalUserid { get; set; }
}
