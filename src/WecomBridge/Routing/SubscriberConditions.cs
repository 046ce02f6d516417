using WecomBridge.Rules;

namespace WecomBridge.Routing;

/// <summary>Decides whether a subscriber's conditions hold for an event. Pure.</summary>
internal static class SubscriberConditions
{
    /// <summary>Every condition with its entries.</summary>
    public static IEnumerable<(string Field, IReadOnlyList<string> Entries)> Lists(SubscriberWhen when) =>
    [
        (nameof(when.Apps), when.Apps), (nameof(when.State), when.State), (nameof(when.Staff), when.Staff), (nameof(when.Customer), when.Customer),
        (nameof(when.Group), when.Group), (nameof(when.Kind), when.Kind), (nameof(when.Origin), when.Origin),
    ];

    /// <summary>Whether there is any.</summary>
    public static bool Any(SubscriberWhen when) => Lists(when).Any(list => list.Entries.Count > 0);

    /// <summary>What they ask of an event's data.</summary>
    public static EventFields FieldsOf(SubscriberWhen when) =>
        Field(when.Apps, EventFields.App) | Field(when.State, EventFields.State) | Field(when.Staff, EventFields.Staff)
        | Field(when.Customer, EventFields.Customer) | Field(when.Group, EventFields.Group) | Field(when.Kind, EventFields.Kind);

    public static bool Hold(SubscriberWhen when, in EventFacts facts) =>
        Holds(when.Apps, facts.App) && Holds(when.State, facts.State) && Holds(when.Staff, facts.Staff, ignoreCase: true) && Holds(when.Customer, facts.Customer)
        && Holds(when.Group, facts.Group) && Holds(when.Kind, facts.Kind) && Holds(when.Origin, facts.Origin);

    /// <summary>The first condition that fails, in words; null when all hold.</summary>
    public static string? FindFailing(SubscriberWhen when, in EventFacts facts)
    {
        string?[] values = [facts.App, facts.State, facts.Staff, facts.Customer, facts.Group, facts.Kind, facts.Origin];
        var at = 0;
        foreach (var (field, entries) in Lists(when))
        {
            var value = values[at++];
            if (Holds(entries, value, ignoreCase: field == nameof(when.Staff))) continue;
            return WhenMatcher.Missed(field, value, entries);
        }

        return null;
    }

    private static EventFields Field(IReadOnlyList<string> entries, EventFields field) => entries.Count == 0 ? EventFields.None : field;

    /// <summary>Unlike in rules, <c>*</c> does not match what is not there: an event that says nothing of it is not meant.</summary>
    private static bool Holds(IReadOnlyList<string> patterns, string? text, bool ignoreCase = false) =>
        patterns.Count == 0 || (!string.IsNullOrEmpty(text) && Pattern.MatchesAny(patterns, text, ignoreCase));
}
