using System.Globalization;

namespace WecomBridge.Rules;

/// <summary>Days of the calendar as settings name them: one day or a range, of one year (<c>2026-10-01</c>) or of every year (<c>10-01</c>). Both ends belong to a range.</summary>
internal static class SpecialDates
{
    /// <summary>Parts a range.</summary>
    public const string To = "..";

    /// <summary>A leap year, so that 29 February is a day.</summary>
    private const int AnyYear = 2000;

    public static bool IsValid(string dates) => TryRead(dates, out _, out _, out _);

    /// <summary>False also for text that is no date.</summary>
    public static bool Contains(string dates, DateOnly day)
    {
        if (!TryRead(dates, out var from, out var to, out var yearly)) return false;
        if (!yearly) return day >= from && day <= to;

        var inAnyYear = new DateOnly(AnyYear, day.Month, day.Day);
        return from <= to ? inAnyYear >= from && inAnyYear <= to : inAnyYear >= from || inAnyYear <= to;
    }

    /// <summary>A day that is written <c>2026-10-01</c>; of a time only its date counts, as it is written.</summary>
    public static bool TryReadDay(string text, out DateOnly day)
    {
        day = default;
        return text.Length >= 10 && (text.Length == 10 || text[10] is 'T' or ' ') && TryReadFull(text[..10], out day);
    }

    /// <summary>A day of every year, <c>10-01</c>.</summary>
    public static bool TryReadYearly(string text, out DateOnly day) =>
        DateOnly.TryParseExact($"{AnyYear}-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static bool TryRead(string dates, out DateOnly from, out DateOnly to, out bool yearly)
    {
        var parts = dates.Split(To, StringSplitOptions.TrimEntries);
        var (first, last) = (parts[0], parts[^1]);
        (to, yearly) = (default, TryReadYearly(first, out from));
        if (parts.Length > 2) return false;
        return yearly ? TryReadYearly(last, out to) : TryReadFull(first, out from) && TryReadFull(last, out to) && from <= to;
    }

    private static bool TryReadFull(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
