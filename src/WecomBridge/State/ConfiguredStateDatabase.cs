using Microsoft.Extensions.Options;

namespace WecomBridge.State;

/// <summary>The database that the settings name, opened at its first use: settings are read after all of them were checked.</summary>
internal sealed class ConfiguredStateDatabase(IOptions<StateOptions> options, TimeProvider time, ILogger<SqliteStateDatabase> sqliteLogger) : IStateDatabase, IAsyncDisposable
{
    private readonly Lazy<IStateDatabase> _database = new(() =>
        options.Value.Provider == StateProvider.Postgres ? new PostgresStateDatabase(options, time) : new SqliteStateDatabase(options, sqliteLogger));

    /// <inheritdoc />
    public Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) => _database.Value.WriteAsync(unit, cancellationToken);

    /// <inheritdoc />
    public Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) => _database.Value.ReadAsync(unit, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _database is { IsValueCreated: true, Value: IAsyncDisposable database } ? database.DisposeAsync() : ValueTask.CompletedTask;
}
