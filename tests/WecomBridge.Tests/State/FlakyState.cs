using WecomBridge.State;

namespace WecomBridge.Tests.State;

/// <summary>A database that is away when the test says so.</summary>
internal sealed class FlakyState(IStateDatabase database) : IStateDatabase
{
    private int _refused;
    private volatile bool _isAway;

    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Calls made while it was away.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) =>
        IsAway ? throw Refusal() : database.WriteAsync(unit, cancellationToken);

    public Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) =>
        IsAway ? throw Refusal() : database.ReadAsync(unit, cancellationToken);

    private StateUnavailableException Refusal()
    {
        Interlocked.Increment(ref _refused);
        return new StateUnavailableException("away");
    }
}
