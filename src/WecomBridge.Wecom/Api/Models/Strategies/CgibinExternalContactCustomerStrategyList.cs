namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_strategy/list</c>: rule groups of customer contact. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactCustomerStrategyListRequest : WecomCursorRequest<CgibinExternalContactCustomerStrategyListResponse>
{
    /// <summary>Entries of a page, at most 1000.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CustomerStrategyList);
}

/// <summary>Answer of <c>externalcontact/customer_strategy/list</c>.</summary>
public sealed class CgibinExternalContactCustomerStrategyListResponse : WecomResponse, IWecomCursorPage
{
    /// <summary>Ids; a page may be empty and not the last.</summary>
    public IReadOnlyList<CustomerStrategyId> Strategy { get; set; } = [];

    /// <summary>Where the next page begins; empty or null on the last.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>Names one rule group.</summary>
public sealed class CustomerStrategyId
{
    /// <summary>Id of the rule group.</summary>
    public long? StrategyId { get; set; }
}
