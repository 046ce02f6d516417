using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>Everything State has of a customer's tags, read before WeCom is asked; and what this service wrote into remarks, by which nobody must be recognised.</summary>
internal sealed record TagBook(
    ILookup<string, TagLedgerEntry> Ledger, ILookup<string, TagWish> Wishes, IReadOnlyList<RelationTags> Seen, IReadOnlyDictionary<string, RelationEdit?> Edits, IReadOnlyList<WrittenField> Written)
{
    public static async Task<TagBook> ReadAsync(StateSession session, string corp, string externalUserId)
    {
        // First: an edit that is taken in while the rest is read must not look as if the rest had known of it.
        var edits = await TagLedger.EditsOfCustomerAsync(session, corp, externalUserId);
        return new TagBook(
            await TagLedger.OfCustomerAsync(session, corp, externalUserId),
            await TagWishes.OfCustomerAsync(session, corp, externalUserId),
            await RelationTagStore.OfCustomerAsync(session, corp, externalUserId),
            edits,
            await RelationFieldLedger.OfCustomerAsync(session, corp, externalUserId));
    }

    /// <param name="key">The relation.</param>
    /// <param name="addedAt">When the platform says that the two became contacts, Unix seconds: what was written before went with a former life of theirs, whose end no event may have told.</param>
    /// <param name="present">Ids of the tags that stand: what outlived the former life is as it was.</param>
    public RelationBook Of(RelationKey key, long? addedAt, IReadOnlySet<string> present)
    {
        var begin = addedAt is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) - TagLedger.ClockMargin : DateTimeOffset.MinValue;
        var lives = Ledger[key.UserKey].ToLookup(entry => entry.WrittenAt >= begin || present.Contains(entry.TagId));
        var seen = Seen.FirstOrDefault(tags => tags.Key == key);
        return new RelationBook(
            lives[true].ToDictionary(entry => entry.TagId, StringComparer.Ordinal),
            seen is null || seen.ReadAt >= begin ? seen : seen with { Tags = [.. seen.Tags.Where(tag => present.Contains(tag.Id))] },
            Edits.GetValueOrDefault(key.UserKey),
            [.. lives[false].Select(entry => entry.TagId)]);
    }
}

/// <summary>What State has of one relation's tags.</summary>
/// <param name="Ledger">By tag id.</param>
/// <param name="Seen">What stood there last; null when nobody looked.</param>
/// <param name="Edit">The newest edit that events told of.</param>
/// <param name="Former">Ids of tags of a former life of the two.</param>
internal sealed record RelationBook(IReadOnlyDictionary<string, TagLedgerEntry> Ledger, RelationTags? Seen, RelationEdit? Edit, IReadOnlyList<string> Former);
