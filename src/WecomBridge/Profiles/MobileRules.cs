using WecomBridge.State;

namespace WecomBridge.Profiles;

/// <summary>What is to become of the numbers of a relation.</summary>
/// <param name="Holder"><see cref="FieldHolder.Bridge"/> when a number of ours stands there, else whose those are that do.</param>
/// <param name="Write">The whole list to write; null when it is as it should be.</param>
/// <param name="Ledger">What is ours after that, for the ledger.</param>
/// <param name="Settled">What is ours before it, where an open intent is to be closed; null when none is.</param>
internal sealed record MobilesPlan(FieldHolder Holder, IReadOnlyList<string>? Write, string Ledger, string? Settled);

/// <summary>The rules of mobiles, pure. The platform takes the whole list at once: numbers that staff wrote stay, ours are added, and of those only ours go again.</summary>
/// <remarks>A number of ours that a person took away is remembered as written and not added again. The last number is left, for how the platform empties the list is not known for sure.</remarks>
internal static class MobileRules
{
    private const int LeastDigits = 5;
    private const int MostDigits = 20;
    private static readonly char[] Separators = [',', ';', '/', '|', '，', '；', '、'];

    /// <summary>The numbers in a rendered template, each once; what is no number is left out.</summary>
    public static IReadOnlyList<string> Read(string text) =>
        [.. text.Split([.. Separators, ' ', '\t', '\r', '\n', '\u3000'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => MobileNumber.Digits(word).Length is >= LeastDigits and <= MostDigits && word.All(character => char.IsAsciiDigit(character) || character is '+' or '-' or '(' or ')'))
            .DistinctBy(MobileNumber.Digits)];

    /// <param name="entry">What is known of our writing; null when nothing is, or when it is over.</param>
    /// <param name="standing">What WeCom says.</param>
    /// <param name="added">When the two were added.</param>
    /// <param name="wanted">The CRM's numbers; null when there is nothing to say.</param>
    /// <param name="when">The setting.</param>
    public static MobilesPlan Plan(WrittenField? entry, IReadOnlyList<string> standing, DateTimeOffset added, IReadOnlyList<string>? wanted, FieldWriting when)
    {
        var present = standing.Where(number => number.Length > 0).ToList();
        var ours = Ours(entry);
        var prints = present.Select(RelationFieldLedger.PrintOfMobile).ToHashSet(StringComparer.Ordinal);
        var takenAway = TakenAway(entry, prints, added);
        var holder = prints.Overlaps(ours) ? FieldHolder.Bridge : present.Count > 0 || takenAway.Count > 0 ? FieldHolder.Staff : FieldHolder.Nobody;
        var isOurTurn = wanted is not null && (when == FieldWriting.EmptyOrOurs || (when == FieldWriting.Empty && holder == FieldHolder.Nobody));
        var result = isOurTurn ? Merge(present, ours, [.. wanted!.Where(number => !takenAway.Contains(RelationFieldLedger.PrintOfMobile(number)))]) : present;

        var kept = result.Select(RelationFieldLedger.PrintOfMobile).ToHashSet(StringComparer.Ordinal);
        return new MobilesPlan(
            holder,
            kept.SetEquals(prints) ? null : result,
            Join([.. kept.Where(print => ours.Contains(print) || !prints.Contains(print)), .. takenAway]),
            entry?.Intended is null ? null : Join([.. prints.Where(ours.Contains), .. takenAway]));
    }

    private static string Join(IEnumerable<string> prints) => string.Join(',', prints.Order(StringComparer.Ordinal));

    private static List<string> Merge(List<string> present, HashSet<string> ours, IReadOnlyList<string> wanted)
    {
        var wishes = wanted.Select(RelationFieldLedger.PrintOfMobile).ToHashSet(StringComparer.Ordinal);
        var kept = present.Where(number => RelationFieldLedger.PrintOfMobile(number) is var print && (!ours.Contains(print) || wishes.Contains(print))).ToList();
        var held = kept.Select(RelationFieldLedger.PrintOfMobile).ToHashSet(StringComparer.Ordinal);
        List<string> result = [.. kept, .. wanted.Where(number => !held.Contains(RelationFieldLedger.PrintOfMobile(number)))];
        return result.Count > 0 ? result : present;
    }

    /// <summary>Ours that stand no more although we did not take them away. Added anew, the two begin without such memories.</summary>
    private static HashSet<string> TakenAway(WrittenField? entry, HashSet<string> prints, DateTimeOffset added)
    {
        if (entry?.Written is null || added > entry.Life) return [];
        var intended = Split(entry.Intended);
        return [.. Split(entry.Written).Where(print => !prints.Contains(print) && (entry.Intended is null || intended.Contains(print)))];
    }

    private static HashSet<string> Ours(WrittenField? entry) => [.. Split(entry?.Written), .. Split(entry?.Intended)];

    private static HashSet<string> Split(string? prints) => (prints ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
