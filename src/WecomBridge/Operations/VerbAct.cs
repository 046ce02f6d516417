using WecomBridge.State;

namespace WecomBridge.Operations;

/// <summary>Carries out what an operator asked for, and writes down that it was begun and how it ended.</summary>
internal static class VerbAct
{
    /// <summary>Runs an act. When it breaks off, it stands in the list as begun and not ended.</summary>
    /// <param name="state">Where acts are written down; an act that cannot be written down is not begun.</param>
    /// <param name="time">The clock.</param>
    /// <param name="verb">Such as <c>dlq discard</c>.</param>
    /// <param name="target">What is meant, in words.</param>
    /// <param name="reason">Why; null where none is asked for.</param>
    /// <param name="work">Does it, and returns the ids of what it changed.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>How much was changed.</returns>
    public static async Task<int> RunAsync(
        IStateDatabase state, TimeProvider time, string verb, string target, string? reason, Func<Task<IReadOnlyList<string>>> work, CancellationToken cancellationToken)
    {
        var act = new OperatorAct(Guid.NewGuid(), time.GetUtcNow(), $"{Environment.UserName}@{Environment.MachineName}", verb, target, reason);
        await state.WriteAsync(session => OperatorActs.BeginAsync(session, act), cancellationToken);
        var ids = await work();
        await state.WriteAsync(session => OperatorActs.EndAsync(session, act with { Affected = ids.Count, Ids = ids }, time.GetUtcNow()), CancellationToken.None);
        return ids.Count;
    }
}
