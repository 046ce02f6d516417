using System.Runtime.InteropServices;

namespace WecomBridge.Simulator.Api;

/// <summary>Whole days of UTC+8, as statistics count them.</summary>
/// <param name="From">00:00 of the first day.</param>
/// <param name="Until">00:00 of the day after the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Days(DateTimeOffset From, DateTimeOffset Until)
{
    private const int LongestSpan = 30;
    private const int OldestDay = 180;
    private static readonly long Latest = DateTimeOffset.MaxValue.AddDays(-2).ToUnixTimeSeconds();
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>Reads a closed interval of at most 30 days, begun at most 180 days ago; seconds within a day are cut off.</summary>
    /// <exception cref="ApiRefusal">600018 when it is none.</exception>
    public static Days Read(ApiCall call, string beginName, string endName, bool endOptional = false)
    {
        var begin = call.Number(beginName) ?? throw ApiRefusal.Parameter(beginName);
        var end = call.Number(endName) ?? (endOptional ? begin : throw ApiRefusal.Parameter(endName));
        var days = new Days(Floor(begin), Floor(end).AddDays(1));
        var span = (days.Until - days.From).TotalDays;
        return span is >= 1 and <= LongestSpan && days.From >= call.Now.AddDays(-OldestDay - 1) ? days : throw new ApiRefusal(600018);
    }

    /// <summary>Day by day.</summary>
    public IEnumerable<Days> Each()
    {
        for (var day = From; day < Until; day = day.AddDays(1)) yield return new Days(day, day.AddDays(1));
    }

    private static DateTimeOffset Floor(long seconds) => new(DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, Latest)).ToOffset(Zone).Date, Zone);
}
