namespace WecomBridge.State;

/// <summary>How a tag of the ledger stands.</summary>
internal enum TagLedgerStatus
{
    /// <summary>About to be set; the call may or may not have been made.</summary>
    Adding,

    /// <summary>Set by this service, and so its own to remove.</summary>
    Ours,

    /// <summary>About to be removed; the call may or may not have been made.</summary>
    Removing,

    /// <summary>Set by this service, and perhaps by a person as well: never removed.</summary>
    Personal,

    /// <summary>Set by this service and taken away by a person.</summary>
    Taken,
}

/// <summary>A person's edit of a relation, as an event told it.</summary>
/// <param name="At">In whole seconds: another edit of the same second has the same id.</param>
/// <param name="EventId">The event.</param>
internal sealed record RelationEdit(DateTimeOffset At, string? EventId);

/// <summary>A tag this service has put on a relation, or was about to.</summary>
/// <param name="TagId">The platform's id.</param>
/// <param name="Group">Managed group the tag is of, as settings name it.</param>
/// <param name="Owner">Who wanted it: <c>rule</c>, <c>crm</c>, <c>stage</c>.</param>
/// <param name="Cause">A rule's name or a command's id; null when not known.</param>
/// <param name="CauseId">Event that led to it.</param>
internal sealed record TagLedgerEntry(string TagId, string Group, string Owner, string? Cause, Guid CauseId)
{
    public TagLedgerStatus Status { get; init; } = TagLedgerStatus.Adding;

    /// <summary>When the platform was asked how the relation stood, before the tag was written.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>When the platform had said yes, or the tag was found; without meaning while it is being added.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>A person edited the relation while the tag was written.</summary>
    public bool IsDoubted { get; init; }
}

/// <summary>Which tags are ours to remove: what is not <see cref="TagLedgerStatus.Ours"/> here belongs to a person.</summary>
/// <remarks>
/// A person may set the very tag that is being written, and the platform does not tell the two apart. An edit whose event arrives before the write stops it: the relation is looked at again.
/// One that arrives later, and happened between our read and the platform's yes as far as clocks can tell, makes the tag a person's. An edit known before our read is in what we read.
/// </remarks>
internal static class TagLedger
{
    /// <summary>So far the platform's clock and ours may differ; event times are whole seconds.</summary>
    public static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(3);

    private const string Relation = "corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey";

    /// <summary>Before the call: tags about to be set and removed. Nothing is recorded, and nothing may be written, when a person has edited the relation since it was looked at.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="key">The relation.</param>
    /// <param name="add">Tags to set; one that stood here before is an intent again.</param>
    /// <param name="remove">Ids of tags of ours.</param>
    /// <param name="seen">The newest edit when the relation was looked at, from <see cref="EditsOfCustomerAsync"/>.</param>
    /// <param name="readAt">When the platform was asked how the relation stood.</param>
    /// <param name="now">The present.</param>
    public static async Task<bool> TryIntendAsync(
        StateSession session, RelationKey key, IReadOnlyList<TagLedgerEntry> add, IReadOnlyList<string> remove, RelationEdit? seen, DateTimeOffset readAt, DateTimeOffset now)
    {
        await session.HoldAsync(key);
        var newest = await session.FindAsync<EditRow>($"SELECT user_key, edited_at, edited_id FROM relations WHERE {Relation}", new { key.Corp, key.ExternalUserId, key.UserKey });
        if (newest?.Edit != seen) return false;

        // What was doubted since it was looked at is not ours to remove any more.
        var ours = await session.QueryAsync<string>($"SELECT tag_id FROM tag_ledger WHERE {Relation} AND status = 'ours' {session.ForUpdate}", new { key.Corp, key.ExternalUserId, key.UserKey });
        if (remove.Except(ours, StringComparer.Ordinal).Any()) return false;
        foreach (var entry in add)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO tag_ledger (corp, user_key, external_user_id, tag_id, tag_group, owner, cause, cause_id, status, read_at, written_at, doubted, changed_at)
                VALUES (@Corp, @UserKey, @ExternalUserId, @TagId, @Group, @Owner, @Cause, @CauseId, 'adding', @ReadAt, @Now, 0, @Now)
                ON CONFLICT (corp, external_user_id, user_key, tag_id) DO UPDATE SET tag_group = excluded.tag_group, owner = excluded.owner, cause = excluded.cause,
                    cause_id = excluded.cause_id, status = 'adding', read_at = excluded.read_at, written_at = excluded.written_at, doubted = 0, changed_at = excluded.changed_at
                """,
                new { key.Corp, key.UserKey, key.ExternalUserId, entry.TagId, entry.Group, entry.Owner, entry.Cause, CauseId = entry.CauseId.ToDb(), ReadAt = readAt.ToDb(), Now = now.ToDb() });
        }

        await ForEachAsync(session, "UPDATE tag_ledger SET status = 'removing', read_at = @Time, doubted = 0", key, remove, readAt);
        return true;
    }

    /// <summary>Tags of an intent that stand: after the platform's yes to an addition, or when a removal turns out not to have been made. A doubted one is a person's.</summary>
    public static Task ConfirmAsync(StateSession session, RelationKey key, IReadOnlyList<string> tagIds, DateTimeOffset now) =>
        ForEachAsync(session, "UPDATE tag_ledger SET status = CASE WHEN doubted = 1 THEN 'personal' ELSE 'ours' END, written_at = @Time, changed_at = @Time", key, tagIds, now, "AND status IN ('adding', 'removing')");

    /// <summary>Tags whose removal was surely not made. A doubted one is a person's.</summary>
    public static Task KeepAsync(StateSession session, RelationKey key, IReadOnlyList<string> tagIds) =>
        ForEachAsync(session, "UPDATE tag_ledger SET status = CASE WHEN doubted = 1 THEN 'personal' ELSE 'ours' END", key, tagIds, DateTimeOffset.UnixEpoch, "AND status = 'removing'");

    /// <summary>Tags that a person took away.</summary>
    public static Task TakenAsync(StateSession session, RelationKey key, IReadOnlyList<string> tagIds, DateTimeOffset now) =>
        ForEachAsync(session, "UPDATE tag_ledger SET status = 'taken', changed_at = @Time", key, tagIds, now);

    /// <summary>Tags that are ours no more: removed, or left to a person.</summary>
    public static Task ForgetAsync(StateSession session, RelationKey key, IReadOnlyList<string> tagIds) =>
        ForEachAsync(session, "DELETE FROM tag_ledger", key, tagIds, DateTimeOffset.UnixEpoch);

    /// <summary>The member removed the customer, and the tags went with the relation. What was written after that belongs to the next life of the two, however late the news are.</summary>
    public static Task ForgetLifeAsync(StateSession session, RelationKey key, DateTimeOffset removedAt) =>
        session.ExecuteAsync($"DELETE FROM tag_ledger WHERE {Relation} AND written_at < @End", new { key.Corp, key.ExternalUserId, key.UserKey, End = (removedAt + TimeSpan.FromSeconds(1)).ToDb() });

    /// <summary>A person edited the relation: tags that were being written at that time may be theirs. An event that was known before changes nothing and must not be given.</summary>
    /// <param name="session">Inside the transaction that takes in the event and holds the relation's row.</param>
    /// <param name="key">The relation.</param>
    /// <param name="editedAt">Time of the event, in whole seconds.</param>
    public static Task DoubtAsync(StateSession session, RelationKey key, DateTimeOffset editedAt) =>
        session.ExecuteAsync(
            $"""
            UPDATE tag_ledger SET doubted = 1, status = CASE WHEN status = 'ours' THEN 'personal' ELSE status END
            WHERE {Relation} AND status IN ('adding', 'ours', 'removing') AND read_at <= @Latest AND (status <> 'ours' OR written_at >= @Earliest)
            """,
            new { key.Corp, key.ExternalUserId, key.UserKey, Latest = (editedAt + TimeSpan.FromSeconds(1) + ClockMargin).ToDb(), Earliest = (editedAt - ClockMargin).ToDb() });

    /// <summary>Everything known about a customer's relations, by the member's id in lower case.</summary>
    public static async Task<ILookup<string, TagLedgerEntry>> OfCustomerAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT user_key, tag_id, tag_group, owner, cause, cause_id, status, read_at, written_at, doubted FROM tag_ledger WHERE corp = @corp AND external_user_id = @externalUserId ORDER BY tag_id",
            new { corp, externalUserId });
        return rows.ToLookup(row => row.UserKey, row => row.ToEntry(), StringComparer.Ordinal);
    }

    /// <summary>The newest edit of each relation of a customer that events told of, by the member's id in lower case.</summary>
    public static async Task<IReadOnlyDictionary<string, RelationEdit?>> EditsOfCustomerAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<EditRow>("SELECT user_key, edited_at, edited_id FROM relations WHERE corp = @corp AND external_user_id = @externalUserId", new { corp, externalUserId });
        return rows.ToDictionary(row => row.UserKey, row => row.Edit, StringComparer.Ordinal);
    }

    // One statement a tag: the two databases take lists in different ways, and these are short.
    private static async Task ForEachAsync(StateSession session, string statement, RelationKey key, IReadOnlyList<string> tagIds, DateTimeOffset time, string condition = "")
    {
        foreach (var tagId in tagIds)
            await session.ExecuteAsync($"{statement} WHERE {Relation} AND tag_id = @tagId {condition}", new { key.Corp, key.ExternalUserId, key.UserKey, tagId, Time = time.ToDb() });
    }

    private sealed class EditRow
    {
        public string UserKey { get; set; } = "";

        public long? EditedAt { get; set; }

        public string? EditedId { get; set; }

        public RelationEdit? Edit => EditedAt is { } at ? new RelationEdit(at.ToTime(), EditedId) : null;
    }

    private sealed class Row
    {
        public string UserKey { get; set; } = "";

        public string TagId { get; set; } = "";

        public string TagGroup { get; set; } = "";

        public string Owner { get; set; } = "";

        public string? Cause { get; set; }

        public string CauseId { get; set; } = "";

        public string Status { get; set; } = "";

        public long ReadAt { get; set; }

        public long WrittenAt { get; set; }

        public long Doubted { get; set; }

        public TagLedgerEntry ToEntry() => new(TagId, TagGroup, Owner, Cause, Guid.Parse(CauseId))
        {
            Status = Enum.Parse<TagLedgerStatus>(Status, ignoreCase: true),
            ReadAt = ReadAt.ToTime(),
            WrittenAt = WrittenAt.ToTime(),
            IsDoubted = Doubted != 0,
        };
    }
}
