using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace WecomBridge.Telemetry;

/// <summary>Keeps what the instruments of <see cref="Meters"/> measure, for <c>/metrics</c>. Listens from <see cref="Start"/> on.</summary>
internal sealed class MetricBook(IMeterFactory meters) : IDisposable
{
    /// <summary>Series kept of one instrument; what comes above shares one series of its own.</summary>
    public const int MaxSeries = 2000;

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel.metric.overflow", "true")];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricEntry> _entries = new();
    private readonly Lock _collecting = new();
    private long _collection;

    /// <summary>Begins to listen; what was measured before is not known.</summary>
    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Meters without a scope are the process's own; those of another host in this process are not ours to show.
            if (!Meters.All.Contains(instrument.Meter.Name) || (instrument.Meter.Scope is { } scope && scope != meters) || Meters.IsLeftOut(instrument) || IsReserved(instrument)) return;
            listener.EnableMeasurementEvents(instrument, _entries.GetOrAdd(instrument, made => new MetricEntry(made)));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, entry) => Note(entry, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, entry) => Note(entry, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, entry) => Note(entry, value, tags));
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, entry) => Note(entry, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, entry) => Note(entry, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, entry) => Note(entry, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, entry) => Note(entry, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Everything at this moment, in the text format of Prometheus.</summary>
    public string Write()
    {
        lock (_collecting)
        {
            _collection++;
            Observe();
            return PrometheusText.Write(_entries.Values, _collection);
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The text format keeps this ending for histograms; the gauges of .NET that have it (assemblies, processors, threads of the pool, timers) are not missed. Counters end in <c>_total</c>.</summary>
    private static bool IsReserved(Instrument instrument) => instrument.KindOf() == MetricKind.Gauge && instrument.Name.EndsWith(".count", StringComparison.Ordinal);

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // It is thrown when all have been asked. Those that failed are missing on the page; the others are what helps to find out why.
        }
    }

    private void Note(object? entry, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((MetricEntry)entry!).Note(value, tags, _collection);

    /// <summary>One instrument and its series.</summary>
    internal sealed class MetricEntry(Instrument instrument)
    {
        private readonly MetricKind _kind = instrument.KindOf();
        private readonly bool _isSet = instrument.IsSet();
        private readonly double[] _bounds = instrument.KindOf() == MetricKind.Histogram ? instrument.BoundsOf() : [];
        private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _series = new(TagSets.Comparer);

        public Instrument Instrument => instrument;

        public MetricKind Kind => _kind;

        /// <summary>What is to be shown, in a fixed order.</summary>
        public IEnumerable<MetricSeries> Shown(long collection) =>
            _series.Values.Where(series => !instrument.IsObservable || series.Collected == collection).OrderBy(series => series.Labels, StringComparer.Ordinal);

        public void Note(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long collection)
        {
            var series = Find(tags);
            if (_kind == MetricKind.Histogram) series.Observe(value);
            else if (_isSet) series.Set(value, collection);
            else series.Add(value);
        }

        private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (_series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var found)) return found;
            var key = _series.Count < MaxSeries ? tags.ToArray() : Overflow;
            return _series.GetOrAdd(key, made => new MetricSeries(PrometheusText.Labels(made), _bounds));
        }
    }
}
