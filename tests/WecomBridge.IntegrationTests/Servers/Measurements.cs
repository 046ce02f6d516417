using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>What the bridges of this process record in their histograms, in seconds.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _values = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "WecomBridge") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _values.GetOrAdd(instrument.Name, _ => new ConcurrentQueue<double>()).Enqueue(value));
        _listener.Start();
    }

    /// <summary>The value that so many of 100 stay at or below; fails when none was recorded.</summary>
    public double Percentile(string instrument, double percent)
    {
        var sorted = _values.GetValueOrDefault(instrument)?.Order().ToArray() ?? [];
        sorted.ShouldNotBeEmpty(instrument);
        return sorted[(int)Math.Ceiling(sorted.Length * percent / 100) - 1];
    }

    public void Dispose() => _listener.Dispose();
}
