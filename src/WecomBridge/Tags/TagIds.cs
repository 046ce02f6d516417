using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

/// <summary>A corp tag that stands on a relation.</summary>
/// <param name="Id">The platform's id.</param>
/// <param name="Name">As settings name it where they know it, otherwise as WeCom does.</param>
internal readonly record struct PresentTag(string Id, TagName Name);

/// <summary>Which group and tag of the settings has which id in WeCom.</summary>
internal sealed class TagIds
{
    private const int CorpTag = 1;

    private readonly Dictionary<TagName, TagDictionaryEntry> _byName;
    private readonly Dictionary<string, TagName> _byId;
    private readonly Dictionary<string, string> _groupsByName;

    public TagIds(IReadOnlyList<TagDictionaryEntry> entries)
    {
        Entries = entries;
        _byName = entries.ToDictionary(entry => new TagName(entry.Group, entry.Tag));
        _byId = entries.Where(entry => entry.Tag.Length > 0 && IsLiving(entry)).GroupBy(entry => entry.Id, StringComparer.Ordinal).ToDictionary(same => same.Key, same => new TagName(same.First().Group, same.First().Tag), StringComparer.Ordinal);
        _groupsByName = entries.Where(entry => entry.Tag.Length == 0 && IsLiving(entry)).GroupBy(entry => entry.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Group, StringComparer.Ordinal);
    }

    public IReadOnlyList<TagDictionaryEntry> Entries { get; }

    /// <summary>Id of a tag that is there; null when it is not, or not yet.</summary>
    public string? Find(TagName name) => _byName.GetValueOrDefault(name) is { } entry && IsLiving(entry) ? entry.Id : null;

    /// <summary>Nothing is known of it: WeCom may have it, and if not it can be created.</summary>
    public bool IsUnheardOf(TagName name) => !_byName.ContainsKey(name);

    /// <summary>The corp tags among those of a relation. Personal tags of the member and tags without an id are not looked at.</summary>
    public IReadOnlyList<PresentTag> Read(IReadOnlyList<FollowUserTag> tags) =>
        [.. from tag in tags
            where tag.Type is null or CorpTag && !string.IsNullOrEmpty(tag.TagId)
            select new PresentTag(tag.TagId!, _byId.TryGetValue(tag.TagId!, out var known) ? known : new TagName(GroupOf(tag.GroupName ?? ""), tag.TagName ?? ""))];

    private static bool IsLiving(TagDictionaryEntry entry) => entry.Id.Length > 0 && entry.Status is TagDictionaryStatus.Known or TagDictionaryStatus.Renamed;

    private string GroupOf(string platformName) => _groupsByName.GetValueOrDefault(platformName, platformName);
}
