using Dapper;
using WecomBridge.State;

namespace WecomBridge.Work;

/// <summary>The table of what is due. A mark is never lost: completing succeeds only on the revision that was claimed.</summary>
internal static class WorkStore
{
    private const string Row = "lane = @Lane AND corp = @Corp AND work_key = @Key";

    /// <summary>Makes something due, now or at the earlier of two times. Frees parked work and starts its attempts anew: something has changed.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="key">What.</param>
    /// <param name="app">App through which it is to be worked.</param>
    /// <param name="due">Not before.</param>
    /// <param name="causeId">The event behind it.</param>
    /// <param name="now">Time of the mark.</param>
    /// <param name="note">For the reconciler; null leaves an earlier note.</param>
    public static Task MarkAsync(StateSession session, WorkKey key, string app, DateTimeOffset due, Guid causeId, DateTimeOffset now, string? note = null) =>
        session.ExecuteAsync(
            """
            INSERT INTO work (lane, corp, work_key, app, due, revision, attempt, marked_at, cause_id, note)
            VALUES (@Lane, @Corp, @Key, @app, @Due, 1, 0, @Now, @CauseId, @note)
            ON CONFLICT (lane, corp, work_key) DO UPDATE SET
                app = excluded.app,
                due = CASE WHEN work.parked_at IS NULL AND work.due < excluded.due THEN work.due ELSE excluded.due END,
                revision = work.revision + 1, attempt = 0, marked_at = excluded.marked_at, cause_id = excluded.cause_id,
                note = COALESCE(excluded.note, work.note), parked_at = NULL, reason = NULL, remedy = NULL
            """,
            new { key.Lane, key.Corp, key.Key, app, Due = due.ToDb(), Now = now.ToDb(), CauseId = causeId.ToDb(), note });

    /// <summary>Makes something due that no event has marked, unless it is there already: due, under way or parked.</summary>
    public static Task MarkMissingAsync(StateSession session, WorkKey key, string app, DateTimeOffset due, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO work (lane, corp, work_key, app, due, revision, attempt, marked_at, cause_id)
            VALUES (@Lane, @Corp, @Key, @app, @Due, 1, 0, @Now, @CauseId)
            ON CONFLICT (lane, corp, work_key) DO NOTHING
            """,
            new { key.Lane, key.Corp, key.Key, app, Due = due.ToDb(), Now = now.ToDb(), CauseId = Guid.Empty.ToDb() });

    /// <summary>Takes due work that nobody holds, the longest due first. Where several corps have work, each gets its part first: no corp waits behind another's backlog.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="lane">Kind of work.</param>
    /// <param name="owner">Names the holder to an operator.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="now">What is due, and whose lease is over.</param>
    /// <param name="lease">How long nobody else gets it; renewed with <see cref="RenewAsync"/>.</param>
    /// <param name="except">Apps whose work is left alone.</param>
    public static async Task<IReadOnlyList<WorkItem>> ClaimAsync(
        StateSession session, string lane, string owner, int max, DateTimeOffset now, TimeSpan lease, IReadOnlyList<(string Corp, string App)>? except = null)
    {
        var claim = Guid.NewGuid();
        var rows = new List<ItemRow>();
        var corps = await CorpsAsync(session, lane);
        // Another corp begins each time, or with fewer places than corps the last would never come.
        var first = corps.Count > 1 ? Random.Shared.Next(corps.Count) : 0;
        for (var n = 0; corps.Count > 1 && n < corps.Count && rows.Count < max; n++) await TakeAsync(corps[(first + n) % corps.Count], Math.Min(Math.Max(1, max / corps.Count), max - rows.Count));
        if (rows.Count < max) await TakeAsync(null, max - rows.Count);
        return [.. rows.Select(row => row.ToItem(lane, claim)).OrderBy(item => item.MarkedAt)];

        async Task TakeAsync(string? corp, int most)
        {
            var parameters = new DynamicParameters(new { lane, corp, Now = now.ToDb(), max = (long)most, Claim = claim.ToDb(), owner, Until = (now + lease).ToDb() });
            rows.AddRange(await session.QueryAsync<ItemRow>(ClaimSql(session, corp, Except(except ?? [], parameters)), parameters));
        }
    }

    // Instances pass over each other's rows instead of waiting for them; the CTE is run once, so no more than max are taken.
    private static string ClaimSql(StateSession session, string? corp, string except) =>
        $"""
        WITH free AS MATERIALIZED (
            SELECT corp AS free_corp, work_key AS free_key FROM work
            WHERE lane = @lane {(corp is null ? "" : "AND corp = @corp")} AND parked_at IS NULL AND due <= @Now AND (lease_until IS NULL OR lease_until <= @Now) {except}
            ORDER BY due LIMIT @max {(session.Dialect == StateDialect.Postgres ? "FOR UPDATE SKIP LOCKED" : "")})
        UPDATE work SET claim = @Claim, lease_owner = @owner, lease_until = @Until, attempt = attempt + 1
        FROM free WHERE lane = @lane AND corp = free_corp AND work_key = free_key
        RETURNING corp, work_key, app, revision, attempt, marked_at, cause_id, note
        """;

    private static string Except(IReadOnlyList<(string Corp, string App)> apps, DynamicParameters parameters)
    {
        if (apps.Count == 0) return "";
        for (var n = 0; n < apps.Count; n++)
        {
            parameters.Add($"exceptCorp{n}", apps[n].Corp);
            parameters.Add($"exceptApp{n}", apps[n].App);
        }

        return $"AND (corp, app) NOT IN (VALUES {string.Join(", ", Enumerable.Range(0, apps.Count).Select(n => $"(@exceptCorp{n}, @exceptApp{n})"))})";
    }

    // Hops from corp to corp in the index instead of reading every row of the lane.
    private static Task<IReadOnlyList<string>> CorpsAsync(StateSession session, string lane) =>
        session.QueryAsync<string>(
            """
            WITH RECURSIVE corps (corp) AS (
                SELECT MIN(corp) FROM work WHERE lane = @lane AND parked_at IS NULL
                UNION ALL
                SELECT (SELECT MIN(work.corp) FROM work WHERE work.lane = @lane AND work.parked_at IS NULL AND work.corp > corps.corp) FROM corps WHERE corps.corp IS NOT NULL)
            SELECT corp FROM corps WHERE corp IS NOT NULL
            """,
            new { lane });

    /// <summary>Lengthens a lease; false when the claim is no longer the caller's, who must then stop.</summary>
    public static async Task<bool> RenewAsync(StateSession session, WorkItem item, DateTimeOffset until) =>
        await session.ExecuteAsync($"UPDATE work SET lease_until = @Until WHERE {Row} AND claim = @Claim", Parameters(item, until)) == 1;

    /// <summary>Done. True when the row is gone; false when it was marked meanwhile and is due at once, or the claim was lost.</summary>
    public static async Task<bool> CompleteAsync(StateSession session, WorkItem item)
    {
        var done = await session.ExecuteAsync($"DELETE FROM work WHERE {Row} AND claim = @Claim AND revision = @Revision", Parameters(item));
        if (done == 0) await FreeAsync(session, item);
        return done == 1;
    }

    /// <summary>Not done: due again later, or at the time of a mark that came meanwhile.</summary>
    public static async Task RetryAsync(StateSession session, WorkItem item, DateTimeOffset due, string reason)
    {
        await session.ExecuteAsync(
            $"UPDATE work SET due = @Time, reason = @Reason WHERE {Row} AND claim = @Claim AND revision = @Revision", Parameters(item, due, reason));
        await FreeAsync(session, item);
    }

    /// <summary>Not tried: due again later without counting the attempt.</summary>
    public static async Task DeferAsync(StateSession session, WorkItem item, DateTimeOffset due, string reason)
    {
        await session.ExecuteAsync(
            $"UPDATE work SET due = @Time, reason = @Reason, attempt = attempt - 1 WHERE {Row} AND claim = @Claim AND revision = @Revision",
            Parameters(item, due, reason));
        await FreeAsync(session, item);
    }

    /// <summary>Waits for a person, unless it was marked meanwhile: then it is due at once.</summary>
    public static async Task ParkAsync(StateSession session, WorkItem item, string reason, string? remedy, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            $"UPDATE work SET parked_at = @Time, reason = @Reason, remedy = @Remedy WHERE {Row} AND claim = @Claim AND revision = @Revision",
            Parameters(item, now, reason, remedy));
        await FreeAsync(session, item);
    }

    /// <summary>Gives a claim back as if it had never been taken; others may take it at once.</summary>
    public static async Task ReleaseAsync(StateSession session, WorkItem item)
    {
        await session.ExecuteAsync($"UPDATE work SET attempt = attempt - 1 WHERE {Row} AND claim = @Claim AND revision = @Revision", Parameters(item));
        await FreeAsync(session, item);
    }

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

    /// <summary>What of a lane has failed and is not yet done, parked or not.</summary>
    public static async Task<IReadOnlyList<WorkTrouble>> ListTroublesAsync(StateSession session, string lane)
    {
        var rows = await session.QueryAsync<ListedRow>("SELECT lane, corp, work_key, reason, remedy FROM work WHERE lane = @lane AND reason IS NOT NULL", new { lane });
        return [.. rows.Select(row => new WorkTrouble(new WorkKey(row.Lane, row.Corp, row.WorkKey), row.Reason!, row.Remedy))];
    }

    /// <summary>Makes parked work due again and returns how much; each null means any.</summary>
    public static Task<int> RetryParkedAsync(StateSession session, string? lane, string? corp, string? key, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            UPDATE work SET parked_at = NULL, reason = NULL, remedy = NULL, attempt = 0, revision = revision + 1, due = @Now
            WHERE parked_at IS NOT NULL {(lane is null ? "" : "AND lane = @lane")} {(corp is null ? "" : "AND corp = @corp")} {(key is null ? "" : "AND work_key = @key")}
            """,
            new { lane, corp, key, Now = now.ToDb() });

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

    // Ends the claim; a row whose revision has moved keeps the due time of its mark.
    private static Task<int> FreeAsync(StateSession session, WorkItem item) =>
        session.ExecuteAsync($"UPDATE work SET claim = NULL, lease_owner = NULL, lease_until = NULL WHERE {Row} AND claim = @Claim", Parameters(item));

    private static object Parameters(WorkItem item, DateTimeOffset time = default, string? reason = null, string? remedy = null) =>
        new
        {
            item.Key.Lane,
            item.Key.Corp,
            item.Key.Key,
            Claim = item.Claim.ToDb(),
            item.Revision,
            Time = time.ToUnixTimeMilliseconds(),
            Until = time.ToUnixTimeMilliseconds(),
            Reason = reason,
            Remedy = remedy,
        };

    private sealed class ItemRow
    {
        public string Corp { get; set; } = "";

        public string WorkKey { get; set; } = "";

        public string App { get; set; } = "";

        public long Revision { get; set; }

        public long Attempt { get; set; }

        public long MarkedAt { get; set; }

        public string CauseId { get; set; } = "";

        public string? Note { get; set; }

        public WorkItem ToItem(string lane, Guid claim) =>
            new(new WorkKey(lane, Corp, WorkKey), App, Revision, (int)Attempt, MarkedAt.ToTime(), Guid.Parse(CauseId), Note) { Claim = claim };
    }

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
