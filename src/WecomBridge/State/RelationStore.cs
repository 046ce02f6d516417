namespace WecomBridge.State;

/// <summary>Relations as events tell of them. Any order and any repetition of the same events ends in the same relation.</summary>
/// <remarks>
/// The row keeps the newest event of each kind, by time and then by id, which is a maximum and so does not depend on order; how the relation stands is worked out from these when it is read.
/// In one second an add comes before an end, and the half add before the full one.
/// </remarks>
internal static class RelationStore
{
    private const string Columns =
        "corp, user_id, external_user_id, half_added_at, half_added_state, added_at, added_state, edited_at, left_at, removed_at";

    private static readonly Dictionary<RelationChangeKind, string> Upserts = new()
    {
        [RelationChangeKind.HalfAdded] = Upsert("half_added", hasState: true),
        [RelationChangeKind.Added] = Upsert("added", hasState: true),
        [RelationChangeKind.Edited] = Upsert("edited", hasState: false),
        [RelationChangeKind.Left] = Upsert("left", hasState: false),
        [RelationChangeKind.Removed] = Upsert("removed", hasState: false),
    };

    /// <summary>Takes in one event; an older one of its kind changes nothing. Tags that were being written when a person edited the relation are doubted from here on.</summary>
    public static async Task ApplyAsync(StateSession session, RelationChange change)
    {
        // Whoever is about to write tags, or records what was seen of them, must have known of this or be known by it.
        if (change.Kind is RelationChangeKind.Edited or RelationChangeKind.Removed) await session.HoldAsync(change.Key);
        var isNewEdit = change.Kind == RelationChangeKind.Edited && !await IsNewestEditAsync(session, change);
        await session.ExecuteAsync(
            Upserts[change.Kind],
            new
            {
                change.Key.Corp,
                change.Key.UserKey,
                change.Key.ExternalUserId,
                change.Key.UserId,
                Time = change.Time.ToDb(),
                Id = change.EventId.ToDb(),
                change.State,
            });
        if (isNewEdit) await TagLedger.DoubtAsync(session, change.Key, change.Time);
    }

    /// <summary>The relation; null when no event has told of it.</summary>
    public static async Task<Relation?> FindAsync(StateSession session, RelationKey key)
    {
        var row = await session.FindAsync<Row>(
            $"SELECT {Columns} FROM relations WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey",
            new { key.Corp, key.ExternalUserId, key.UserKey });
        return row?.ToRelation();
    }

    /// <summary>Every member's relation with one customer, ended ones included, in the order of the members' ids.</summary>
    public static async Task<IReadOnlyList<Relation>> OfCustomerAsync(StateSession session, string corp, string externalUserId)
    {
        var rows = await session.QueryAsync<Row>(
            $"SELECT {Columns} FROM relations WHERE corp = @corp AND external_user_id = @externalUserId ORDER BY user_key",
            new { corp, externalUserId });
        return [.. rows.Select(row => row.ToRelation())];
    }

    // Each event comes by two queues, and may be repeated: only the first counts as news.
    private static async Task<bool> IsNewestEditAsync(StateSession session, RelationChange change)
    {
        var known = await session.FindAsync<string?>(
            "SELECT edited_id FROM relations WHERE corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey AND edited_at = @Time",
            new { change.Key.Corp, change.Key.ExternalUserId, change.Key.UserKey, Time = change.Time.ToDb() });
        return known == change.EventId.ToDb();
    }

    private static string Upsert(string kind, bool hasState)
    {
        var newer = $"relations.{kind}_at IS NULL OR (excluded.{kind}_at, excluded.{kind}_id) > (relations.{kind}_at, relations.{kind}_id)";
        string[] columns = hasState ? [$"{kind}_at", $"{kind}_id", $"{kind}_state"] : [$"{kind}_at", $"{kind}_id"];
        var updates = columns.Select(column => $"{column} = CASE WHEN {newer} THEN excluded.{column} ELSE relations.{column} END");
        // Of several spellings of one member the same one is kept in whatever order they came.
        return $"""
            INSERT INTO relations (corp, user_key, external_user_id, user_id, {string.Join(", ", columns)})
            VALUES (@Corp, @UserKey, @ExternalUserId, @UserId, @Time, @Id{(hasState ? ", @State" : "")})
            ON CONFLICT (corp, external_user_id, user_key) DO UPDATE SET
                user_id = CASE WHEN excluded.user_id < relations.user_id THEN excluded.user_id ELSE relations.user_id END,
                {string.Join(", ", updates)}
            """;
    }

    private sealed class Row
    {
        public string Corp { get; set; } = "";

        public string UserId { get; set; } = "";

        public string ExternalUserId { get; set; } = "";

        public long? HalfAddedAt { get; set; }

        public string? HalfAddedState { get; set; }

        public long? AddedAt { get; set; }

        public string? AddedState { get; set; }

        public long? EditedAt { get; set; }

        public long? LeftAt { get; set; }

        public long? RemovedAt { get; set; }

        public Relation ToRelation()
        {
            var added = Later(HalfAddedAt, AddedAt);
            var halfHolds = HalfAddedAt > (AddedAt ?? long.MinValue);
            return new Relation(
                new RelationKey(Corp, UserId, ExternalUserId),
                Status(added ?? long.MinValue, halfHolds),
                halfHolds ? HalfAddedState : AddedState ?? HalfStateOfTheSameAdd(),
                added.ToTime(),
                Later(LeftAt, RemovedAt).ToTime(),
                Later(Later(added, EditedAt), Later(LeftAt, RemovedAt))!.Value.ToTime())
            {
                RemovedAt = RemovedAt.ToTime(),
            };
        }

        // A removal outweighs a leaving even if the customer left later: the member has the customer no more.
        private RelationStatus Status(long added, bool halfHolds) =>
            RemovedAt >= added ? RelationStatus.RemovedByStaff
            : LeftAt >= added ? RelationStatus.LeftByCustomer
            : halfHolds ? RelationStatus.HalfAdded
            : RelationStatus.Added;

        // The confirmation of a half add need not repeat its channel, unless the relation ended between the two.
        private string? HalfStateOfTheSameAdd() =>
            Later(LeftAt, RemovedAt) is { } ended && ended >= HalfAddedAt && ended <= AddedAt ? null : HalfAddedState;

        private static long? Later(long? one, long? other) => one is null ? other : other is null || one > other ? one : other;
    }
}
