using System.Diagnostics.Metrics;

namespace WecomBridge.Telemetry;

/// <summary>How an instrument is shown.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>The last value, or the sum of ups and downs.</summary>
    Gauge,

    /// <summary>Counts by size, with their sum.</summary>
    Histogram,
}

/// <summary>One instrument with one set of tags. Safe for many writers.</summary>
/// <param name="labels">As they stand between the braces; empty for none.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, ascending; empty for other kinds.</param>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private long _count;

    /// <summary>As they stand between the braces.</summary>
    public string Labels => labels;

    /// <summary>Upper bounds of the buckets; above the last there is one more.</summary>
    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>Which collection last set it; one that is not set any more is not shown.</summary>
    public long Collected { get; private set; }

    public void Add(double value)
    {
        lock (_lock) _value += value;
    }

    public void Set(double value, long collection)
    {
        lock (_lock) (_value, Collected) = (value, collection);
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
        lock (_lock)
        {
            _buckets[bucket]++;
            _count++;
            _value += value;
        }
    }

    /// <summary>Value or sum, count, and the buckets as they are, not yet added up.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock) return (_value, _count, [.. _buckets]);
    }
}

/// <summary>What instruments tell of themselves.</summary>
internal static class InstrumentExtensions
{
    /// <summary>How an instrument is shown.</summary>
    public static MetricKind KindOf(this Instrument instrument) => instrument.GetType().GetGenericTypeDefinition() switch
    {
        var type when type == typeof(Counter<>) || type == typeof(ObservableCounter<>) => MetricKind.Counter,
        var type when type == typeof(Histogram<>) => MetricKind.Histogram,
        _ => MetricKind.Gauge,
    };

    /// <summary>Whether measurements replace what was there, instead of being added.</summary>
    public static bool IsSet(this Instrument instrument) => instrument.IsObservable || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);

    /// <summary>Bounds that the instrument asks for, else those of the conventions for seconds.</summary>
    public static double[] BoundsOf(this Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => [.. Buckets.Seconds.HistogramBucketBoundaries!],
    };
}
