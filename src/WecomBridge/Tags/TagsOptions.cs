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
    /// <summary>Staff; the bridge neither adds nor removes.</summary>
    Manual,

    /// <summary>Rules of the settings.</summary>
    Rule,

    /// <summary>CRM teams, by the command <c>tags.apply</c>.</summary>
    Crm,

    /// <summary>Rules of the settings; the group stands for how far the customer has come.</summary>
    Stage,
}

/// <summary>How machine and staff share a group.</summary>
internal enum TagGroupMode
{
    /// <summary>Both set tags. What a person took away stays away for as long as it is wanted without a break.</summary>
    AutomaticPlusManual,

    /// <summary>The machine decides: what a person took away is set again. What a person set stays all the same.</summary>
    Automatic,

    /// <summary>Only staff set tags; what the machine set before stays.</summary>
    Manual,
}

/// <summary>One managed group.</summary>
internal sealed class TagGroupOptions
{
    /// <summary>Who decides about its tags. Default <c>Rule</c>.</summary>
    public TagGroupOwner Owner { get; set; } = TagGroupOwner.Rule;

    /// <summary>How machine and staff share it. Default <c>AutomaticPlusManual</c>.</summary>
    public TagGroupMode Mode { get; set; } = TagGroupMode.AutomaticPlusManual;

    /// <summary>A customer of one member has at most one tag of the group: the first that is wanted. While a person's own tag stands, the bridge has none there. Default false.</summary>
    public bool Exclusive { get; set; }

    /// <summary>Its tags by name, at most 30 characters each; missing ones are created. At least one.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>The group's name before it was renamed here: the group in WeCom gets the new name. Default: none.</summary>
    public string? RenamedFrom { get; set; }

    /// <summary>Tags that were renamed here, old name to new: the tag in WeCom gets the new name and stays on its customers. Default: none.</summary>
    public Dictionary<string, string> Renamed { get; set; } = [];

    /// <summary>The machine writes in this group.</summary>
    public bool IsManaged => Owner != TagGroupOwner.Manual && Mode != TagGroupMode.Manual;
}

/// <summary>One rule.</summary>
internal sealed class TagRule
{
    /// <summary>Names the rule in events and faults; unique. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whom it is for; <c>Hours</c>, <c>Days</c> and <c>Dates</c> are those of the add, dates of CRM facts are held against today. Default: everybody.</summary>
    public When When { get; set; } = new();

    /// <summary>Tags to add while it holds, each <c>Group/Tag</c> of a group above that <c>Rule</c> or <c>Stage</c> owns. At least one.</summary>
    public List<string> Add { get; set; } = [];
}
