using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>Everything State has of a customer's tags, read before WeCom is asked; and what this service wrote into remarks, by which nobody must be recognised.</summary>
internal sealed record TagBook(
    ILookup<string, TagLedgerEntry> Ledger, ILookup<string, TagWish> Wishes, IReadOnlyList<RelationTags> Seen, IReadOnlyDictionary<string, string?> Edits, IReadOnlyList<WrittenField> Written)
{
    public static async Task<TagBook> ReadAsync(StateSession session, string corp, string externalUserId) =>
        new(
            await TagLedger.OfCustomerAsync(session, corp, externalUserId),
            await TagWishes.OfCustomerAsync(session, corp, externalUserId),
            await RelationTagStore.OfCustomerAsync(session, corp, externalUserId),
            await TagLedger.EditsOfCustomerAsync(session, corp, externalUserId),
            await RelationFieldLedger.OfCustomerAsync(session, corp, externalUserId));

    public RelationBook Of(RelationKey key) =>
        new(
            Ledger[key.UserKey].ToDictionary(entry => entry.TagId, StringComparer.Ordinal),
            Seen.FirstOrDefault(tags => tags.Key == key),
            Edits.GetValueOrDefault(key.UserKey));
}

/// <summary>What State has of one relation's tags.</summary>
/// <param name="Ledger">By tag id.</param>
/// <param name="Seen">What stood there last; null when nobody looked.</param>
/// <param name="Edit">The newest edit that events told of.</param>
internal sealed record RelationBook(IReadOnlyDictionary<string, TagLedgerEntry> Ledger, RelationTags? Seen, string? Edit);
