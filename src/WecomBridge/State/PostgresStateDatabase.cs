using Microsoft.Extensions.Options;
using Npgsql;
using WecomBridge.Operations;

namespace WecomBridge.State;

/// <summary>State in PostgreSQL, shared by all instances: one transaction per unit, repeated when the server undid it for another's sake.</summary>
internal sealed class PostgresStateDatabase : IStateDatabase, IAsyncDisposable
{
    /// <summary>Runs of one unit at most when it meets deadlocks or serialization failures.</summary>
    private const int MaxRuns = 6;

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;

    public PostgresStateDatabase(IOptions<StateOptions> options, TimeProvider time)
    {
        _time = time;
        var settings = new NpgsqlConnectionStringBuilder(SecretText.Resolve(options.Value.ConnectionString)) { IncludeErrorDetail = false };
        if (string.IsNullOrEmpty(settings.ApplicationName)) settings.ApplicationName = "wecombridge";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc />
    public async Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken)
    {
        for (var run = 1; ; run++)
        {
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var value = await unit(new StateSession(connection, transaction, StateDialect.Postgres, cancellationToken));
                await transaction.CommitAsync(cancellationToken);
                return value;
            }
            catch (PostgresException exception) when (IsUndone(exception) && run < MaxRuns)
            {
                // A pause of changing and growing length, or the same units meet again: 40 ms at most at first, about a second at last.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 << run)), _time, cancellationToken);
            }
            catch (NpgsqlException exception) when (IsUnavailable(exception))
            {
                throw Unavailable(exception);
            }
        }
    }

    /// <inheritdoc />
    public async Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            return await unit(new StateSession(connection, null, StateDialect.Postgres, cancellationToken));
        }
        catch (NpgsqlException exception) when (IsUnavailable(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // Without a connection even a refusal such as a wrong password is the database's state, not the unit's fault.
            throw Unavailable(exception);
        }
    }

    // serialization_failure, deadlock_detected
    private static bool IsUndone(PostgresException exception) => exception.SqlState is "40001" or "40P01";

    private static bool IsUnavailable(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: { Length: 5 } state } || IsUnavailable(state);

    // Classes: connection, transaction undone (still, after all runs), resources, operator intervention, system error. Single: the server has become read-only, the tables are not there yet.
    private static bool IsUnavailable(string state) =>
        state[..2] is "08" or "40" or "53" or "57" or "58" || state is "25006" or "42P01";

    private static StateUnavailableException Unavailable(NpgsqlException exception) => exception is PostgresException answer
        ? new StateUnavailableException($"PostgreSQL cannot serve state (SQLSTATE {answer.SqlState}).", exception)
        : new StateUnavailableException("PostgreSQL cannot be reached.", exception);
}
