using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

/// <summary>Publishes what is new about a relation, and keeps the note of what was said.</summary>
internal sealed class ProfileAnnouncer(IStateDatabase database, IOutbox outbox, EventFactory events, IOptionsMonitor<WecomOptions> corps, TimeProvider time)
{
    /// <summary>Says the profile unless it was the last one said, and notes it.</summary>
    /// <param name="item">The work that led to it.</param>
    /// <param name="key">Member and customer.</param>
    /// <param name="profile">What is so now.</param>
    /// <param name="note">What was noted before; null for nothing.</param>
    /// <param name="fields">Whose the fields are now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it was published.</returns>
    public async Task<bool> AnnounceAsync(WorkItem item, RelationKey key, Said profile, RelationNote? note, IReadOnlyDictionary<RelationField, FieldHolder> fields, CancellationToken cancellationToken)
    {
        var data = new ProfileUpdated
        {
            CorpId = corps.CurrentValue.Corps.GetValueOrDefault(key.Corp)?.CorpId ?? "",
            Corp = key.Corp,
            App = item.App,
            UserId = key.UserId,
            ExternalUserId = key.ExternalUserId,
            Relation = profile.Relation,
            Identity = profile.Identity,
            Facts = profile.Facts,
        };
        // An end is said once, whatever is found out about the customer afterwards.
        var print = ProfileFacts.PrintOf(profile.IsEnd ? data with { Identity = new ProfileIdentity { Confidence = Confidences.None } } : data);
        var isNews = print != note?.Announced || item.Note == ProfilesConsumer.RefreshNote;
        if (isNews)
        {
            var cloudEvent = events.Derived(key.Corp, item.App, item.CauseId, key.UserKey + "+" + print, key.ExternalUserId, key.ExternalUserId, data);
            await outbox.StoreAsync([EventWriter.Write(cloudEvent, Exchanges.Profiles)], cancellationToken);
        }

        if (isNews || !Same(note!.Fields, fields))
            await database.WriteAsync(session => ProfileBook.PutNoteAsync(session, key, new RelationNote(key.UserKey, print, fields), time.GetUtcNow()), cancellationToken);
        return isNews;
    }

    private static bool Same(IReadOnlyDictionary<RelationField, FieldHolder> one, IReadOnlyDictionary<RelationField, FieldHolder> other) =>
        one.Count == other.Count && one.All(field => other.TryGetValue(field.Key, out var holder) && holder == field.Value);
}

/// <summary>What is said of a relation.</summary>
/// <param name="Relation">How the two stand.</param>
/// <param name="Identity">Whom the CRM knows.</param>
/// <param name="Facts">What it knows.</param>
internal sealed record Said(ProfileRelation Relation, ProfileIdentity Identity, IReadOnlyDictionary<string, ProfileFact> Facts)
{
    /// <summary>The relation has ended.</summary>
    public bool IsEnd { get; init; }
}
