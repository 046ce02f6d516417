using System.Globalization;
using WecomBridge.Operations;

namespace WecomBridge.DeadLetters;

/// <summary>Letters of one kind.</summary>
/// <param name="Queue">Whose consumer could not take them.</param>
/// <param name="Type">Their type.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">When the first was moved.</param>
/// <param name="Newest">When the last was.</param>
internal sealed record LetterGroup(string Queue, string Type, string Reason, int Count, DateTimeOffset? Oldest, DateTimeOffset? Newest);

/// <summary>Letters as people read them.</summary>
internal static class LetterTables
{
    private const string None = "No dead letters.";

    /// <summary>By queue, type and reason, the most frequent first.</summary>
    public static IReadOnlyList<LetterGroup> GroupsOf(IReadOnlyList<Letter> letters) =>
    [
        .. letters.GroupBy(letter => (letter.Queue, letter.Type, letter.Reason))
            .Select(group => new LetterGroup(group.Key.Queue, group.Key.Type, group.Key.Reason, group.Count(), group.Min(letter => letter.At), group.Max(letter => letter.At)))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Queue, StringComparer.Ordinal).ThenBy(group => group.Type, StringComparer.Ordinal),
    ];

    public static string Groups(IReadOnlyList<Letter> letters) => VerbOutput.Table(
        ["QUEUE", "TYPE", "COUNT", "OLDEST", "NEWEST", "REASON"],
        [.. GroupsOf(letters).Select(group => (string[])[group.Queue, group.Type, group.Count.ToString(CultureInfo.InvariantCulture), Time(group.Oldest), Time(group.Newest), group.Reason])],
        None);

    public static string Each(IReadOnlyList<Letter> letters) => VerbOutput.Table(
        ["QUEUE", "ID", "TYPE", "CORP", "SUBJECT", "AT", "REASON"],
        [.. letters.Select(letter => (string[])[letter.Queue, letter.Id, letter.Type, letter.Corp, letter.Subject, Time(letter.At), letter.Reason])],
        None);

    private static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
