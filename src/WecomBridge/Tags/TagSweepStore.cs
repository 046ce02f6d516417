using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Remembers by which settings and for which day a corp's customers were last all marked.</summary>
internal static class TagSweepStore
{
    /// <summary>Customers that fall due in one second: a sweep must not take the budget of what happens meanwhile.</summary>
    private const int PerSecond = 50;

    /// <summary>Marks every customer that a member has, one after the other, unless that was done for the same settings and day.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="corp">Configured name of the corp.</param>
    /// <param name="app">App through which they are worked.</param>
    /// <param name="settings">Print of the settings; null when it is not to be compared.</param>
    /// <param name="day">The day in the corp; null when the settings do not ask for it.</param>
    /// <param name="now">The present.</param>
    /// <returns>How many were marked; null when it had been done.</returns>
    public static async Task<int?> MarkAsync(StateSession session, string corp, string app, string? settings, string? day, DateTimeOffset now)
    {
        var changed = await session.ExecuteAsync(
            """
            INSERT INTO tag_corps (corp, settings, day) VALUES (@corp, COALESCE(@settings, ''), COALESCE(@day, ''))
            ON CONFLICT (corp) DO UPDATE SET settings = COALESCE(@settings, tag_corps.settings), day = COALESCE(@day, tag_corps.day)
            WHERE tag_corps.settings IS DISTINCT FROM COALESCE(@settings, tag_corps.settings) OR tag_corps.day IS DISTINCT FROM COALESCE(@day, tag_corps.day)
            """,
            new { corp, settings, day });
        if (changed == 0) return null;

        // Work that is there already may be under way by the old settings, and is done once more; a removed customer is not read any more.
        return await session.ExecuteAsync(
            """
            INSERT INTO work (lane, corp, work_key, app, due, revision, attempt, marked_at, cause_id)
            SELECT @Lane, corp, external_user_id, @app, @Now + ROW_NUMBER() OVER (ORDER BY external_user_id) * 1000 / @PerSecond, 1, 0, @Now, @CauseId
            FROM relations WHERE corp = @corp GROUP BY corp, external_user_id
            HAVING MAX(CASE WHEN removed_at IS NULL OR removed_at < COALESCE(added_at, removed_at) OR removed_at < COALESCE(half_added_at, removed_at) THEN 1 ELSE 0 END) = 1
            ON CONFLICT (lane, corp, work_key) DO UPDATE SET revision = work.revision + 1, attempt = 0, parked_at = NULL, reason = NULL, remedy = NULL,
                due = CASE WHEN work.parked_at IS NULL THEN work.due ELSE excluded.due END
            """,
            new { Lane = WorkLane.Tags, corp, app, Now = now.ToDb(), PerSecond, CauseId = Guid.NewGuid().ToDb() });
    }
}
