using System.Globalization;
using System.Reflection;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Rules;

/// <summary>Words of <see cref="When.Kind"/>.</summary>
internal static class CustomerKinds
{
    /// <summary>A WeChat user.</summary>
    public const string Wechat = "wechat";

    /// <summary>A WeCom user of another enterprise.</summary>
    public const string Wecom = "wecom";

    /// <summary>The word for the platform's number; a number that has no word stands for itself.</summary>
    public static string? Of(int? type) => type switch
    {
        null => null,
        1 => Wechat,
        2 => Wecom,
        var number => number.Value.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>Words of <see cref="When.Crm"/>.</summary>
internal static class CrmKnowledge
{
    public const string Known = "Known";

    public const string Unknown = "Unknown";
}

/// <summary>Finds what is wrong with conditions. Each fault begins with its key.</summary>
internal static class WhenFaults
{
    private static readonly string[] Kinds = [CustomerKinds.Wechat, CustomerKinds.Wecom];

    private static readonly string[] Knowledge = [CrmKnowledge.Known, CrmKnowledge.Unknown];

    private static readonly string[] Ways = [.. typeof(AddWays).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    /// <param name="path">Key of the conditions.</param>
    /// <param name="when">The conditions.</param>
    public static IEnumerable<string> Find(string path, When when)
    {
        if (!string.IsNullOrEmpty(when.Hours) && !WhenMatcher.TryReadHours(when.Hours, out _, out _)) yield return $"{path}:Hours must look like 09:00-21:00, with two different times.";
        if (!string.IsNullOrEmpty(when.Crm) && !Knowledge.Contains(when.Crm, StringComparer.OrdinalIgnoreCase)) yield return $"{path}:Crm must be one of {string.Join(", ", Knowledge)}.";
        foreach (var (name, entries, fault) in Lists(when))
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (fault(entries[i]) is { } text) yield return $"{path}:{name}:{i} {text}.";
            }
        }

        foreach (var fault in FindFactFaults($"{path}:Facts", when.Facts)) yield return fault;
    }

    /// <summary>Faults of conditions on facts that the CRM's settings do not read.</summary>
    /// <param name="path">Key of the conditions.</param>
    /// <param name="when">The conditions.</param>
    /// <param name="fields">Names of facts; null when there is no CRM.</param>
    public static IEnumerable<string> FindCrmFaults(string path, When when, IReadOnlyCollection<string>? fields)
    {
        if (fields is null && !string.IsNullOrEmpty(when.Crm)) yield return $"{path}:Crm needs a CRM, and Crm:Provider is None.";
        foreach (var (name, conditions) in Parts(when.Facts))
        {
            for (var i = 0; i < conditions.Count; i++)
            {
                if (fields is null) yield return $"{path}:Facts:{name}:{i} needs a CRM, and Crm:Provider is None.";
                else if (!fields.Contains(conditions[i].Field)) yield return $"{path}:Facts:{name}:{i}:Field is not one of Crm:Http:Fields; known are {string.Join(", ", fields)}.";
            }
        }
    }

    /// <summary>Faults of conditions on what a feature does not know.</summary>
    /// <param name="path">Key of the conditions.</param>
    /// <param name="when">The conditions.</param>
    /// <param name="known">Names of the conditions that the feature can judge.</param>
    public static IEnumerable<string> FindUnsupported(string path, When when, IReadOnlyCollection<string> known) =>
        from name in Used(when)
        where !known.Contains(name)
        select $"{path}:{name} cannot be used here, where it is not known; conditions here are {string.Join(", ", known)}.";

    private static IEnumerable<string> Used(When when)
    {
        foreach (var (name, entries, _) in Lists(when))
        {
            if (entries.Count > 0) yield return name;
        }

        if (!string.IsNullOrEmpty(when.Hours)) yield return nameof(When.Hours);
        if (!string.IsNullOrEmpty(when.Crm)) yield return nameof(When.Crm);
        if (Parts(when.Facts).Any(part => part.Conditions.Count > 0)) yield return nameof(When.Facts);
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Entries, Func<string, string?> Fault)> Lists(When when) =>
    [
        (nameof(When.Corps), when.Corps, Empty),
        (nameof(When.Apps), when.Apps, Empty),
        (nameof(When.State), when.State, Empty),
        (nameof(When.Staff), when.Staff, Empty),
        (nameof(When.Department), when.Department, id => IsNumber(id, out _) ? null : "must be the number of a department"),
        (nameof(When.AddWay), when.AddWay, FindWayFault),
        (nameof(When.Kind), when.Kind, kind => NotOneOf(kind, Kinds)),
        (nameof(When.Stage), when.Stage, tag => tag.Contains('/') || tag.Contains('*') ? null : "must look like Group/Tag"),
        (nameof(When.Days), when.Days, day => NotOneOf(day, [.. WhenMatcher.DayNames.Skip(1), WhenMatcher.DayNames[0]])),
        (nameof(When.Dates), when.Dates, dates => SpecialDates.IsValid(dates) ? null : "must look like 2026-10-01, 2026-10-01..2026-10-07, 10-01 or 12-30..01-02"),
    ];

    private static IEnumerable<(string Name, IReadOnlyList<FactCondition> Conditions)> Parts(FactConditions facts) =>
        [(nameof(FactConditions.All), facts.All), (nameof(FactConditions.Any), facts.Any), (nameof(FactConditions.None), facts.None)];

    private static IEnumerable<string> FindFactFaults(string path, FactConditions facts)
    {
        foreach (var (name, conditions) in Parts(facts))
        {
            for (var i = 0; i < conditions.Count; i++)
            {
                var (key, condition) = ($"{path}:{name}:{i}", conditions[i]);
                if (condition.Field.Length == 0) yield return $"{key}:Field is missing.";
                if (!FactOps.All.Contains(condition.Op)) yield return $"{key}:Op must be one of {string.Join(", ", FactOps.All)}.";
                if (FactOps.FindValueFault(condition.Op, condition.Value) is { } fault) yield return $"{key}:Value {fault}.";
            }
        }
    }

    private static string? Empty(string entry) => string.IsNullOrEmpty(entry) ? "is empty" : null;

    private static string? NotOneOf(string entry, IReadOnlyList<string> words) => words.Contains(entry, StringComparer.OrdinalIgnoreCase) ? null : $"must be one of {string.Join(", ", words)}";

    /// <summary>Numbers are for ways that have no word yet.</summary>
    private static string? FindWayFault(string way)
    {
        if (!IsNumber(way, out var number)) return NotOneOf(way, Ways);
        var word = WireWords.AddWay(number);
        return word == way ? null : $"must be the word {word}";
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && !text.StartsWith('0');
}
