using WecomBridge.State;

namespace WecomBridge.Tests.State;

/// <summary>A database that is away when the test says so.</summary>
internal sealed class FlakyState(IStateDatabase database) : IStateDatabase
{
    private int _refused;
    private int _writes;
    private Task? _hold;
    private volatile bool _isAway;

    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Calls made while it was away.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Units that are durable.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>The next unit becomes durable, and its caller hears of it only after this.</summary>
    public void HoldNextWrite(Task until) => Volatile.Write(ref _hold, until);

    public async Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken)
    {
        if (IsAway) throw Refusal();
        var result = await database.WriteAsync(unit, cancellationToken);
        Interlocked.Increment(ref _writes);
        if (Interlocked.Exchange(ref _hold, null) is { } hold) await hold;
        return result;
    }

    public Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) =>
        IsAway ? throw Refusal() : database.ReadAsync(unit, cancellationToken);

    private StateUnavailableException Refusal()
    {
        Interlocked.Increment(ref _refused);
        return new StateUnavailableException("away");
    }
}
