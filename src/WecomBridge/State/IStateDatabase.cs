namespace WecomBridge.State;

/// <summary>What must outlive a restart: SQLite for one instance, PostgreSQL for several.</summary>
internal interface IStateDatabase
{
    /// <summary>Runs one unit in a transaction, all or nothing; returns when it is durable.</summary>
    /// <param name="unit">SQL through its session and nothing else: it may be run more than once, other units wait for it, and it must not call the database again.</param>
    /// <param name="cancellationToken">Stops waiting. A unit not yet begun is not run; one that has begun may become durable all the same.</param>
    /// <exception cref="StateUnavailableException">The database cannot be reached or cannot store; whether the unit took effect is unknown, and repeating it must be harmless.</exception>
    Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken);

    /// <summary>Runs a unit that only reads; each of its statements sees what was durable when the statement began.</summary>
    /// <exception cref="StateUnavailableException">The database cannot be reached.</exception>
    Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken);
}

/// <summary>Units without a result.</summary>
internal static class StateDatabaseExtensions
{
    /// <inheritdoc cref="IStateDatabase.WriteAsync" />
    public static Task WriteAsync(this IStateDatabase database, Func<StateSession, Task> unit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await unit(session);
                return true;
            },
            cancellationToken);
}

/// <summary>The database is away, full, locked or not yet set up: the caller waits and tries again, nothing is wrong with its data.</summary>
internal sealed class StateUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
