using WecomBridge.State;

namespace WecomBridge.Work;

/// <content>How much there is of everything.</content>
internal static partial class WorkStore
{
    /// <summary>How each lane stands that holds anything.</summary>
    public static async Task<IReadOnlyDictionary<string, WorkCounts>> CountAllAsync(StateSession session, DateTimeOffset now)
    {
        const string free = "parked_at IS NULL AND (lease_until IS NULL OR lease_until <= @Now)";
        var rows = await session.QueryAsync<LaneRow>(
            $"""
            SELECT lane, COUNT(CASE WHEN {free} AND due <= @Now THEN 1 END) AS due, COUNT(CASE WHEN {free} AND due > @Now THEN 1 END) AS later,
                COUNT(CASE WHEN parked_at IS NULL AND lease_until > @Now THEN 1 END) AS running, COUNT(parked_at) AS parked, MIN(CASE WHEN {free} AND due <= @Now THEN due END) AS oldest_due
            FROM work GROUP BY lane
            """,
            new { Now = now.ToDb() });
        return rows.ToDictionary(row => row.Lane, row => new WorkCounts(row.Due, row.Later, row.Running, row.Parked, row.OldestDue.ToTime()), StringComparer.Ordinal);
    }

    private sealed class LaneRow
    {
        public string Lane { get; set; } = "";

        public long Due { get; set; }

        public long Later { get; set; }

        public long Running { get; set; }

        public long Parked { get; set; }

        public long? OldestDue { get; set; }
    }
}
