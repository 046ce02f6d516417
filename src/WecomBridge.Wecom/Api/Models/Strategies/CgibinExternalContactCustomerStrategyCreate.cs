namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_strategy/create</c>: creates a rule group. Only with the secret of the customer-contact system app; each call makes another one.</summary>
public sealed class CgibinExternalContactCustomerStrategyCreateRequest : WecomRequest<CgibinExternalContactCustomerStrategyCreateResponse>
{
    /// <summary>The rule group above; null for none.</summary>
    public long? ParentId { get; init; }

    /// <summary>Its name.</summary>
    public required string StrategyName { get; init; }

    /// <summary>Members who lead it.</summary>
    public required IReadOnlyList<string> AdminList { get; init; }

    /// <summary>What it allows, by the platform's names of permissions; null for all.</summary>
    public IReadOnlyDictionary<string, bool>? Privilege { get; init; }

    /// <summary>Those it is for.</summary>
    public required IReadOnlyList<CustomerStrategyRange> Range { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CustomerStrategyCreate);
}

/// <summary>Answer of <c>externalcontact/customer_strategy/create</c>.</summary>
public sealed class CgibinExternalContactCustomerStrategyCreateResponse : WecomResponse
{
    /// <summary>Id of the rule group.</summary>
    public long? StrategyId { get; set; }
}
