using Dapper;
using WecomBridge.State;

namespace WecomBridge.Work;

/// <content>Who gets what is due.</content>
internal static partial class WorkStore
{
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
        RETURNING corp, work_key, app, revision, attempt, marked_at, cause_id, note, trace
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

        public string? Trace { get; set; }

        public WorkItem ToItem(string lane, Guid claim) =>
            new(new WorkKey(lane, Corp, WorkKey), App, Revision, (int)Attempt, MarkedAt.ToTime(), Guid.Parse(CauseId), Note) { Claim = claim, Trace = Trace };
    }
}
