using System.Globalization;
using WecomBridge.Operations;

namespace WecomBridge.Work;

/// <summary>Work of one kind.</summary>
/// <param name="Lane">Kind of work.</param>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why it was parked or put off; null when neither happened.</param>
/// <param name="Count">How much.</param>
internal sealed record WorkGroup(string Lane, string Corp, string State, string? Reason, int Count);

/// <summary>Work as people and programs read it.</summary>
internal static class WorkTables
{
    private const string None = "No such work.";

    public static string Json(IReadOnlyList<ListedWork> work) => VerbOutput.Json(work.Select(piece => new
    {
        piece.Key.Lane,
        piece.Key.Corp,
        piece.Key.Key,
        piece.App,
        State = Word(piece.State),
        piece.At,
        piece.Attempts,
        piece.Reason,
        piece.Remedy,
        Cause = piece.CauseId,
    }));

    public static string Each(IReadOnlyList<ListedWork> work) => VerbOutput.Table(
        ["LANE", "CORP", "APP", "KEY", "STATE", "AT", "ATTEMPTS", "REASON"],
        [
            .. work.Select(piece => (string[])
            [
                piece.Key.Lane, piece.Key.Corp, piece.App, piece.Key.Key, Word(piece.State), piece.At.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                piece.Attempts.ToString(CultureInfo.InvariantCulture), piece.Reason is null ? "" : $"{piece.Reason}. {piece.Remedy}".TrimEnd(),
            ]),
        ],
        None);

    /// <summary>By lane, corp, state and reason, the most first.</summary>
    public static IReadOnlyList<WorkGroup> GroupsOf(IReadOnlyList<ListedWork> work) =>
    [
        .. work.GroupBy(piece => (piece.Key.Lane, piece.Key.Corp, piece.State, piece.Reason))
            .Select(group => new WorkGroup(group.Key.Lane, group.Key.Corp, Word(group.Key.State), group.Key.Reason, group.Count()))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Lane, StringComparer.Ordinal).ThenBy(group => group.Corp, StringComparer.Ordinal),
    ];

    public static string Groups(IReadOnlyList<ListedWork> work) => VerbOutput.Table(
        ["LANE", "CORP", "STATE", "COUNT", "REASON"],
        [.. GroupsOf(work).Select(group => (string[])[group.Lane, group.Corp, group.State, group.Count.ToString(CultureInfo.InvariantCulture), group.Reason ?? ""])],
        None);

    private static string Word(ListedState state) => state switch
    {
        ListedState.Parked => "parked",
        ListedState.Running => "running",
        ListedState.Due => "due",
        _ => "later",
    };
}
