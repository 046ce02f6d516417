using WecomBridge.State;

namespace WecomBridge.Work;

/// <content>What an operator sees and may free.</content>
internal static partial class WorkStore
{
    /// <summary>Work as an operator sees it: parked first, the latest first; then by time.</summary>
    /// <param name="session">May only read.</param>
    /// <param name="filter">Which.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="now">Tells what is due from what is not.</param>
    public static async Task<IReadOnlyList<ListedWork>> ListAsync(StateSession session, WorkFilter filter, int max, DateTimeOffset now)
    {
        var which = filter.State switch
        {
            ListedState.Parked => "AND parked_at IS NOT NULL",
            ListedState.Due => "AND parked_at IS NULL AND due <= @Now AND (lease_until IS NULL OR lease_until <= @Now)",
            _ => "",
        };
        var rows = await session.QueryAsync<ListedRow>(
            $"""
            SELECT lane, corp, work_key, app, due, attempt, lease_until, parked_at, reason, remedy, cause_id FROM work
            WHERE 1 = 1 {which} {(filter.Lane is null ? "" : "AND lane = @Lane")} {(filter.Corp is null ? "" : "AND corp = @Corp")}
            ORDER BY CASE WHEN parked_at IS NULL THEN 1 ELSE 0 END, parked_at DESC, due LIMIT @max
            """,
            new { filter.Lane, filter.Corp, Now = now.ToDb(), max = (long)max });
        return [.. rows.Select(row => row.ToListed(now))];
    }

    /// <summary>All work about one thing, in the order of the lanes.</summary>
    public static async Task<IReadOnlyList<ListedWork>> ListOfKeyAsync(StateSession session, string corp, string key, DateTimeOffset now)
    {
        var rows = await session.QueryAsync<ListedRow>(
            "SELECT lane, corp, work_key, app, due, attempt, lease_until, parked_at, reason, remedy, cause_id FROM work WHERE corp = @corp AND work_key = @key ORDER BY lane", new { corp, key });
        return [.. rows.Select(row => row.ToListed(now))];
    }

    /// <summary>What of a lane has failed and is not yet done, parked or not.</summary>
    public static async Task<IReadOnlyList<WorkTrouble>> ListTroublesAsync(StateSession session, string lane)
    {
        var rows = await session.QueryAsync<ListedRow>("SELECT lane, corp, work_key, reason, remedy FROM work WHERE lane = @lane AND reason IS NOT NULL", new { lane });
        return [.. rows.Select(row => new WorkTrouble(new WorkKey(row.Lane, row.Corp, row.WorkKey), row.Reason!, row.Remedy))];
    }

    /// <summary>Makes parked work due again and returns what; each null means any.</summary>
    public static async Task<IReadOnlyList<WorkKey>> RetryParkedAsync(StateSession session, string? lane, string? corp, string? key, DateTimeOffset now) =>
        Keys(await session.QueryAsync<ListedRow>(
            $"UPDATE work SET parked_at = NULL, reason = NULL, remedy = NULL, attempt = 0, revision = revision + 1, due = @Now WHERE {Parked(lane, corp, key)} RETURNING lane, corp, work_key",
            new { lane, corp, key, Now = now.ToDb() }));

    /// <summary>Deletes parked work and returns what; each null means any. What it was about is looked at again with its next event.</summary>
    public static async Task<IReadOnlyList<WorkKey>> DiscardParkedAsync(StateSession session, string? lane, string? corp, string? key) =>
        Keys(await session.QueryAsync<ListedRow>($"DELETE FROM work WHERE {Parked(lane, corp, key)} RETURNING lane, corp, work_key", new { lane, corp, key }));

    /// <summary>How a lane stands.</summary>
    public static async Task<WorkCounts> CountAsync(StateSession session, string lane, DateTimeOffset now)
    {
        const string running = "parked_at IS NULL AND lease_until > @Now";
        const string free = "parked_at IS NULL AND (lease_until IS NULL OR lease_until <= @Now)";
        var row = await session.FindAsync<CountRow>(
            $"""
            SELECT COUNT(CASE WHEN {free} AND due <= @Now THEN 1 END) AS due, COUNT(CASE WHEN {free} AND due > @Now THEN 1 END) AS later,
                COUNT(CASE WHEN {running} THEN 1 END) AS running, COUNT(parked_at) AS parked, MIN(CASE WHEN {free} AND due <= @Now THEN due END) AS oldest_due
            FROM work WHERE lane = @lane
            """,
            new { lane, Now = now.ToDb() });
        return new WorkCounts(row!.Due, row.Later, row.Running, row.Parked, row.OldestDue.ToTime());
    }

    private static string Parked(string? lane, string? corp, string? key) =>
        $"parked_at IS NOT NULL {(lane is null ? "" : "AND lane = @lane")} {(corp is null ? "" : "AND corp = @corp")} {(key is null ? "" : "AND work_key = @key")}";

    private static List<WorkKey> Keys(IReadOnlyList<ListedRow> rows) => [.. rows.Select(row => new WorkKey(row.Lane, row.Corp, row.WorkKey))];

    private sealed class ListedRow
    {
        public string Lane { get; set; } = "";

        public string Corp { get; set; } = "";

        public string WorkKey { get; set; } = "";

        public string App { get; set; } = "";

        public long Due { get; set; }

        public long Attempt { get; set; }

        public long? LeaseUntil { get; set; }

        public long? ParkedAt { get; set; }

        public string? Reason { get; set; }

        public string? Remedy { get; set; }

        public string CauseId { get; set; } = "";

        public ListedWork ToListed(DateTimeOffset now) => new(
            new WorkKey(Lane, Corp, WorkKey),
            App,
            ParkedAt is not null ? ListedState.Parked : LeaseUntil > now.ToDb() ? ListedState.Running : Due <= now.ToDb() ? ListedState.Due : ListedState.Later,
            (ParkedAt ?? Due).ToTime(),
            (int)Attempt,
            Reason,
            Remedy,
            Guid.Parse(CauseId));
    }

    private sealed class CountRow
    {
        public long Due { get; set; }

        public long Later { get; set; }

        public long Running { get; set; }

        public long Parked { get; set; }

        public long? OldestDue { get; set; }
    }
}
