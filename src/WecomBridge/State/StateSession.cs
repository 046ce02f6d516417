using System.Data.Common;
using Dapper;

namespace WecomBridge.State;

/// <summary>Which SQL a session understands; almost all statements are understood by both.</summary>
internal enum StateDialect
{
    /// <summary>One writer at a time: rows need no locks.</summary>
    Sqlite,

    /// <summary>Writers meet at rows.</summary>
    Postgres,
}

/// <summary>A connection inside a transaction (or reading without one), valid until the unit that was given it returns.</summary>
internal sealed class StateSession(DbConnection connection, DbTransaction? transaction, StateDialect dialect, CancellationToken cancellationToken)
{
    static StateSession() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>An open connection.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>Null where the transaction is the connection's own matter (SQLite) and when reading.</summary>
    public DbTransaction? Transaction { get; } = transaction;

    /// <summary>For the few statements that differ.</summary>
    public StateDialect Dialect { get; } = dialect;

    /// <summary>Locks the rows of a SELECT until the transaction ends; empty on SQLite, where a writer is alone.</summary>
    public string ForUpdate => Dialect == StateDialect.Postgres ? "FOR UPDATE" : "";

    /// <summary>Holds a relation until the transaction ends, also one of which there is no row to lock: existing customers have none before their first event.</summary>
    public Task HoldAsync(RelationKey key) =>
        Dialect == StateDialect.Sqlite ? Task.CompletedTask : ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@Name, 0))", new { Name = $"{key.Corp}\n{key.ExternalUserId}\n{key.UserKey}" });

    /// <summary>Number of rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>All rows, read before it returns.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>The only row, or the default.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, Transaction, cancellationToken: cancellationToken);
}
