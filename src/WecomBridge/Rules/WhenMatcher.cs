using System.Globalization;

namespace WecomBridge.Rules;

/// <summary>What a rule is held against.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="State">Channel parameter; null for none.</param>
/// <param name="Staff">Staff id.</param>
/// <param name="LocalTime">The moment, in the corp's time zone.</param>
internal readonly record struct WhenSubject(string Corp, string? State, string Staff, DateTime LocalTime)
{
    /// <summary>The moment as a clock in the corp shows it.</summary>
    public static DateTime Local(DateTimeOffset at, string timeZone) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime;
}

/// <summary>Decides whether conditions hold, and what is wrong with them.</summary>
internal static class WhenMatcher
{
    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static bool Matches(When when, in WhenSubject subject) =>
        Pattern.MatchesAny(when.Corps, subject.Corp)
        && Pattern.MatchesAny(when.State, subject.State)
        && Pattern.MatchesAny(when.Staff, subject.Staff, ignoreCase: true)
        && (when.Hours is null || (TryReadHours(when.Hours, out var from, out var until) && Holds(from, until, TimeOnly.FromDateTime(subject.LocalTime))))
        && (when.Days.Count == 0 || when.Days.Contains(DayNames[(int)subject.LocalTime.DayOfWeek], StringComparer.OrdinalIgnoreCase));

    /// <summary>Faults in conditions, each naming its key.</summary>
    public static IEnumerable<string> FindFaults(string path, When when)
    {
        if (when.Hours is not null && !TryReadHours(when.Hours, out _, out _)) yield return $"{path}:Hours must look like 09:00-21:00, with two different times.";
        for (var i = 0; i < when.Days.Count; i++)
        {
            if (!DayNames.Contains(when.Days[i], StringComparer.OrdinalIgnoreCase)) yield return $"{path}:Days:{i} must be one of Mon, Tue, Wed, Thu, Fri, Sat, Sun.";
        }

        foreach (var (name, patterns) in new[] { ("Corps", when.Corps), ("State", when.State), ("Staff", when.Staff) })
        {
            for (var i = 0; i < patterns.Count; i++)
            {
                if (string.IsNullOrEmpty(patterns[i])) yield return $"{path}:{name}:{i} is empty.";
            }
        }
    }

    private static bool Holds(TimeOnly from, TimeOnly until, TimeOnly time) => from < until ? time >= from && time < until : time >= from || time < until;

    private static bool TryReadHours(string hours, out TimeOnly from, out TimeOnly until)
    {
        (from, until) = (default, default);
        return hours.Split('-') is [var first, var second]
            && TimeOnly.TryParseExact(first.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out from)
            && (second.Trim() == "24:00" || TimeOnly.TryParseExact(second.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out until))
            && from != until;
    }
}
