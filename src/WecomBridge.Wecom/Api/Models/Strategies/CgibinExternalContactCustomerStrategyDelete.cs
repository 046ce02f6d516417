namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/customer_strategy/del</c>: deletes a rule group. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactCustomerStrategyDeleteRequest : WecomRequest<CgibinExternalContactCustomerStrategyDeleteResponse>
{
    /// <summary>The rule group.</summary>
    public required long StrategyId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.CustomerStrategyDelete);

    /// <inheritdoc />
    public override string? WriteKey => "customer_strategy";
}

/// <summary>Answer of <c>externalcontact/customer_strategy/del</c>.</summary>
public sealed class CgibinExternalContactCustomerStrategyDeleteResponse : WecomResponse;
