namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/add_corp_tag</c>: an existing group by id, or a group by name, created when it is new.</summary>
public sealed class CgibinExternalContactAddCorpTagRequest : WecomRequest<CgibinExternalContactAddCorpTagResponse>
{
    /// <summary>Longest name of a tag or group, in characters.</summary>
    public const int MaxNameChars = 30;

    /// <summary>An existing group.</summary>
    public string? GroupId { get; init; }

    /// <summary>A group by name; an existing one is used again.</summary>
    public string? GroupName { get; init; }

    /// <summary>Place of a new group, 0 to 4294967295, larger first.</summary>
    public long? Order { get; init; }

    /// <summary>At least one tag: there are no empty groups.</summary>
    public required IReadOnlyList<NewCorpTag> Tag { get; init; }

    /// <summary>Only for suites with several apps.</summary>
    public long? Agentid { get; init; }

    /// <inheritdoc />
    public override WecomApi Api => new(HttpMethod.Post, WecomPaths.AddCorpTag);

    /// <inheritdoc />
    public override string? WriteKey => CorpTags.WriteKey;
}

/// <summary>A tag to create.</summary>
/// <param name="Name">At most 30 characters, unique within its group.</param>
public sealed record NewCorpTag(string Name)
{
    /// <summary>Place within the group, 0 to 4294967295, larger first.</summary>
    public long? Order { get; init; }
}

/// <summary>Answer of <c>externalcontact/add_corp_tag</c>.</summary>
public sealed class CgibinExternalContactAddCorpTagResponse : WecomResponse
{
    /// <summary>The group with only the tags just created.</summary>
    public CorpTagGroup? TagGroup { get; set; }
}
