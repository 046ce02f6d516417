using System.Diagnostics.Metrics;

namespace WecomBridge.Telemetry;

/// <summary>Bounds of histograms.</summary>
internal static class Buckets
{
    /// <summary>Seconds, as the conventions for messaging and HTTP give them.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] };
}
