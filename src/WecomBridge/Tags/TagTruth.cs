using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>The ledger of a relation, held against what stands there now.</summary>
/// <param name="Entries">The ledger as it is from now on, by tag id.</param>
/// <param name="Stand">Tags of an intent that stand.</param>
/// <param name="Taken">Tags that a person took away.</param>
/// <param name="Forgotten">Tags the ledger has nothing more to say of.</param>
internal sealed record TagTruth(IReadOnlyDictionary<string, TagLedgerEntry> Entries, IReadOnlyList<string> Stand, IReadOnlyList<string> Taken, IReadOnlyList<string> Forgotten)
{
    public bool IsNews => Stand.Count + Taken.Count + Forgotten.Count > 0;

    /// <param name="ledger">What was recorded.</param>
    /// <param name="present">Ids of the tags that stand.</param>
    /// <param name="wanted">Ids that are wanted, or may be.</param>
    /// <param name="now">The present.</param>
    public static TagTruth Of(IEnumerable<TagLedgerEntry> ledger, IReadOnlySet<string> present, IReadOnlySet<string> wanted, DateTimeOffset now)
    {
        var entries = new Dictionary<string, TagLedgerEntry>(StringComparer.Ordinal);
        List<string> stand = [], taken = [], forgotten = [];
        foreach (var entry in ledger)
        {
            var next = Next(entry, present.Contains(entry.TagId), wanted.Contains(entry.TagId), now);
            if (next is null) forgotten.Add(entry.TagId);
            else entries[entry.TagId] = next;
            if (next is { Status: TagLedgerStatus.Taken } && entry.Status != TagLedgerStatus.Taken) taken.Add(entry.TagId);
            if (next is { Status: not TagLedgerStatus.Taken } && entry.Status is TagLedgerStatus.Adding or TagLedgerStatus.Removing) stand.Add(entry.TagId);
        }

        return new TagTruth(entries, stand, taken, forgotten);
    }

    private static TagLedgerEntry? Next(TagLedgerEntry entry, bool isPresent, bool isWanted, DateTimeOffset now) => (entry.Status, isPresent) switch
    {
        // A call of which no answer was seen: it was made, or was not; which of the two the tag tells, unless a person had a hand in it.
        (TagLedgerStatus.Adding or TagLedgerStatus.Removing, true) => entry with { Status = entry.IsDoubted ? TagLedgerStatus.Personal : TagLedgerStatus.Ours, WrittenAt = now },
        (TagLedgerStatus.Adding, false) => entry.IsDoubted && isWanted ? entry with { Status = TagLedgerStatus.Taken } : null,
        (TagLedgerStatus.Removing, false) => null,
        (TagLedgerStatus.Taken, true) => null,
        (_, true) => entry,

        // Remembered for as long as somebody wants it: a new reason may bring it again.
        (_, false) => isWanted ? entry with { Status = TagLedgerStatus.Taken } : null,
    };
}
