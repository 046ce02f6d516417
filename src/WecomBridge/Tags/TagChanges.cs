using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>What came to a relation's tags and what went, by whom.</summary>
/// <param name="Standing">The tags from now on.</param>
/// <param name="Added">Tags that came since they were last looked at, in the order of their ids.</param>
/// <param name="Removed">Tags that went.</param>
internal sealed record TagChanges(IReadOnlyList<StandingTag> Standing, IReadOnlyList<TagChange> Added, IReadOnlyList<TagChange> Removed)
{
    public bool IsNews => Added.Count + Removed.Count > 0;

    /// <param name="before">The tags as they were last seen.</param>
    /// <param name="present">The tags as WeCom has just said.</param>
    /// <param name="written">What was then written.</param>
    /// <param name="ledger">The ledger as it was recorded before, by tag id.</param>
    public static TagChanges Of(IReadOnlyList<StandingTag> before, IReadOnlyList<PresentTag> present, TagWritten written, IReadOnlyDictionary<string, TagLedgerEntry> ledger)
    {
        var standing = new List<StandingTag>();
        var added = new List<TagChange>();
        foreach (var tag in present.Where(tag => !written.Removed.Contains(tag.Id)))
        {
            var known = before.FirstOrDefault(seen => seen.Id == tag.Id);
            var entry = ledger.GetValueOrDefault(tag.Id);
            var isOurs = entry is { Status: TagLedgerStatus.Adding or TagLedgerStatus.Ours or TagLedgerStatus.Removing, IsDoubted: false };
            standing.Add(new StandingTag(tag.Id, tag.Name.Group, tag.Name.Tag, isOurs ? entry!.Owner : TagOwners.Manual));
            // Doubted or not, one that was being set and stands is told as ours: that is the likelier.
            if (known is null) added.Add(Change(tag.Name, entry is { Status: not TagLedgerStatus.Taken } ? entry.Owner : TagOwners.Manual, entry is { Status: not TagLedgerStatus.Taken } ? entry.Cause : null));
        }

        foreach (var (id, desire) in written.Added)
        {
            standing.Add(new StandingTag(id, desire.Name.Group, desire.Name.Tag, desire.Owner));
            if (!before.Any(seen => seen.Id == id)) added.Add(Change(desire.Name, desire.Owner, desire.Cause));
        }

        var removed = before.Where(seen => standing.TrueForAll(tag => tag.Id != seen.Id)).Select(seen => Removal(seen, written, ledger.GetValueOrDefault(seen.Id)));
        return new TagChanges([.. standing.OrderBy(tag => tag.Id, StringComparer.Ordinal)], added, [.. removed]);
    }

    private static TagChange Removal(StandingTag seen, TagWritten written, TagLedgerEntry? entry)
    {
        var byUs = written.Removed.Contains(seen.Id) || entry is { Status: TagLedgerStatus.Removing };
        return Change(new TagName(seen.Group, seen.Tag), byUs && entry is not null ? entry.Owner : TagOwners.Manual, null);
    }

    private static TagChange Change(TagName name, string owner, string? cause) => new() { Group = name.Group, Tag = name.Tag, Owner = owner, Cause = cause };
}

/// <summary>What a call to WeCom changed.</summary>
internal sealed record TagWritten(IReadOnlyList<TagAddition> Added, IReadOnlyList<string> Removed)
{
    public static TagWritten Nothing { get; } = new([], []);

    public bool IsNothing => Added.Count + Removed.Count == 0;
}
