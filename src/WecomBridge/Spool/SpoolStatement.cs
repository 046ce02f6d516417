using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WecomBridge.Spool;

/// <summary>One prepared statement of a spool file, used by one caller at a time. SQLite's own calls: through ADO.NET a row costs twice as much.</summary>
internal sealed class SpoolStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The file cannot be read, or does not have the schema.</exception>
    public SpoolStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
    }

    /// <summary>Sets a parameter, counted from 1.</summary>
    public SpoolStatement Bind(int index, long value)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(_statement, index, value), _database);
        return this;
    }

    /// <summary>Sets a parameter, counted from 1; the bytes are copied. None at all are stored as no bytes, not as NULL.</summary>
    public SpoolStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        var result = value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value);
        SqliteException.ThrowExceptionForRC(result, _database);
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        while (Next())
        {
            // A statement may answer with rows that nobody asked for.
        }
    }

    /// <summary>Steps to the next row; after the last one the statement is ready to be bound and run again.</summary>
    /// <exception cref="SqliteException">It failed; it can be bound and run again.</exception>
    public bool Next()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;

        // Thrown before the reset: the message is the database's last.
        try
        {
            if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _database);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    /// <summary>Ends a reading before its last row. Until then the statement holds its view of the file.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>A column of the row, counted from 0.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A column of the row, counted from 0; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();
}
