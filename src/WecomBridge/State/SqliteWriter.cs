using Microsoft.Data.Sqlite;

namespace WecomBridge.State;

/// <summary>The one connection that writes, with its transaction statements prepared once.</summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>How long a lock held by another process is waited for, unless the connection string says otherwise.</summary>
    public const int BusySeconds = 5;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _save;
    private readonly SqliteCommand _undo;
    private readonly SqliteCommand _release;
    private readonly SqliteCommand _commit;

    private SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Command("BEGIN IMMEDIATE");
        _save = Command("SAVEPOINT unit");
        _undo = Command("ROLLBACK TO unit; RELEASE unit");
        _release = Command("RELEASE unit");
        _commit = Command("COMMIT");
        Session = new StateSession(connection, null, StateDialect.Sqlite, CancellationToken.None);
    }

    /// <summary>What units work with; the transaction is the connection's own.</summary>
    public StateSession Session { get; }

    /// <summary>Opens the file, with its folder if need be. Every commit is synced to disk.</summary>
    public static SqliteWriter Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
            connection.Open();
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = $"PRAGMA busy_timeout = {connection.DefaultTimeout * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            pragmas.ExecuteNonQuery();
            return new SqliteWriter(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Save() => _save.ExecuteNonQuery();

    /// <summary>Back to the last <see cref="Save"/>. Throws when the engine has given up the whole transaction, as it does on a full disk.</summary>
    public void Undo() => _undo.ExecuteNonQuery();

    public void Release() => _release.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>Closes; what was not committed is undone.</summary>
    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _save, _undo, _release, _commit]) command.Dispose();
        _connection.Dispose();
    }

    /// <summary>The file, its disk, its locks or its set-up are at fault, not the statement.</summary>
    public static bool IsUnavailable(SqliteException exception) => exception.SqliteErrorCode switch
    {
        // PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB of sqlite.org/rescode.html
        3 or 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 => true,
        1 => exception.Message.Contains("no such table", StringComparison.Ordinal),
        _ => false,
    };

    public static StateUnavailableException Unavailable(Exception cause) => cause is SqliteException sqlite
        ? new StateUnavailableException($"The state file cannot be used (SQLite error {sqlite.SqliteErrorCode}, extended {sqlite.SqliteExtendedErrorCode}).", cause)
        : new StateUnavailableException($"The state file cannot be used ({cause.GetType().Name}).", cause);

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
