namespace WecomBridge.State;

/// <summary>A missed greeting that a member is to be told of.</summary>
/// <param name="Key">Who was not greeted by whom.</param>
/// <param name="ChannelState">Channel parameter of the add; null for none.</param>
/// <param name="Reason">Why, in the words of the event.</param>
/// <param name="MissedAt">When it was given up.</param>
internal sealed record StaffNotice(RelationKey Key, string? ChannelState, string Reason, DateTimeOffset MissedAt);

/// <summary>What one member is to be told next.</summary>
/// <param name="Notices">Oldest first; those of a message whose answer was lost come alone.</param>
/// <param name="FirstTriedAt">When that message was first sent; null when this is a new one.</param>
/// <param name="LastSentAt">When the member was last told anything, within the time that notices are kept.</param>
internal sealed record StaffNoticeBatch(IReadOnlyList<StaffNotice> Notices, DateTimeOffset? FirstTriedAt, DateTimeOffset? LastSentAt);

/// <summary>Missed greetings that staff are to be told of: one row a relation, kept for as long as the news is worth telling, told or not.</summary>
internal static class StaffNoticeStore
{
    /// <summary>After it staff have seen the customer themselves.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private const string Member = "corp = @Corp AND user_key = @UserKey";

    /// <summary>Adds a notice; false when there is one of this relation, told or not: half add and add are one add.</summary>
    public static async Task<bool> TryAddAsync(StateSession session, StaffNotice notice)
    {
        await session.ExecuteAsync("DELETE FROM staff_notices WHERE corp = @Corp AND missed_at <= @Old", new { notice.Key.Corp, Old = (notice.MissedAt - Life).ToDb() });
        return await session.ExecuteAsync(
            """
            INSERT INTO staff_notices (corp, user_key, external_user_id, user_id, channel_state, reason, missed_at)
            VALUES (@Corp, @UserKey, @ExternalUserId, @UserId, @ChannelState, @Reason, @MissedAt)
            ON CONFLICT (corp, user_key, external_user_id) DO NOTHING
            """,
            new { notice.Key.Corp, notice.Key.UserKey, notice.Key.ExternalUserId, notice.Key.UserId, notice.ChannelState, notice.Reason, MissedAt = notice.MissedAt.ToDb() }) == 1;
    }

    /// <summary>The customer was greeted after all: nobody is told, unless a message is under way.</summary>
    public static Task WithdrawAsync(StateSession session, RelationKey key) =>
        session.ExecuteAsync(
            $"DELETE FROM staff_notices WHERE {Member} AND external_user_id = @ExternalUserId AND tried_at IS NULL AND sent_at IS NULL", new { key.Corp, key.UserKey, key.ExternalUserId });

    /// <summary>What a member is to be told.</summary>
    public static async Task<StaffNoticeBatch> NextAsync(StateSession session, string corp, string userKey, DateTimeOffset now)
    {
        var rows = await session.QueryAsync<Row>(
            $"SELECT user_id, external_user_id, channel_state, reason, missed_at, tried_at, sent_at FROM staff_notices WHERE {Member} AND missed_at > @Old ORDER BY missed_at, external_user_id",
            new { Corp = corp, UserKey = userKey, Old = (now - Life).ToDb() });
        var waiting = rows.Where(row => row.SentAt is null).ToList();
        var tried = waiting.Where(row => row.TriedAt is not null).ToList();
        return new StaffNoticeBatch([.. (tried.Count > 0 ? tried : waiting).Select(row => row.ToNotice(corp))], tried.Min(row => row.TriedAt).ToTime(), rows.Max(row => row.SentAt).ToTime());
    }

    /// <summary>A message with these is about to be sent; what comes later goes into another.</summary>
    public static Task TriedAsync(StateSession session, IReadOnlyList<StaffNotice> notices, DateTimeOffset now) =>
        SetAsync(session, notices, "tried_at = COALESCE(tried_at, @Now)", now);

    /// <summary>The message was surely not sent: what comes until the next attempt goes into it as well.</summary>
    public static Task NotSentAsync(StateSession session, IReadOnlyList<StaffNotice> notices) => SetAsync(session, notices, "tried_at = NULL", default);

    /// <summary>The member was told.</summary>
    public static Task SentAsync(StateSession session, IReadOnlyList<StaffNotice> notices, DateTimeOffset now) => SetAsync(session, notices, "sent_at = @Now", now);

    private static async Task SetAsync(StateSession session, IReadOnlyList<StaffNotice> notices, string change, DateTimeOffset now)
    {
        foreach (var (key, _, _, _) in notices)
        {
            await session.ExecuteAsync(
                $"UPDATE staff_notices SET {change} WHERE {Member} AND external_user_id = @ExternalUserId", new { key.Corp, key.UserKey, key.ExternalUserId, Now = now.ToUnixTimeMilliseconds() });
        }
    }

    private sealed class Row
    {
        public string UserId { get; set; } = "";

        public string ExternalUserId { get; set; } = "";

        public string? ChannelState { get; set; }

        public string Reason { get; set; } = "";

        public long MissedAt { get; set; }

        public long? TriedAt { get; set; }

        public long? SentAt { get; set; }

        public StaffNotice ToNotice(string corp) => new(new RelationKey(corp, UserId, ExternalUserId), ChannelState, Reason, MissedAt.ToTime());
    }
}
