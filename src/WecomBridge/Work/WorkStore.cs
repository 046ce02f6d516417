using WecomBridge.State;
using WecomBridge.Telemetry;

namespace WecomBridge.Work;

/// <summary>The table of what is due. A mark is never lost: completing succeeds only on the revision that was claimed.</summary>
internal static partial class WorkStore
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
    /// <remarks>The work belongs to the trace of its last mark that was made in one.</remarks>
    public static Task MarkAsync(StateSession session, WorkKey key, string app, DateTimeOffset due, Guid causeId, DateTimeOffset now, string? note = null) =>
        session.ExecuteAsync(
            """
            INSERT INTO work (lane, corp, work_key, app, due, revision, attempt, marked_at, cause_id, note, trace)
            VALUES (@Lane, @Corp, @Key, @app, @Due, 1, 0, @Now, @CauseId, @note, @Trace)
            ON CONFLICT (lane, corp, work_key) DO UPDATE SET
                app = excluded.app,
                due = CASE WHEN work.parked_at IS NULL AND work.due < excluded.due THEN work.due ELSE excluded.due END,
                revision = work.revision + 1, attempt = 0, marked_at = excluded.marked_at, cause_id = excluded.cause_id,
                note = COALESCE(excluded.note, work.note), trace = COALESCE(excluded.trace, work.trace), parked_at = NULL, reason = NULL, remedy = NULL
            """,
            new { key.Lane, key.Corp, key.Key, app, Due = due.ToDb(), Now = now.ToDb(), CauseId = causeId.ToDb(), note, Trace = Traces.Current });

    /// <summary>Makes something due that no event has marked, unless it is there already: due, under way or parked.</summary>
    public static Task MarkMissingAsync(StateSession session, WorkKey key, string app, DateTimeOffset due, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO work (lane, corp, work_key, app, due, revision, attempt, marked_at, cause_id)
            VALUES (@Lane, @Corp, @Key, @app, @Due, 1, 0, @Now, @CauseId)
            ON CONFLICT (lane, corp, work_key) DO NOTHING
            """,
            new { key.Lane, key.Corp, key.Key, app, Due = due.ToDb(), Now = now.ToDb(), CauseId = Guid.Empty.ToDb() });

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
}
