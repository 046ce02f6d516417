using System.Collections.Concurrent;

namespace WecomBridge.Simulator.Api;

/// <summary>Who may pass: rates, concurrency and one-at-a-time keys, per corp and API path.</summary>
internal sealed class ApiGate(ApiLimits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);

    /// <summary>Counts a call in; every entry is followed by <see cref="Leave"/>, whatever was answered.</summary>
    /// <returns>0, or the code to refuse it with; and how many are under way.</returns>
    public (int Code, int Concurrent) Enter(string corpId, ApiRoute route)
    {
        var lane = _lanes.GetOrAdd($"{corpId} {route.Path}", _ => new Lane());
        lock (lane)
        {
            lane.UnderWay++;
            if (!lane.Window.Enter(time.GetUtcNow(), limits.PerMinute, limits.PerHour)) return (45009, lane.UnderWay);
            return (route.IsList && lane.UnderWay > limits.ListConcurrency ? 45033 : 0, lane.UnderWay);
        }
    }

    public void Leave(string corpId, ApiRoute route)
    {
        var lane = _lanes[$"{corpId} {route.Path}"];
        lock (lane) lane.UnderWay--;
    }

    /// <summary>Takes a key; null when somebody has it.</summary>
    public IDisposable? TryTake(string corpId, string? key)
    {
        if (key is null) return Nothing.Instance;
        var full = $"{corpId} {key}";
        return _busy.TryAdd(full, true) ? new Taken(_busy, full) : null;
    }

    private sealed class Lane
    {
        public RateWindow Window { get; } = new();
        public int UnderWay { get; set; }
    }

    private sealed class Taken(ConcurrentDictionary<string, bool> busy, string key) : IDisposable
    {
        public void Dispose() => busy.TryRemove(key, out _);
    }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
            // Nobody waits for what was never taken.
        }
    }
}
