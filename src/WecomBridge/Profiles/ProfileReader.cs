using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

/// <summary>Puts together from State what is known of a customer.</summary>
internal sealed class ProfileReader(IStateDatabase database, TimeProvider time)
{
    /// <summary>The customer; null when State knows nothing of them.</summary>
    /// <exception cref="StateUnavailableException">State cannot be read.</exception>
    public Task<ProfileView?> ReadAsync(string corp, string externalUserId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => ReadAsync(session, corp, externalUserId, time.GetUtcNow()), cancellationToken);

    private static async Task<ProfileView?> ReadAsync(StateSession session, string corp, string externalUserId, DateTimeOffset now)
    {
        var relations = await RelationStore.OfCustomerAsync(session, corp, externalUserId);
        var tags = await RelationTagStore.OfCustomerAsync(session, corp, externalUserId);
        var notes = await ProfileBook.NotesAsync(session, corp, externalUserId);
        var profile = await ProfileBook.FindAsync(session, corp, externalUserId);
        if (relations.Count == 0 && tags.Count == 0 && notes.Count == 0 && profile is null) return null;

        var work = await WorkStore.ListOfKeyAsync(session, corp, externalUserId, now);
        var members = relations.Select(relation => relation.Key.UserKey).Concat(tags.Select(seen => seen.Key.UserKey)).Concat(notes.Select(note => note.UserKey)).Distinct().Order(StringComparer.Ordinal);
        return new ProfileView(
            corp,
            externalUserId,
            profile?.Identity,
            FactsOf(profile, now),
            [.. members.Select(member => ViewOf(
                member,
                relations.FirstOrDefault(relation => relation.Key.UserKey == member),
                tags.FirstOrDefault(seen => seen.Key.UserKey == member),
                notes.FirstOrDefault(note => note.UserKey == member)))],
            [.. work.Select(piece => new WorkView(piece.Key.Lane, piece.State.ToString().ToLowerInvariant(), piece.At, piece.Attempts, piece.Reason, piece.Remedy))],
            profile?.ReadAt);
    }

    private static Dictionary<string, ProfileFact> FactsOf(StoredProfile? profile, DateTimeOffset now)
    {
        if (profile is not { Source: { } source, FactsAt: { } at }) return [];
        var age = Math.Max(0, (long)(now - at).TotalSeconds);
        return profile.Facts.ToDictionary(fact => fact.Key, fact => new ProfileFact { Value = fact.Value, Source = source, AgeSeconds = age });
    }

    private static RelationView ViewOf(string member, Relation? relation, RelationTags? seen, RelationNote? note) => new(
        relation?.Key.UserId ?? seen?.Key.UserId ?? member,
        relation is null ? RelationStatuses.Added : ProfileFacts.StatusOf(relation.Status),
        relation?.State,
        relation?.AddedAt,
        relation?.EndedAt,
        [.. (seen?.Tags ?? []).Select(tag => new TagView(tag.Group, tag.Tag, tag.Owner))],
        [.. (seen?.Held ?? []).Select(held => new HeldView(held.Group, held.Wanted, held.Standing))],
        seen?.ReadAt,
        new FieldsView(Holder(note, RelationField.Remark), Holder(note, RelationField.Description), Holder(note, RelationField.Company), Holder(note, RelationField.Mobiles)));

    private static FieldHolder? Holder(RelationNote? note, RelationField field) => note is not null && note.Fields.TryGetValue(field, out var holder) ? holder : null;
}
