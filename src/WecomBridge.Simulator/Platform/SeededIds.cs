namespace WecomBridge.Simulator.Platform;

/// <summary>The one source of ids and codes: repeatable from its seed, safe to share.</summary>
internal sealed class SeededIds(int seed)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private long _number;

    /// <summary>A prefix and letters, as platform ids look.</summary>
    public string Id(string prefix, int letters = 30)
    {
        lock (_lock) return prefix + new string(_random.GetItems<char>(Letters, letters));
    }

    /// <summary>32 lower-case hex digits, as member versions look.</summary>
    public string Version()
    {
        lock (_lock) return new string(_random.GetItems<char>("0123456789abcdef", 32));
    }

    /// <summary>Digits, as nonces look.</summary>
    public string Digits(int count)
    {
        lock (_lock) return new string(_random.GetItems<char>("0123456789", count));
    }

    /// <summary>The next number of the run, from 1.</summary>
    public long Next() => Interlocked.Increment(ref _number);
}
