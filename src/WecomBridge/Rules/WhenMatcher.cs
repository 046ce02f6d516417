using System.Globalization;

namespace WecomBridge.Rules;

/// <summary>Whether conditions hold.</summary>
internal enum WhenAnswer
{
    /// <summary>At least one fails.</summary>
    No,

    /// <summary>None fails, and at least one is about something that is not known.</summary>
    Unknown,

    /// <summary>All hold.</summary>
    Yes,
}

/// <summary>What the CRM said of a customer.</summary>
/// <param name="Facts">Null when it does not know the customer.</param>
internal sealed record CrmAnswer(IReadOnlyDictionary<string, string>? Facts)
{
    /// <summary>Whether the customer is known, and nothing personal.</summary>
    public override string ToString() => Facts is null ? "unknown" : "known";
}

/// <summary>What a rule is held against. What was not looked up, or could not be, is null.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="State">Channel parameter; null for none.</param>
/// <param name="Staff">Staff id.</param>
/// <param name="LocalTime">The moment, in the corp's time zone.</param>
internal readonly record struct WhenSubject(string Corp, string? State, string Staff, DateTime LocalTime)
{
    /// <summary>Configured name of the app that received the callback.</summary>
    public string? App { get; init; }

    /// <summary>Ids of the staff member's departments.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>Word for how the customer was added.</summary>
    public string? AddWay { get; init; }

    /// <summary>One of <see cref="CustomerKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The customer's corp tags, each <c>Group/Tag</c>.</summary>
    public IReadOnlyList<string>? Stages { get; init; }

    /// <summary>What the CRM said.</summary>
    public CrmAnswer? Crm { get; init; }

    /// <summary>The day that dates of facts are held against, in the corp's time zone; null for the day of <see cref="LocalTime"/>.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The moment as a clock in the corp shows it.</summary>
    public static DateTime Local(DateTimeOffset at, string timeZone) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime;
}

/// <summary>Decides whether conditions hold.</summary>
internal static class WhenMatcher
{
    /// <summary>In the order of <see cref="DayOfWeek"/>.</summary>
    public static IReadOnlyList<string> DayNames { get; } = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>True when all conditions hold, and everything they are about is known.</summary>
    public static bool Matches(When when, in WhenSubject subject) => Ask(when, subject) == WhenAnswer.Yes;

    /// <summary>The answer as far as it can be given.</summary>
    public static WhenAnswer Ask(When when, in WhenSubject subject)
    {
        if (FindFailing(when, subject) is not null) return WhenAnswer.No;
        var (kind, addWay) = (subject.Kind, subject.AddWay);
        return All(
            Any(when.Department, subject.Departments, static (wanted, department) => wanted == department),
            Any(when.AddWay, addWay is null ? null : [addWay], static (wanted, way) => string.Equals(wanted, way, StringComparison.OrdinalIgnoreCase)),
            Any(when.Kind, kind is null ? null : [kind], static (wanted, present) => string.Equals(wanted, present, StringComparison.OrdinalIgnoreCase)),
            Any(when.Stage, subject.Stages, static (pattern, tag) => Pattern.Matches(pattern, tag)),
            Knows(when.Crm, subject.Crm),
            Facts(when.Facts, subject.Crm, subject.Today ?? DateOnly.FromDateTime(subject.LocalTime)));
    }

    /// <summary>The first condition that fails of those for which nothing needs to be looked up, in words; null when they hold.</summary>
    public static string? Explain(When when, in WhenSubject subject) => FindFailing(when, subject) switch
    {
        null => null,
        nameof(when.Corps) => Missed(nameof(when.Corps), subject.Corp, when.Corps),
        nameof(when.Apps) => Missed(nameof(when.Apps), subject.App, when.Apps),
        nameof(when.State) => Missed(nameof(when.State), subject.State, when.State),
        nameof(when.Staff) => Missed(nameof(when.Staff), subject.Staff, when.Staff),
        nameof(when.Hours) => string.Create(CultureInfo.InvariantCulture, $"Hours are {when.Hours}, and it is {subject.LocalTime:HH:mm} in the corp's time zone"),
        nameof(when.Days) => Missed(nameof(when.Days), DayNames[(int)subject.LocalTime.DayOfWeek], when.Days),
        _ => Missed(nameof(when.Dates), subject.LocalTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), when.Dates),
    };

    /// <summary>Why a list did not hold, in words.</summary>
    /// <param name="field">The condition's name.</param>
    /// <param name="value">What the event carries.</param>
    /// <param name="wanted">What may be.</param>
    public static string Missed(string field, string? value, IReadOnlyList<string> wanted) =>
        string.IsNullOrEmpty(value) ? $"the event carries no {field}" : $"{field} '{value}' is not among {string.Join(", ", wanted)}";

    /// <summary>Hours as settings write them.</summary>
    public static bool TryReadHours(string hours, out TimeOnly from, out TimeOnly until)
    {
        (from, until) = (default, default);
        return hours.Split('-') is [var first, var second]
            && TimeOnly.TryParseExact(first.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out from)
            && (second.Trim() == "24:00" || TimeOnly.TryParseExact(second.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out until))
            && from != until;
    }

    /// <summary>Name of the first condition that fails of those for which nothing needs to be looked up.</summary>
    private static string? FindFailing(When when, in WhenSubject subject)
    {
        var day = DateOnly.FromDateTime(subject.LocalTime);
        return !Pattern.MatchesAny(when.Corps, subject.Corp) ? nameof(when.Corps)
            : !Pattern.MatchesAny(when.Apps, subject.App) ? nameof(when.Apps)
            : !Pattern.MatchesAny(when.State, subject.State) ? nameof(when.State)
            : !Pattern.MatchesAny(when.Staff, subject.Staff, ignoreCase: true) ? nameof(when.Staff)
            : !string.IsNullOrEmpty(when.Hours) && !(TryReadHours(when.Hours, out var from, out var until) && Holds(from, until, TimeOnly.FromDateTime(subject.LocalTime))) ? nameof(when.Hours)
            : when.Days.Count > 0 && !when.Days.Contains(DayNames[(int)subject.LocalTime.DayOfWeek], StringComparer.OrdinalIgnoreCase) ? nameof(when.Days)
            : when.Dates.Count > 0 && !when.Dates.Any(dates => SpecialDates.Contains(dates, day)) ? nameof(when.Dates)
            : null;
    }

    private static bool Holds(TimeOnly from, TimeOnly until, TimeOnly time) => from < until ? time >= from && time < until : time >= from || time < until;

    private static WhenAnswer Any(IReadOnlyList<string> wanted, IReadOnlyList<string>? present, Func<string, string, bool> matches)
    {
        if (wanted.Count == 0) return WhenAnswer.Yes;
        return present is null ? WhenAnswer.Unknown : Answer(wanted.Any(entry => present.Any(value => matches(entry, value))));
    }

    private static WhenAnswer Knows(string? wanted, CrmAnswer? crm)
    {
        if (string.IsNullOrEmpty(wanted)) return WhenAnswer.Yes;
        return crm is null ? WhenAnswer.Unknown : Answer(string.Equals(wanted, CrmKnowledge.Known, StringComparison.OrdinalIgnoreCase) == (crm.Facts is not null));
    }

    private static WhenAnswer Facts(FactConditions conditions, CrmAnswer? crm, DateOnly today)
    {
        if (conditions.All.Count + conditions.Any.Count + conditions.None.Count == 0) return WhenAnswer.Yes;
        if (crm is null) return WhenAnswer.Unknown;
        return Answer(conditions.All.All(Holds) && (conditions.Any.Count == 0 || conditions.Any.Any(Holds)) && !conditions.None.Any(Holds));

        // Of a customer whom the CRM does not know every fact is missing.
        bool Holds(FactCondition condition) => FactOps.Holds(condition.Op, condition.Value, crm.Facts?.GetValueOrDefault(condition.Field), today);
    }

    private static WhenAnswer Answer(bool holds) => holds ? WhenAnswer.Yes : WhenAnswer.No;

    private static WhenAnswer All(params ReadOnlySpan<WhenAnswer> answers)
    {
        var all = WhenAnswer.Yes;
        foreach (var answer in answers)
        {
            if (answer < all) all = answer;
        }

        return all;
    }
}
