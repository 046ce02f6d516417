namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_strategy_tag_list</c>: tags of rule groups. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactGetStrategyTagListRequest : WecomRequest<CgibinExternalContactGetStrategyTagListResponse>
{
    /// <summary>Only this rule group.</summary>
    public long? StrategyId { get; init; }

    /// <summary>Only these tags.</summary>
    public IReadOnlyList<string>? TagId { get; init; }

    /// <summary>Only these groups; ids of tags are ignored then.</summary>
    public IReadOnlyList<string>? GroupId { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.StrategyTagList);
}

/// <summary>Answer of <c>externalcontact/get_strategy_tag_list</c>.</summary>
public sealed class CgibinExternalContactGetStrategyTagListResponse : WecomResponse
{
    /// <summary>Groups with their tags.</summary>
    public IReadOnlyList<StrategyTagGroup> TagGroup { get; set; } = [];
}

/// <summary>A group of tags within a rule group.</summary>
public sealed class StrategyTagGroup
{
    /// <summary>Id of the group.</summary>
    public string? GroupId { get; set; }

    /// <summary>Name of the group.</summary>
    public string? GroupName { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>Larger comes first.</summary>
    public long? Order { get; set; }

    /// <summary>The rule group.</summary>
    public long? StrategyId { get; set; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<CorpTag> Tag { get; set; } = [];
}
