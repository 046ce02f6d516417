using System.Diagnostics;

namespace WecomBridge.Benchmarks;

/// <summary>A rough answer in seconds: time and allocation of one operation on one thread.</summary>
internal static class QuickMode
{
    private static readonly TimeSpan Warmup = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Measure = TimeSpan.FromMilliseconds(800);

    public static void Run(string name, Func<object?> operation)
    {
        Repeat(operation, Warmup);
        // The best of three: the machine is shared, and nothing makes code faster than it is.
        var best = double.MaxValue;
        var bytes = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (count, elapsed) = Repeat(operation, Measure / 3);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
            best = Math.Min(best, elapsed.TotalMicroseconds / count);
        }

        Console.WriteLine($"{name,-12} {best,8:F2} µs {bytes,8:F0} B");
    }

    private static (long Count, TimeSpan Elapsed) Repeat(Func<object?> operation, TimeSpan time)
    {
        var count = 0L;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            for (var i = 0; i < 256; i++) GC.KeepAlive(operation());
            count += 256;
        }

        return (count, Stopwatch.GetElapsedTime(start));
    }
}
