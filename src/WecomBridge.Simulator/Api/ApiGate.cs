using System.Collections.Concurrent;

namespace WecomBridge.Simulator.Api;

/// <summary>Who may pass: rates, concurrency and one-at-a-time keys, per corp and API path.</summary>
internal sealed class ApiGate(ApiLimits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string CorpId, string Path), ApiLane> _lanes = new();
    private readonly ConcurrentDictionary<(string CorpId, string Key), bool> _busy = new();

    public IEnumerable<ApiRate> Rates => _lanes.Select(l => l.Value.Read(l.Key.CorpId, l.Key.Path));

    /// <summary>Counts a call in.</summary>
    public ApiLane.Stay Enter(string corpId, ApiRoute route) =>
        _lanes.GetOrAdd((corpId, route.Path), static _ => new ApiLane()).Enter(time.GetUtcNow(), route, limits);

    /// <summary>Lifts every block and forgets what was counted; the peaks stay.</summary>
    public void Reset()
    {
        foreach (var lane in _lanes.Values) lane.Reset();
    }

    /// <summary>Takes a key; false when somebody has it.</summary>
    public bool TryTake(string corpId, string key) => _busy.TryAdd((corpId, key), true);

    public void Free(string corpId, string key) => _busy.TryRemove((corpId, key), out _);
}

/// <summary>The calls of one corp and path: how many came, how many are under way. Keeps its own lock.</summary>
internal sealed class ApiLane
{
    private readonly Lock _lock = new();
    private readonly RateWindow _window = new();
    private readonly SlidingCount _seen = new(TimeSpan.FromMinutes(1), TimeSpan.Zero);
    private int _underWay;
    private int _peakPerMinute;
    private int _peakConcurrent;
    private long _calls;
    private long _refused;

    public Stay Enter(DateTimeOffset now, ApiRoute route, ApiLimits limits)
    {
        lock (_lock)
        {
            _calls++;
            _seen.Add(now);
            _peakPerMinute = Math.Max(_peakPerMinute, _seen.At(now));
            _peakConcurrent = Math.Max(_peakConcurrent, ++_underWay);
            var code = !route.IsUncounted && !_window.Enter(now, limits) ? 45009 : _underWay > limits.ConcurrencyOf(route.Path, route.IsList) ? 45033 : 0;
            if (code != 0) _refused++;
            return new Stay(this, code, _underWay);
        }
    }

    public ApiRate Read(string corpId, string path)
    {
        lock (_lock) return new ApiRate(corpId, path, _calls, _refused, _peakPerMinute, _peakConcurrent);
    }

    public void Reset()
    {
        lock (_lock) _window.Reset();
    }

    private void Leave()
    {
        lock (_lock) _underWay--;
    }

    /// <summary>A call inside; disposed when it is answered, whatever the answer.</summary>
    /// <param name="lane">Where.</param>
    /// <param name="code">0, or the code to refuse it with.</param>
    /// <param name="concurrent">How many are under way, itself included.</param>
    public readonly struct Stay(ApiLane lane, int code, int concurrent) : IDisposable
    {
        public int Code { get; } = code;

        public int Concurrent { get; } = concurrent;

        public void Dispose() => lane.Leave();
    }
}
