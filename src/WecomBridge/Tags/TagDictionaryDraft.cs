using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

/// <summary>Tags of one group that WeCom does not have.</summary>
/// <param name="Group">As settings name it.</param>
/// <param name="GroupId">The group's id in WeCom; null when it is to be created as well.</param>
/// <param name="Tags">At least one.</param>
internal sealed record TagCreation(string Group, string? GroupId, IReadOnlyList<string> Tags);

/// <summary>The settings' groups and tags held against WeCom's. A pure function of settings, what was known and what is there.</summary>
/// <param name="Entries">What is known now.</param>
/// <param name="Renamings">Entries that settings gave another name; <c>Name</c> is what WeCom still calls them.</param>
/// <param name="Creations">What WeCom does not have and nobody is known to have deleted.</param>
internal sealed record TagDictionaryDraft(IReadOnlyList<TagDictionaryEntry> Entries, IReadOnlyList<TagDictionaryEntry> Renamings, IReadOnlyList<TagCreation> Creations)
{
    public static TagDictionaryDraft Of(TagsOptions settings, IReadOnlyList<TagDictionaryEntry> known, IReadOnlyList<CorpTagGroup> platform)
    {
        var declared = known.Where(entry => settings.Groups.TryGetValue(entry.Group, out var group) && (entry.Tag.Length == 0 || group.Tags.Contains(entry.Tag))).ToList();
        var draft = new Drafting(known, declared, platform);
        foreach (var (name, group) in settings.Groups) draft.Add(name, group);
        return new TagDictionaryDraft(draft.Entries, draft.Renamings, draft.Creations);
    }

    /// <summary>The same with one entry replaced or added.</summary>
    public TagDictionaryDraft With(TagDictionaryEntry entry) =>
        this with { Entries = [.. Entries.Where(other => (other.Group, other.Tag) != (entry.Group, entry.Tag)), entry] };

    private sealed class Drafting(IReadOnlyList<TagDictionaryEntry> known, IReadOnlyList<TagDictionaryEntry> declared, IReadOnlyList<CorpTagGroup> platform)
    {
        public List<TagDictionaryEntry> Entries { get; } = [];

        public List<TagDictionaryEntry> Renamings { get; } = [];

        public List<TagCreation> Creations { get; } = [];

        public void Add(string name, TagGroupOptions options)
        {
            var former = Known(name, "") ?? (options.RenamedFrom is { } from ? Known(from, "") : null);
            var group = platform.FirstOrDefault(each => former is { Id.Length: > 0 } && each.GroupId == former.Id)
                ?? platform.FirstOrDefault(each => each.GroupName == name && IsFree(each.GroupId, name, ""))
                ?? platform.FirstOrDefault(each => options.RenamedFrom is { } old && each.GroupName == old && IsFree(each.GroupId, name, ""));
            var isDeleted = group is null && former is { Id.Length: > 0 };
            if (group is not null) Found(name, "", group.GroupId ?? "", group.GroupName!, options.RenamedFrom);
            else if (isDeleted) Entries.Add(former! with { Group = name, Tag = "", Status = TagDictionaryStatus.Deleted });

            var missing = new List<string>();
            foreach (var tag in options.Tags) Add(name, tag, options, former?.Group ?? name, group, isDeleted, missing);
            if (missing.Count > 0) Creations.Add(new TagCreation(name, group?.GroupId, missing));
        }

        private void Add(string name, string tag, TagGroupOptions options, string formerGroup, CorpTagGroup? group, bool isGroupDeleted, List<string> missing)
        {
            var oldName = options.Renamed.FirstOrDefault(pair => pair.Value == tag).Key;
            var former = Known(name, tag) ?? Known(formerGroup, tag) ?? (oldName is null ? null : Known(name, oldName) ?? Known(formerGroup, oldName));
            var present = group?.Tag.FirstOrDefault(each => former is { Id.Length: > 0 } && each.Id == former.Id)
                ?? group?.Tag.FirstOrDefault(each => each.Name == tag && IsFree(each.Id, name, tag))
                ?? group?.Tag.FirstOrDefault(each => oldName is not null && each.Name == oldName && IsFree(each.Id, name, tag));
            if (present is not null) Found(name, tag, present.Id!, present.Name!, oldName);
            else if (isGroupDeleted || former is { Id.Length: > 0 }) Entries.Add(new TagDictionaryEntry(name, tag, former?.Id ?? "", former?.Name ?? tag, TagDictionaryStatus.Deleted));
            else if (former is { Status: TagDictionaryStatus.Refused }) Entries.Add(former);
            else missing.Add(tag);
        }

        private void Found(string group, string tag, string id, string platformName, string? renamedFrom)
        {
            var wanted = tag.Length == 0 ? group : tag;
            var entry = new TagDictionaryEntry(group, tag, id, platformName, platformName == wanted ? TagDictionaryStatus.Known : TagDictionaryStatus.Renamed);
            Entries.Add(entry);
            if (entry.Status == TagDictionaryStatus.Renamed && platformName == renamedFrom) Renamings.Add(entry);
        }

        /// <summary>Names move from one to another when administrators rename; what is known by its id keeps it.</summary>
        private bool IsFree(string? id, string group, string tag) => !declared.Any(entry => entry.Id == id && (entry.Group, entry.Tag) != (group, tag));

        private TagDictionaryEntry? Known(string group, string tag) => known.FirstOrDefault(entry => entry.Group == group && entry.Tag == tag);
    }
}
