namespace WecomBridge.Wecom.Api;

/// <summary>The corp's tags as one thing that is written to.</summary>
internal static class CorpTags
{
    /// <summary>The platform refuses parallel changes of a corp's tags, also of different ones (45035).</summary>
    public const string WriteKey = "corp_tags";
}

/// <summary>A group of corp tags.</summary>
public sealed class CorpTagGroup
{
    /// <summary>Id of the group.</summary>
    public string? GroupId { get; set; }

    /// <summary>Name of the group.</summary>
    public string? GroupName { get; set; }

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

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

    /// <summary>Unix seconds.</summary>
    public long? CreateTime { get; set; }

    /// <summary>Larger comes first.</summary>
    public long? Order { get; set; }

    /// <summary>True only when asked for by id after its deletion.</summary>
    public bool Deleted { get; set; }
}
