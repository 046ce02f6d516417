namespace WecomBridge.State;

/// <summary>Something an operator did with a verb.</summary>
/// <param name="Id">Of this act.</param>
/// <param name="At">When it began.</param>
/// <param name="Who">User and machine.</param>
/// <param name="Verb">Such as <c>dlq discard</c>.</param>
/// <param name="Target">What was meant, in words.</param>
/// <param name="Reason">Why, in the operator's words; null where none is asked for.</param>
/// <param name="Affected">How much was changed; null when it was begun and never ended.</param>
/// <param name="Ids">Of what was changed, at most <see cref="OperatorActs.MaxIds"/>.</param>
internal sealed record OperatorAct(Guid Id, DateTimeOffset At, string Who, string Verb, string Target, string? Reason, long? Affected = null, IReadOnlyList<string>? Ids = null);

/// <summary>What operators did. Rows are added, and the database itself refuses to change or delete them.</summary>
internal static class OperatorActs
{
    /// <summary>Ids kept of one act.</summary>
    public const int MaxIds = 1000;

    /// <summary>Before the act: whatever happens then, it is known that it was begun.</summary>
    public static Task BeginAsync(StateSession session, OperatorAct act) => AddAsync(session, act, "begun", act.At);

    /// <summary>After the act.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="act">With how much was changed, and which.</param>
    /// <param name="now">The present.</param>
    public static Task EndAsync(StateSession session, OperatorAct act, DateTimeOffset now) => AddAsync(session, act, "done", now);

    /// <summary>The latest first.</summary>
    public static async Task<IReadOnlyList<OperatorAct>> ListAsync(StateSession session, int max)
    {
        var rows = await session.QueryAsync<Row>(
            """
            SELECT begun.act_id, begun.at, begun.who, begun.verb, begun.target, begun.reason, ended.affected, ended.ids
            FROM operator_acts begun LEFT JOIN operator_acts ended ON ended.act_id = begun.act_id AND ended.step = 'done'
            WHERE begun.step = 'begun' ORDER BY begun.at DESC, begun.act_id LIMIT @max
            """,
            new { max = (long)max });
        return [.. rows.Select(row => row.ToAct())];
    }

    private static Task<int> AddAsync(StateSession session, OperatorAct act, string step, DateTimeOffset at) =>
        session.ExecuteAsync(
            "INSERT INTO operator_acts (act_id, step, at, who, verb, target, reason, affected, ids) VALUES (@Id, @step, @At, @Who, @Verb, @Target, @Reason, @Affected, @Ids)",
            new { Id = act.Id.ToDb(), step, At = at.ToDb(), act.Who, act.Verb, act.Target, act.Reason, act.Affected, Ids = act.Ids is null ? null : string.Join('\n', act.Ids.Take(MaxIds)) });

    private sealed class Row
    {
        public string ActId { get; set; } = "";

        public long At { get; set; }

        public string Who { get; set; } = "";

        public string Verb { get; set; } = "";

        public string Target { get; set; } = "";

        public string? Reason { get; set; }

        public long? Affected { get; set; }

        public string? Ids { get; set; }

        public OperatorAct ToAct() => new(Guid.Parse(ActId), At.ToTime(), Who, Verb, Target, Reason, Affected, Ids?.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
