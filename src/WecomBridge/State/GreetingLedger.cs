namespace WecomBridge.State;

/// <summary>Keeps that no customer is greeted twice in one add, whatever crashes, repeats or runs side by side.</summary>
/// <remarks>
/// One row a relation. An add may be told by two events (half, then full) and each by several callbacks with the same id. A claim whose holder has died is taken up again by its own event only:
/// that event's code tells the platform that it is the same greeting, another event's code would greet a second time.
/// </remarks>
internal static class GreetingLedger
{
    /// <summary>Reason of a greeting missed for want of a code; the copy of the event that another app received may bring one.</summary>
    public const string NoCode = "no_code";

    private const string RowOfKey = "corp = @Corp AND external_user_id = @ExternalUserId AND user_key = @UserKey";

    /// <summary>A full add this long after a greeted half add is still the same add.</summary>
    private static readonly TimeSpan SameAdd = TimeSpan.FromHours(24);

    /// <summary>Asks for the right to send, for as long as the lease.</summary>
    /// <param name="session">Inside a transaction; the claim counts when it is durable.</param>
    /// <param name="key">Who is to be greeted by whom.</param>
    /// <param name="eventId">The add.</param>
    /// <param name="createTime">When the platform says it happened.</param>
    /// <param name="hasCode">The event came with a welcome code, and there is time to use it.</param>
    /// <param name="app">Whose code that is.</param>
    /// <param name="owner">The caller, unlike any other that may run at the time.</param>
    /// <param name="now">Start of the lease.</param>
    /// <param name="lease">Longer than one attempt takes; <see cref="RenewAsync"/> before each further one.</param>
    public static async Task<GreetingClaim> TryClaimAsync(
        StateSession session, RelationKey key, Guid eventId, DateTimeOffset createTime, bool hasCode, string app, string owner, DateTimeOffset now, TimeSpan lease)
    {
        var claim = new
        {
            key.Corp,
            key.UserKey,
            key.ExternalUserId,
            EventId = eventId.ToDb(),
            EventTime = createTime.ToDb(),
            Owner = owner,
            Until = (now + lease).ToDb(),
            Now = now.ToDb(),
        };
        var inserted = await session.ExecuteAsync(
            """
            INSERT INTO greetings (corp, user_key, external_user_id, event_id, event_time, attempt, lease_owner, lease_until, changed_at)
            VALUES (@Corp, @UserKey, @ExternalUserId, @EventId, @EventTime, 1, @Owner, @Until, @Now)
            ON CONFLICT (corp, external_user_id, user_key) DO NOTHING
            """,
            claim);
        if (inserted == 1) return new GreetingClaim(GreetingClaimResult.Claimed, 1);

        var row = await FindRowAsync(session, key, session.ForUpdate);
        var endedAt = (await RelationStore.FindAsync(session, key))?.EndedAt;
        var answer = Answer(row!, eventId, createTime, hasCode ? app : null, endedAt, now);
        if (answer.Result != GreetingClaimResult.Claimed) return answer;

        // A new add takes the row of an earlier one whose holder died: that one may have sent, and its other event must not send once more.
        const string unresolved = "outcome IS NULL AND event_id <> @EventId AND (greeted_event_time IS NULL OR greeted_event_time < event_time)";
        await session.ExecuteAsync(
            $"""
            UPDATE greetings SET event_id = @EventId, event_time = @EventTime, outcome = NULL, reason = NULL, rule = NULL, app = NULL, denied = NULL, attempt = @Attempt,
                greeted_event_id = CASE WHEN {unresolved} THEN event_id ELSE greeted_event_id END,
                greeted_event_time = CASE WHEN {unresolved} THEN event_time ELSE greeted_event_time END,
                lease_owner = @Owner, lease_until = @Until, changed_at = @Now
            WHERE {RowOfKey}
            """,
            new { claim.Corp, claim.UserKey, claim.ExternalUserId, claim.EventId, claim.EventTime, answer.Attempt, claim.Owner, claim.Until, claim.Now });
        return answer;
    }

    /// <summary>Lengthens a claim; false when it is no longer the caller's, who must not send again.</summary>
    public static async Task<bool> RenewAsync(StateSession session, RelationKey key, Guid eventId, string owner, DateTimeOffset until) =>
        await session.ExecuteAsync(
            $"UPDATE greetings SET lease_until = @Until WHERE {RowOfKey} AND event_id = @EventId AND lease_owner = @Owner AND outcome IS NULL",
            new { key.Corp, key.UserKey, key.ExternalUserId, EventId = eventId.ToDb(), Owner = owner, Until = until.ToDb() }) == 1;

    /// <summary>Notes the end of a claim; true when it was noted.</summary>
    /// <remarks>
    /// A sent greeting is noted even if the claim was lost meanwhile, for it is a fact; the other ends only by the claim's holder, for another may be sending.
    /// A miss at a later attempt is noted as unknown, unless it is certain: the holder before may have sent and died.
    /// </remarks>
    public static async Task<bool> CompleteAsync(StateSession session, RelationKey key, Guid eventId, DateTimeOffset createTime, string owner, GreetingEnd end, DateTimeOffset now)
    {
        var parameters = new
        {
            key.Corp,
            key.UserKey,
            key.ExternalUserId,
            EventId = eventId.ToDb(),
            EventTime = createTime.ToDb(),
            Owner = owner,
            end.Reason,
            end.Rule,
            end.App,
            Denied = end.IsDenied ? 1L : 0L,
            Unknown = end.Outcome == GreetingOutcome.Unknown ? 1L : 0L,
            Certain = end.IsCertain ? 1L : 0L,
            Now = now.ToDb(),
        };
        if (end.Outcome != GreetingOutcome.Sent)
        {
            const string unknown = "@Unknown = 1 OR (attempt > 1 AND @Certain = 0)";
            return await session.ExecuteAsync(
                $"""
                UPDATE greetings SET outcome = CASE WHEN {unknown} THEN 'unknown' ELSE 'missed' END, reason = @Reason, rule = @Rule, app = @App, denied = @Denied,
                    greeted_event_id = CASE WHEN {unknown} THEN event_id ELSE greeted_event_id END,
                    greeted_event_time = CASE WHEN {unknown} THEN event_time ELSE greeted_event_time END,
                    lease_owner = NULL, lease_until = NULL, changed_at = @Now
                WHERE {RowOfKey} AND event_id = @EventId AND lease_owner = @Owner AND outcome IS NULL
                """,
                parameters) == 1;
        }

        await session.ExecuteAsync(
            $"UPDATE greetings SET outcome = 'sent', reason = NULL, rule = @Rule, app = @App, denied = 0, lease_owner = NULL, lease_until = NULL WHERE {RowOfKey} AND event_id = @EventId",
            parameters);
        return await session.ExecuteAsync(
            $"""
            UPDATE greetings SET greeted_event_id = @EventId, greeted_event_time = @EventTime, changed_at = @Now
            WHERE {RowOfKey} AND (greeted_event_time IS NULL OR greeted_event_time < @EventTime OR greeted_event_id = @EventId)
            """,
            parameters) == 1;
    }

    /// <summary>What is known of a relation's greetings; null when none was ever claimed.</summary>
    public static async Task<Greeting?> FindAsync(StateSession session, RelationKey key)
    {
        var row = await FindRowAsync(session, key, "");
        return row is null
            ? null
            : new Greeting(
                Guid.Parse(row.EventId),
                row.EventTime.ToTime(),
                row.OutcomeOrNull,
                row.Reason,
                (int)row.Attempt,
                row.GreetedEventId is null ? null : Guid.Parse(row.GreetedEventId),
                row.GreetedEventTime.ToTime(),
                row.App);
    }

    private static Task<Row?> FindRowAsync(StateSession session, RelationKey key, string locking) =>
        session.FindAsync<Row>(
            $"""
            SELECT event_id, event_time, outcome, reason, rule, app, denied, attempt, lease_until, greeted_event_id, greeted_event_time FROM greetings
            WHERE {RowOfKey} {locking}
            """,
            new { key.Corp, key.ExternalUserId, key.UserKey });

    /// <param name="row">What is known.</param>
    /// <param name="eventId">The add.</param>
    /// <param name="createTime">Its time.</param>
    /// <param name="appWithCode">Null when the event came without a code.</param>
    /// <param name="endedAt">When the relation last ended.</param>
    /// <param name="now">The present.</param>
    private static GreetingClaim Answer(Row row, Guid eventId, DateTimeOffset createTime, string? appWithCode, DateTimeOffset? endedAt, DateTimeOffset now)
    {
        var sameEvent = row.EventId == eventId.ToDb();
        var takesOver = sameEvent && appWithCode is not null && row.OutcomeOrNull == GreetingOutcome.Missed && (row.Reason == NoCode || (row.Denied == 1 && row.App != appWithCode));
        if (sameEvent && row.OutcomeOrNull is { } outcome && !takesOver) return new GreetingClaim(GreetingClaimResult.AlreadyDone, 0, outcome, row.Reason, row.Rule, row.App);
        if (row.GreetedEventId == eventId.ToDb()) return new GreetingClaim(GreetingClaimResult.AlreadyDone, Outcome: GreetingOutcome.Sent);
        if (row.GreetedEventTime.ToTime() is { } greeted && IsSameAdd(greeted, createTime, endedAt)) return new GreetingClaim(GreetingClaimResult.SameAddGreeted);
        if (row.OutcomeOrNull is null && MayBeSending(row, sameEvent, createTime, endedAt, now)) return new GreetingClaim(GreetingClaimResult.HeldByOther);
        // After a noted miss no earlier claim can have sent.
        return new GreetingClaim(GreetingClaimResult.Claimed, sameEvent && !takesOver ? (int)row.Attempt + 1 : 1);
    }

    private static bool MayBeSending(Row row, bool sameEvent, DateTimeOffset createTime, DateTimeOffset? endedAt, DateTimeOffset now) =>
        row.LeaseUntil > now.ToDb() || (!sameEvent && IsSameAdd(row.EventTime.ToTime(), createTime, endedAt));

    // An event older than the greeting never earns another; a newer one does when the relation ended in between, or a day has passed.
    private static bool IsSameAdd(DateTimeOffset greeted, DateTimeOffset added, DateTimeOffset? endedAt) =>
        added <= greeted || (added - greeted <= SameAdd && !(endedAt > greeted && endedAt <= added));

    private sealed class Row
    {
        public string EventId { get; set; } = "";

        public long EventTime { get; set; }

        public string? Outcome { get; set; }

        public string? Reason { get; set; }

        public string? Rule { get; set; }

        public string? App { get; set; }

        public long? Denied { get; set; }

        public long Attempt { get; set; }

        public long? LeaseUntil { get; set; }

        public string? GreetedEventId { get; set; }

        public long? GreetedEventTime { get; set; }

        public GreetingOutcome? OutcomeOrNull => Outcome switch
        {
            "sent" => GreetingOutcome.Sent,
            "missed" => GreetingOutcome.Missed,
            "unknown" => GreetingOutcome.Unknown,
            _ => null,
        };
    }
}
