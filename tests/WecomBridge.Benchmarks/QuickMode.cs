using System.Diagnostics;

namespace WecomBridge.Benchmarks;

/// <summary>A rough answer in seconds: processor time and allocation for one callback, the last line against its budget.</summary>
internal static class QuickMode
{
    private const int Rounds = 5;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    /// <returns>0, or 1 when the budget is exceeded.</returns>
    public static int Run()
    {
        var decode = new DecodeBenchmarks();
        var pipeline = new PipelineBenchmarks();
        Measure("envelope", () => decode.Envelope() ? decode : null);
        Measure("open", () => decode.Open().IsEmpty ? null : decode);
        Measure("read", decode.Read);
        Measure("decode", decode.Decode);
        Measure("map", () => pipeline.Map() > 0 ? pipeline : null);
        var routing = new RoutingBenchmarks();
        Measure("route, none", () => routing.NoneHolds() == 0 ? routing : null);
        Measure("route, one", () => routing.OneHolds() == 1 ? routing : null);
        using var spool = new SpoolBenchmarks();
        Measure("spool", () => spool.AppendReadDelete().GetAwaiter().GetResult() == SpoolBenchmarks.Callers ? spool : null, SpoolBenchmarks.Callers);
        var (microseconds, bytes) = Measure("pipeline", () => pipeline.DecodeMapSerialise() > 0 ? pipeline : null);
        var met = microseconds <= PipelineBenchmarks.BudgetMicroseconds && bytes <= PipelineBenchmarks.BudgetBytes;
        Console.WriteLine($"{(met ? "PASS" : "FAIL")} decode + map + serialise: budget {PipelineBenchmarks.BudgetMicroseconds:F0} µs, {PipelineBenchmarks.BudgetBytes:F0} B");
        return met ? 0 : 1;
    }

    private static (double Microseconds, double Bytes) Measure(string name, Func<object?> operation, int callbacks = 1)
    {
        Repeat(operation, Warmup);
        // The best round counts: neighbours also take cache and clock, and nothing makes code faster than it is.
        var best = double.MaxValue;
        var bytes = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var (count, processor) = Repeat(operation, Round);
            bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count / callbacks;
            best = Math.Min(best, processor.TotalMicroseconds / count / callbacks);
        }

        Console.WriteLine($"{name,-12} {best,8:F2} µs {bytes,8:F0} B");
        return (best, bytes);
    }

    /// <summary>Processor time of the whole process, collector included: what others do on a shared machine is not counted.</summary>
    private static (long Count, TimeSpan Processor) Repeat(Func<object?> operation, TimeSpan time)
    {
        var count = 0L;
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            for (var i = 0; i < 16; i++) GC.KeepAlive(operation());
            count += 16;
        }

        return (count, Environment.CpuUsage.TotalTime - processor);
    }
}
