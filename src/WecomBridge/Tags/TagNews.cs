using System.Text.Json;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>What came to a relation's tags and what went, to be published.</summary>
/// <param name="App">App through which they were read.</param>
/// <param name="CauseId">What led to it.</param>
/// <param name="At">When they were read: one cause may set a tag, remove it and set it again.</param>
/// <param name="Added">Tags that came.</param>
/// <param name="Removed">Tags that went.</param>
internal sealed record TagNews(string App, Guid CauseId, DateTimeOffset At, IReadOnlyList<TagChange> Added, IReadOnlyList<TagChange> Removed)
{
    /// <summary>For the database.</summary>
    public string ToText() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static TagNews Parse(string text) => JsonSerializer.Deserialize<TagNews>(text) ?? throw new JsonException("There are no news in it.");
}

/// <summary>Publishes <c>profile.tags_changed</c>. News are recorded before, and struck out after: a crash in between publishes them again under the same id.</summary>
internal sealed class TagAnnouncer(IStateDatabase database, IOutbox outbox, EventFactory events, IOptionsMonitor<WecomOptions> corps)
{
    public async Task AnnounceAsync(RelationKey key, TagNews news, CancellationToken cancellationToken)
    {
        var changed = new ProfileTagsChanged
        {
            CorpId = corps.CurrentValue.Corps.GetValueOrDefault(key.Corp)?.CorpId ?? "",
            Corp = key.Corp,
            App = news.App,
            UserId = key.UserId,
            ExternalUserId = key.ExternalUserId,
            Added = news.Added,
            Removed = news.Removed,
        };
        var discriminator = $"{key.UserKey}@{news.At.ToUnixTimeMilliseconds()}+{string.Join(',', news.Added.Select(Name))}-{string.Join(',', news.Removed.Select(Name))}";
        var cloudEvent = events.Derived(key.Corp, news.App, news.CauseId, discriminator, key.ExternalUserId, key.ExternalUserId, changed);
        await outbox.StoreAsync([EventWriter.Write(cloudEvent, Exchanges.Profiles)], cancellationToken);
        await database.WriteAsync(session => RelationTagStore.ClearNewsAsync(session, key, news.ToText()), cancellationToken);

        static string Name(TagChange change) => $"{change.Group}/{change.Tag}";
    }
}
