using System.Globalization;

namespace WecomBridge.Rules;

/// <summary>How a fact is compared. A fact that is absent or empty fulfils <see cref="Missing"/> and nothing else.</summary>
internal static class FactOps
{
    /// <summary>The same text; case does not matter here or below.</summary>
    public const string Eq = "Eq";

    /// <summary>Another text.</summary>
    public const string Ne = "Ne";

    /// <summary>One of several texts, parted by <c>|</c>.</summary>
    public const string In = "In";

    /// <summary>The text occurs in it.</summary>
    public const string Contains = "Contains";

    /// <summary>It begins with the text.</summary>
    public const string StartsWith = "StartsWith";

    /// <summary>Greater than a number, or later than a date.</summary>
    public const string Gt = "Gt";

    /// <summary>That or equal.</summary>
    public const string Ge = "Ge";

    /// <summary>Less than a number, or earlier than a date.</summary>
    public const string Lt = "Lt";

    /// <summary>That or equal.</summary>
    public const string Le = "Le";

    /// <summary>Between two numbers or dates, <c>1..5</c>; the ends count.</summary>
    public const string Between = "Between";

    /// <summary>A date more than so many days ago.</summary>
    public const string OlderThanDays = "OlderThanDays";

    /// <summary>A date of the last so many days, today included.</summary>
    public const string WithinDays = "WithinDays";

    /// <summary>A date, with or without a year, whose month is the present one.</summary>
    public const string MonthIsNow = "MonthIsNow";

    /// <summary>There is a value.</summary>
    public const string Exists = "Exists";

    /// <summary>There is none.</summary>
    public const string Missing = "Missing";

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [Eq, Ne, In, Contains, StartsWith, Gt, Ge, Lt, Le, Between, OlderThanDays, WithinDays, MonthIsNow, Exists, Missing];

    /// <summary>Whether a fact fulfils a condition that has no fault.</summary>
    /// <param name="op">One of <see cref="All"/>.</param>
    /// <param name="value">The condition's value.</param>
    /// <param name="fact">Null or empty when there is none.</param>
    /// <param name="today">In the corp's time zone.</param>
    public static bool Holds(string op, string value, string? fact, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(fact)) return op == Missing;
        var text = fact.Trim();
        return op switch
        {
            Eq => Same(text, value),
            Ne => !Same(text, value),
            In => Array.Exists(value.Split('|', StringSplitOptions.TrimEntries), each => Same(text, each)),
            Contains => text.Contains(value, StringComparison.OrdinalIgnoreCase),
            StartsWith => text.StartsWith(value, StringComparison.OrdinalIgnoreCase),
            Gt => Compare(text, value) > 0,
            Ge => Compare(text, value) >= 0,
            Lt => Compare(text, value) < 0,
            Le => Compare(text, value) <= 0,
            Between => TryReadEnds(value, out var least, out var most) && Compare(text, least) >= 0 && Compare(text, most) <= 0,
            OlderThanDays => TryReadDays(value, out var days) && SpecialDates.TryReadDay(text, out var day) && today.DayNumber - day.DayNumber > days,
            WithinDays => TryReadDays(value, out var days) && SpecialDates.TryReadDay(text, out var day) && today.DayNumber - day.DayNumber is >= 0 and var age && age <= days,
            MonthIsNow => (SpecialDates.TryReadDay(text, out var day) || SpecialDates.TryReadYearly(text, out day)) && day.Month == today.Month,
            _ => op == Exists,
        };
    }

    /// <summary>Its answer changes with the days, while the fact stays the same.</summary>
    public static bool IsAboutToday(string op) => op is OlderThanDays or WithinDays or MonthIsNow;

    /// <summary>What a condition's value must be; null when it is that, or when the word is not known.</summary>
    public static string? FindValueFault(string op, string value) => op switch
    {
        Exists or Missing or MonthIsNow => value.Length == 0 ? null : $"must be empty with {op}",
        OlderThanDays or WithinDays => TryReadDays(value, out _) ? null : $"must be a number of days with {op}, 0 to {MaxDays}",
        Gt or Ge or Lt or Le => IsComparable(value) ? null : $"must be a number or a date such as 2026-10-01 with {op}",
        Between => TryReadEnds(value, out _, out _) ? null : "must be two numbers or two dates with Between, such as 1..5, the smaller first",
        In => Array.TrueForAll(value.Split('|'), each => !string.IsNullOrWhiteSpace(each)) ? null : "must be texts parted by | with In, none of them empty",
        Eq or Ne or Contains or StartsWith => string.IsNullOrWhiteSpace(value) ? $"is missing, {op} needs it" : null,
        _ => null,
    };

    /// <summary>A hundred years.</summary>
    private const int MaxDays = 36_525;

    private static bool Same(string a, string b) => string.Equals(a, b.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the two are not both numbers or both dates.</summary>
    private static int? Compare(string fact, string value)
    {
        if (TryReadNumber(fact, out var number) && TryReadNumber(value, out var other)) return number.CompareTo(other);
        return SpecialDates.TryReadDay(fact, out var day) && SpecialDates.TryReadDay(value, out var otherDay) ? day.CompareTo(otherDay) : null;
    }

    private static bool IsComparable(string value) => TryReadNumber(value, out _) || SpecialDates.TryReadDay(value, out _);

    private static bool TryReadEnds(string value, out string least, out string most)
    {
        (least, most) = ("", "");
        if (value.Split(SpecialDates.To, StringSplitOptions.TrimEntries) is not [var first, var last]) return false;
        (least, most) = (first, last);
        return Compare(first, last) <= 0;
    }

    private static bool TryReadDays(string value, out int days) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days <= MaxDays;

    private static bool TryReadNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
