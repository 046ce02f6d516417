namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_strategy/edit</c>: changes a rule group; a field left null stays as it is. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactCustomerStrategyEditRequest : WecomRequest<CgibinExternalContactCustomerStrategyEditResponse>
{
    /// <summary>The rule group.</summary>
    public required long StrategyId { get; init; }

    /// <summary>New name.</summary>
    public string? StrategyName { get; init; }

    /// <summary>Members who lead it from now on.</summary>
    public IReadOnlyList<string>? AdminList { get; init; }

    /// <summary>What it allows from now on, by the platform's names of permissions.</summary>
    public IReadOnlyDictionary<string, bool>? Privilege { get; init; }

    /// <summary>Those who join.</summary>
    public IReadOnlyList<CustomerStrategyRange>? RangeAdd { get; init; }

    /// <summary>Those who leave.</summary>
    public IReadOnlyList<CustomerStrategyRange>? RangeDel { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CustomerStrategyEdit);

    /// <inheritdoc />
    public override string? WriteKey => "customer_strategy";
}

/// <summary>Answer of <c>externalcontact/customer_strategy/edit</c>.</summary>
public sealed class CgibinExternalContactCustomerStrategyEditResponse : WecomResponse;
