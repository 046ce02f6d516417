namespace WecomBridge.State;

/// <summary>A tag this service has put on a relation, or was about to.</summary>
/// <param name="TagId">The platform's id.</param>
/// <param name="Group">Managed group the tag is of.</param>
/// <param name="Owner">Who wanted it: <c>rule</c>, <c>crm</c>, <c>stage</c>.</param>
/// <param name="CauseId">Event that led to it.</param>
/// <param name="Confirmed">The platform has said yes; otherwise the call may or may not have been made.</param>
internal sealed record TagLedgerEntry(string TagId, string Group, string Owner, Guid CauseId, bool Confirmed = false);

/// <summary>Which tags are ours to remove: what is not confirmed here belongs to a person.</summary>
internal static class TagLedger
{
    /// <summary>Before the call. A tag that was confirmed is an intent again: between the two a person may have removed and set it.</summary>
    public static async Task RecordIntentAsync(StateSession session, RelationKey key, IReadOnlyList<TagLedgerEntry> entries, DateTimeOffset now)
    {
        foreach (var entry in entries)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO tag_ledger (corp, user_key, external_user_id, tag_id, tag_group, owner, cause_id, confirmed, changed_at)
                VALUES (@Corp, @UserKey, @ExternalUserId, @TagId, @Group, @Owner, @CauseId, 0, @Now)
                ON CONFLICT (corp, external_user_id, user_key, tag_id) DO UPDATE SET
                    tag_group = excluded.tag_group, owner = excluded.owner, cause_id = excluded.cause_id, confirmed = 0, changed_at = excluded.changed_at
                """,
                new { key.Corp, key.UserKey, key.ExternalUserId, entry.TagId, entry.Group, entry.Owner, CauseId = entry.CauseId.ToDb(), Now = now.ToDb() });
        }
    }

    /// <summary>After the platform's yes. Tags without an intent stay unknown.</summary>
    public static Task ConfirmAsync(StateSession session, RelationKey key, IReadOnlyList<string> tagIds, DateTimeOffset now) =>
        ForEachAsync(session, "UPDATE tag_ledger SET confirmed = 1, changed_at = @Now", key, tagIds, now);

    /// <summary>Tags that are ours no more: removed, or left to a person.</summary>
    public static Task ForgetAsync(StateSession session, RelationKey key, IReadOnlyList<string> tagIds) =>
        ForEachAsync(session, "DELETE FROM tag_ledger", key, tagIds, DateTimeOffset.UnixEpoch);

    /// <summary>Everything known about one relation, in the order of the tags' ids.</summary>
    public static async Task<IReadOnlyList<TagLedgerEntry>> OfRelationAsync(StateSession session, RelationKey key)
    {
        var rows = await session.QueryAsync<Row>(
            """
            SELECT tag_id, tag_group, owner, cause_id, confirmed FROM tag_ledger
            WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey ORDER BY tag_id
            """,
            new { key.Corp, key.ExternalUserId, key.UserKey });
        return [.. rows.Select(row => new TagLedgerEntry(row.TagId, row.TagGroup, row.Owner, Guid.Parse(row.CauseId), row.Confirmed != 0))];
    }

    // One statement a tag: the two databases take lists in different ways, and these are short.
    private static async Task ForEachAsync(StateSession session, string statement, RelationKey key, IReadOnlyList<string> tagIds, DateTimeOffset now)
    {
        foreach (var tagId in tagIds)
        {
            await session.ExecuteAsync(
                statement + " WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey AND tag_id = @tagId",
                new { key.Corp, key.ExternalUserId, key.UserKey, tagId, Now = now.ToDb() });
        }
    }

    private sealed class Row
    {
        public string TagId { get; set; } = "";

        public string TagGroup { get; set; } = "";

        public string Owner { get; set; } = "";

        public string CauseId { get; set; } = "";

        public long Confirmed { get; set; }
    }
}
