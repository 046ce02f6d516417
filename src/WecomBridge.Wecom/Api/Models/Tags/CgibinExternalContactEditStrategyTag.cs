namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/edit_strategy_tag</c>: renames or moves a tag or group of a rule group. Only with the secret of the customer-contact system app.</summary>
public sealed class CgibinExternalContactEditStrategyTagRequest : WecomRequest<CgibinExternalContactEditStrategyTagResponse>
{
    /// <summary>The tag or the group.</summary>
    public required string Id { get; init; }

    /// <summary>New name, at most 30 characters; null keeps it.</summary>
    public string? Name { get; init; }

    /// <summary>New place, larger first; null keeps it.</summary>
    public long? Order { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.EditStrategyTag);

    /// <inheritdoc />
    public override string? WriteKey => CorpTags.WriteKey;
}

/// <summary>Answer of <c>externalcontact/edit_strategy_tag</c>.</summary>
public sealed class CgibinExternalContactEditStrategyTagResponse : WecomResponse;
