namespace WecomBridge.Wecom.Api;

/// <summary>Request of <c>externalcontact/get_corp_tag_list</c>; without ids, everything is listed.</summary>
public sealed class CorpTagListRequest
{
    /// <summary>Only these tags.</summary>
    public IReadOnlyList<string>? TagId { get; init; }

    /// <summary>Only these groups; ids of tags are ignored then.</summary>
    public IReadOnlyList<string>? GroupId { get; init; }
}

/// <summary>Answer of <c>externalcontact/get_corp_tag_list</c>.</summary>
public sealed class CorpTagListResponse : WecomResponse
{
    /// <summary>Groups with their tags.</summary>
    public IReadOnlyList<CorpTagGroup> TagGroup { get; set; } = [];
}

/// <summary>A group of corp tags.</summary>
public sealed class CorpTagGroup
{
    /// <summary>Id of the group.</summary>
    public string? GroupId { get; set; }

    /// <summary>Name of the group.</summary>
    public string? GroupName { get; set; }

    /// <summary>Larger comes first.</summary>
    public long? Order { get; set; }

    /// <summary>True only when asked for by id after its deletion.</summary>
    public bool Deleted { get; set; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<CorpTag> Tag { get; set; } = [];
}

/// <summary>A corp tag.</summary>
public sealed class CorpTag
{
    /// <summary>Id of the tag.</summary>
    public string? Id { get; set; }

    /// <summary>Name, unique within its group.</summary>
    public string? Name { get; set; }

    /// <summary>Larger comes first.</summary>
    public long? Order { get; set; }

    /// <summary>True only when asked for by id after its deletion.</summary>
    public bool Deleted { get; set; }
}

/// <summary>Request of <c>externalcontact/add_corp_tag</c>: an existing group by id, or a group by name, created when it is new.</summary>
public sealed class AddCorpTagRequest
{
    /// <summary>Longest name of a tag or group, in characters.</summary>
    public const int MaxNameChars = 30;

    /// <summary>An existing group.</summary>
    public string? GroupId { get; init; }

    /// <summary>A group by name; an existing one is used again.</summary>
    public string? GroupName { get; init; }

    /// <summary>At least one tag: there are no empty groups.</summary>
    public required IReadOnlyList<NewCorpTag> Tag { get; init; }
}

/// <summary>A tag to create.</summary>
/// <param name="Name">At most 30 characters, unique within its group.</param>
public sealed record NewCorpTag(string Name);

/// <summary>Answer of <c>externalcontact/add_corp_tag</c>.</summary>
public sealed class AddCorpTagResponse : WecomResponse
{
    /// <summary>The group with only the tags just created.</summary>
    public CorpTagGroup? TagGroup { get; set; }
}

/// <summary>Request of <c>externalcontact/mark_tag</c>; not both lists may be empty.</summary>
public sealed class MarkTagRequest
{
    /// <summary>The member.</summary>
    public required string Userid { get; init; }

    /// <summary>The customer.</summary>
    public required string ExternalUserid { get; init; }

    /// <summary>Ids of corp tags to add.</summary>
    public IReadOnlyList<string>? AddTag { get; init; }

    /// <summary>Ids of corp tags to remove.</summary>
    public IReadOnlyList<string>? RemoveTag { get; init; }
}
