namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/del_strategy_tag</c>: deletes tags of rule groups; not both lists may be empty. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactDeleteStrategyTagRequest : WecomRequest<CgibinExternalContactDeleteStrategyTagResponse>
{
    /// <summary>Tags to delete.</summary>
    public IReadOnlyList<string>? TagId { get; init; }

    /// <summary>Groups to delete with all their tags.</summary>
    public IReadOnlyList<string>? GroupId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.DeleteStrategyTag);

    /// <inheritdoc />
    public override string? WriteKey => CorpTags.WriteKey;
}

/// <summary>Answer of <c>externalcontact/del_strategy_tag</c>.</summary>
public sealed class CgibinExternalContactDeleteStrategyTagResponse : WecomResponse;
