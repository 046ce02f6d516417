using System.Text.Json;

namespace WecomBridge.State;

/// <summary>A corp tag as it stood on a relation.</summary>
/// <param name="Id">The platform's id.</param>
/// <param name="Group">Name of its group.</param>
/// <param name="Tag">Its name.</param>
/// <param name="Owner">Who set it, as far as is known: a word of <c>TagOwners</c>.</param>
internal sealed record StandingTag(string Id, string Group, string Tag, string Owner);

/// <summary>A group in which a person's own tag keeps the machine's out.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Wanted">The tag that the machine would set.</param>
/// <param name="Standing">The person's.</param>
internal sealed record HeldGroup(string Group, string Wanted, string Standing);

/// <summary>What WeCom last said of the corp tags on a relation.</summary>
/// <param name="Key">Member and customer.</param>
/// <param name="Tags">In the order of their ids.</param>
/// <param name="Held">Where the machine stands back.</param>
/// <param name="ReadAt">When WeCom said so.</param>
/// <param name="News">What is to be published of it, and may have been; null when everything was.</param>
internal sealed record RelationTags(RelationKey Key, IReadOnlyList<StandingTag> Tags, IReadOnlyList<HeldGroup> Held, DateTimeOffset ReadAt, string? News = null);

/// <summary>The tags of relations as they were last seen.</summary>
internal static class RelationTagStore
{
    /// <summary>Of every member who has the customer, in the order of the members' ids.</summary>
    public static async Task<IReadOnlyList<RelationTags>> OfCustomerAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<Row>("SELECT user_id, tags, held, news, read_at FROM relation_tags WHERE corp = @corp AND external_user_id = @externalUserId ORDER BY user_key", new { corp, externalUserId });
        return [.. rows.Select(row => row.ToTags(corp, externalUserId))];
    }

    /// <summary>Replaces what was seen of a relation, unless the relation has ended since it was seen.</summary>
    /// <param name="session">Inside a transaction that holds the relation.</param>
    /// <param name="seen">What was seen.</param>
    public static Task PutAsync(StateSession session, RelationTags seen) =>
        session.ExecuteAsync(
            """
            INSERT INTO relation_tags (corp, user_key, external_user_id, user_id, tags, held, news, read_at)
            SELECT @Corp, @UserKey, @ExternalUserId, @UserId, @Tags, @Held, @News, @ReadAt
            WHERE NOT EXISTS (SELECT 1 FROM relations WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey AND removed_at > @LifeBefore)
            ON CONFLICT (corp, external_user_id, user_key) DO UPDATE SET tags = excluded.tags, held = excluded.held, news = excluded.news, read_at = excluded.read_at
            """,
            new { seen.Key.Corp, seen.Key.UserKey, seen.Key.ExternalUserId, seen.Key.UserId, Tags = JsonSerializer.Serialize(seen.Tags), Held = JsonSerializer.Serialize(seen.Held), seen.News, ReadAt = seen.ReadAt.ToDb(), LifeBefore = (seen.ReadAt - TimeSpan.FromSeconds(1)).ToDb() });

    /// <summary>News of a relation were published; newer ones stay.</summary>
    public static Task ClearNewsAsync(StateSession session, RelationKey key, string news) =>
        session.ExecuteAsync("UPDATE relation_tags SET news = NULL WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey AND news = @news", new { key.Corp, key.ExternalUserId, key.UserKey, news });

    /// <summary>The member removed the customer, and the tags went with the relation; what was seen after that is of the next life of the two. What is still to be told of the tags stays.</summary>
    public static async Task ForgetLifeAsync(StateSession session, RelationKey key, DateTimeOffset removedAt)
    {
        var life = new { key.Corp, key.ExternalUserId, key.UserKey, End = (removedAt + TimeSpan.FromSeconds(1)).ToDb() };
        const string Which = "WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey AND read_at < @End";
        await session.ExecuteAsync($"DELETE FROM relation_tags {Which} AND news IS NULL", life);
        await session.ExecuteAsync($"UPDATE relation_tags SET tags = '[]', held = '[]' {Which}", life);
    }

    private sealed class Row
    {
        public string UserId { get; set; } = "";

        public string Tags { get; set; } = "[]";

        public string Held { get; set; } = "[]";

        public string? News { get; set; }

        public long ReadAt { get; set; }

        public RelationTags ToTags(string corp, string externalUserId) =>
            new(new RelationKey(corp, UserId, externalUserId), JsonSerializer.Deserialize<List<StandingTag>>(Tags)!, JsonSerializer.Deserialize<List<HeldGroup>>(Held)!, ReadAt.ToTime(), News);
    }
}
