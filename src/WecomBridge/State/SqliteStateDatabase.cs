using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;

namespace WecomBridge.State;

/// <summary>State in one file. A single task writes: units that wait for it share one synced commit, each under a savepoint of its own.</summary>
/// <remarks>A unit that throws is undone alone and fails its caller alone; a commit that fails fails every unit that shared it.</remarks>
internal sealed class SqliteStateDatabase : IStateDatabase, IAsyncDisposable
{
    /// <summary>Units that share a commit at most: beyond it a sync costs next to nothing per unit, and callers wait longer.</summary>
    private const int MaxGroup = 256;

    /// <summary>Units that may wait; further callers wait for room.</summary>
    private const int MaxQueued = 1024;

    private readonly ILogger<SqliteStateDatabase> _logger;
    private readonly string _writeConnectionString;
    private readonly string _readConnectionString;
    private readonly Channel<QueuedUnit> _queue = Channel.CreateBounded<QueuedUnit>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly AsyncLocal<bool> _insideWriter = new();
    private readonly Task _writing;
    private SqliteWriter? _writer;
    private bool _failing;

    public SqliteStateDatabase(IOptions<StateOptions> options, ILogger<SqliteStateDatabase> logger)
    {
        _logger = logger;
        var settings = new SqliteConnectionStringBuilder(SecretText.Resolve(options.Value.ConnectionString));
        settings.DataSource = Path.GetFullPath(settings.DataSource);
        if (!settings.ShouldSerialize("Default Timeout")) settings.DefaultTimeout = SqliteWriter.BusySeconds;
        settings.Pooling = false;
        _writeConnectionString = settings.ConnectionString;
        settings.Pooling = true;
        settings.Mode = SqliteOpenMode.ReadOnly;
        _readConnectionString = settings.ConnectionString;
        _writing = Task.Run(WriteQueuedAsync);
    }

    /// <inheritdoc />
    public async Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken)
    {
        if (_insideWriter.Value) throw new InvalidOperationException("A unit must not start another one: it would wait for itself.");
        var queued = new QueuedUnit<T>(unit, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(queued, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new StateUnavailableException("State has been closed.", exception);
        }

        return await queued.Stored.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(_readConnectionString);
            await connection.OpenAsync(cancellationToken);
            return await unit(new StateSession(connection, null, StateDialect.Sqlite, cancellationToken));
        }
        catch (SqliteException exception) when (SqliteWriter.IsUnavailable(exception))
        {
            throw SqliteWriter.Unavailable(exception);
        }
    }

    /// <summary>Takes no more units and returns when those already taken are durable.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        using var connection = new SqliteConnection(_readConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private async Task WriteQueuedAsync()
    {
        _insideWriter.Value = true;
        while (await _queue.Reader.WaitToReadAsync()) await WriteGroupAsync();
        _writer?.Dispose();
    }

    private async Task WriteGroupAsync()
    {
        var group = new List<QueuedUnit>();
        try
        {
            _writer ??= SqliteWriter.Open(_writeConnectionString);
            _writer.Begin();
            while (group.Count < MaxGroup && _queue.Reader.TryRead(out var unit))
            {
                // In the list before it runs: when the transaction breaks under it, it fails with the group.
                group.Add(unit);
                if (!await RunAloneAsync(_writer, unit)) group.RemoveAt(group.Count - 1);
            }

            _writer.Commit();
        }
        catch (Exception exception)
        {
            // Whatever it was, nothing of this group is known to be durable: its callers are told so, and the connection is not trusted again.
            FailGroup(group, exception);
            return;
        }

        _failing = false;
        foreach (var unit in group) unit.Complete();
    }

    private static async Task<bool> RunAloneAsync(SqliteWriter writer, QueuedUnit unit)
    {
        if (unit.IsAbandoned)
        {
            unit.Fail(new OperationCanceledException());
            return false;
        }

        writer.Save();
        try
        {
            await unit.RunAsync(writer.Session);
        }
        catch (Exception exception)
        {
            // The caller's failure, of whatever kind, goes back to the caller once its changes are undone.
            writer.Undo();
            unit.Fail(exception is SqliteException sqlite && SqliteWriter.IsUnavailable(sqlite) ? SqliteWriter.Unavailable(sqlite) : exception);
            return false;
        }

        writer.Release();
        return true;
    }

    private void FailGroup(List<QueuedUnit> group, Exception exception)
    {
        _writer?.Dispose();
        _writer = null;
        while (group.Count < MaxGroup && _queue.Reader.TryRead(out var waiting)) group.Add(waiting);
        var failure = SqliteWriter.Unavailable(exception);
        if (!_failing) _logger.WritesFail(failure.Message);
        _failing = true;
        foreach (var unit in group) unit.Fail(failure);
    }

    private abstract class QueuedUnit(CancellationToken cancellationToken)
    {
        public bool IsAbandoned => cancellationToken.IsCancellationRequested;

        public abstract Task RunAsync(StateSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class QueuedUnit<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) : QueuedUnit(cancellationToken)
    {
        private readonly TaskCompletionSource<T> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Activity? _span = Activity.Current;
        private T _value = default!;

        public Task<T> Stored => _stored.Task;

        public override async Task RunAsync(StateSession session)
        {
            // It belongs to its caller's trace, wherever it is run.
            Activity.Current = _span;
            _value = await unit(session);
        }

        public override void Complete() => _stored.TrySetResult(_value);

        public override void Fail(Exception exception) => _stored.TrySetException(exception);
    }
}
