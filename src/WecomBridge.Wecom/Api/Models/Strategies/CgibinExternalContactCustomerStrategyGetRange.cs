namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_strategy/get_range</c>: those a rule group is for. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactCustomerStrategyGetRangeRequest : WecomCursorRequest<CgibinExternalContactCustomerStrategyGetRangeResponse>
{
    /// <summary>The rule group.</summary>
    public required long StrategyId { get; init; }

    /// <summary>Entries of a page, at most 1000.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CustomerStrategyGetRange);
}

/// <summary>Answer of <c>externalcontact/customer_strategy/get_range</c>.</summary>
public sealed class CgibinExternalContactCustomerStrategyGetRangeResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Entries; a page may be empty and not the last.</summary>
    public IReadOnlyList<CustomerStrategyRange> Range { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A member or a department in a rule group.</summary>
public sealed class CustomerStrategyRange
{
    /// <summary>1 a member, 2 a department.</summary>
    public int? Type { get; set; }

    /// <summary>The member, of type 1.</summary>
    public string? Userid { get; set; }

    /// <summary>The department, of type 2.</summary>
    public long? Partyid { get; set; }
}
