namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/add_strategy_tag</c>: creates tags of a rule group. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactAddStrategyTagRequest : WecomRequest<CgibinExternalContactAddStrategyTagResponse>
{
    /// <summary>The rule group.</summary>
    public required long StrategyId { get; init; }

    /// <summary>An existing group of tags.</summary>
    public string? GroupId { get; init; }

    /// <summary>A group of tags by name, at most 30 characters; an existing one is used again.</summary>
    public string? GroupName { get; init; }

    /// <summary>Place of a new group, larger first.</summary>
    public long? Order { get; init; }

    /// <summary>At least one tag.</summary>
    public required IReadOnlyList<NewCorpTag> Tag { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AddStrategyTag);

    /// <inheritdoc />
    public override string? WriteKey => CorpTags.WriteKey;
}

/// <summary>Answer of <c>externalcontact/add_strategy_tag</c>.</summary>
public sealed class CgibinExternalContactAddStrategyTagResponse : WecomResponse
{
    /// <summary>The group with only the tags just created.</summary>
    public StrategyTagGroup? TagGroup { get; set; }
}
