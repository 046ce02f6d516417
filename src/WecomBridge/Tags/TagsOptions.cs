using WecomBridge.Rules;

namespace WecomBridge.Tags;

/// <summary>Tags that the bridge puts on customers. Section <c>Tags</c>.</summary>
internal sealed class TagsOptions
{
    public const string Section = "Tags";

    /// <summary>Tag groups that the bridge manages, by their name in WeCom (at most 30 characters). Other groups are never touched. Default: none.</summary>
    public Dictionary<string, TagGroupOptions> Groups { get; set; } = [];

    /// <summary>Which customers get which tags; every rule whose conditions hold counts. Default: none.</summary>
    public List<TagRule> Rules { get; set; } = [];
}

/// <summary>Who decides about the tags of a group.</summary>
internal enum TagGroupOwner
{
    /// <summary>Staff; the bridge adds nothing.</summary>
    Manual,

    /// <summary>Rules of the settings.</summary>
    Rule,
}

/// <summary>One managed group.</summary>
internal sealed class TagGroupOptions
{
    /// <summary>Who decides about its tags. Default <c>Rule</c>.</summary>
    public TagGroupOwner Owner { get; set; } = TagGroupOwner.Rule;

    /// <summary>A customer of one member has at most one tag of the group: while one stands, the bridge adds none. Default false.</summary>
    public bool Exclusive { get; set; }

    /// <summary>Its tags by name, at most 30 characters each; missing ones are created when first needed. At least one.</summary>
    public List<string> Tags { get; set; } = [];
}

/// <summary>One rule.</summary>
internal sealed class TagRule
{
    /// <summary>Names the rule in events and faults; unique. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whom it is for; the time is that of the add. Default: everybody.</summary>
    public When When { get; set; } = new();

    /// <summary>Tags to add, each <c>Group/Tag</c> of a group above that rules own. At least one.</summary>
    public List<string> Add { get; set; } = [];
}
