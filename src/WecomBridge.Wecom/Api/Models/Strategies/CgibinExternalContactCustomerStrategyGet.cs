namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_strategy/get</c>: a rule group. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactCustomerStrategyGetRequest : WecomRequest<CgibinExternalContactCustomerStrategyGetResponse>
{
    /// <summary>The rule group.</summary>
    public required long StrategyId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CustomerStrategyGet);
}

/// <summary>Answer of <c>externalcontact/customer_strategy/get</c>.</summary>
public sealed class CgibinExternalContactCustomerStrategyGetResponse : WecomResponse
{
    /// <summary>The rule group.</summary>
    public CustomerStrategy? Strategy { get; set; }
}

/// <summary>A rule group of customer contact.</summary>
public sealed class CustomerStrategy
{
    /// <summary>Id of the rule group.</summary>
    public long? StrategyId { get; set; }

    /// <summary>The rule group above; 0 for none.</summary>
    public long? ParentId { get; set; }

    /// <summary>Its name.</summary>
    public string? StrategyName { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>Members who lead it.</summary>
    public IReadOnlyList<string> AdminList { get; set; } = [];

    /// <summary>What the rule group allows, by the platform's names of permissions.</summary>
    public IReadOnlyDictionary<string, bool>? Privilege { get; set; }
}
