using System.Buffers;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>One SQLite file of spooled messages. Written by one caller at a time; read beside it.</summary>
/// <remarks>WAL with synchronous=FULL: a returned commit has been synced to the disk.</remarks>
internal sealed class SpoolFile : IDisposable
{
    /// <summary>The key is the lane above the order of arrival: each lane is one range, and no index is kept beside the rows.</summary>
    private const string Schema = "CREATE TABLE IF NOT EXISTS waiting (key INTEGER PRIMARY KEY, head BLOB NOT NULL, body BLOB NOT NULL)";
    private const int LaneShift = 62;
    private const long SequenceMask = (1L << LaneShift) - 1;

    /// <summary>Pages of the log that are gathered before they go into the file: 32 MiB. Rows that have gone on by then cost the file nothing.</summary>
    private const int CheckpointPages = 8192;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly SpoolStatement _begin;
    private readonly SpoolStatement _insert;
    private readonly SpoolStatement _delete;
    private readonly SpoolStatement _commit;
    private readonly SpoolStatement _rollback;
    private readonly SpoolStatement _select;
    private readonly ArrayBufferWriter<byte> _head = new(1024);
    private readonly Lock _reading = new();
    private bool _disposed;

    private SpoolFile(string path)
    {
        Path = path;
        _writer = Open(path);
        try
        {
            _writer.Execute(Schema);
            _reader = Open(path);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }

        _begin = new SpoolStatement(_writer, "BEGIN IMMEDIATE");
        _insert = new SpoolStatement(_writer, "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?)");
        _delete = new SpoolStatement(_writer, "DELETE FROM waiting WHERE key = ?");
        _commit = new SpoolStatement(_writer, "COMMIT");
        _rollback = new SpoolStatement(_writer, "ROLLBACK");
        _select = new SpoolStatement(_reader, "SELECT key, head, body FROM waiting WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?");
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Opens or creates a file and its folder.</summary>
    /// <exception cref="SqliteException">The file is damaged, or its folder cannot be written.</exception>
    public static SpoolFile OpenOrCreate(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        return new SpoolFile(path);
    }

    /// <summary>Adds and deletes rows in one synced transaction: all of them or none.</summary>
    /// <exception cref="SqliteException">The disk is full, the file is damaged or cannot be written.</exception>
    public void Write(IReadOnlyList<(long Sequence, OutgoingMessage Message)> added, IReadOnlyList<SpooledMessage> deleted)
    {
        // An unlinked file would go on taking writes that no restart could find.
        if (!File.Exists(Path)) throw new SqliteException("The spool file is gone.", SpoolErrors.CannotOpen);
        _begin.Run();
        try
        {
            foreach (var (sequence, message) in added) Insert(sequence, message);
            foreach (var (sequence, message) in deleted) _delete.Bind(1, Key(message.Lane, sequence)).Run();
            _commit.Run();
        }
        catch
        {
            // On some failures, a full disk among them, the engine has ended the transaction already.
            if (raw.sqlite3_get_autocommit(_writer.Handle) == 0) _rollback.Run();
            throw;
        }
    }

    /// <summary>The next messages of a lane in order of arrival.</summary>
    public List<SpooledMessage> Read(MessageLane lane, long after, int max)
    {
        lock (_reading)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _select.Bind(1, Key(lane, after + 1)).Bind(2, Key(lane, SequenceMask)).Bind(3, max);
            var found = new List<SpooledMessage>();
            try
            {
                while (_select.Next())
                    found.Add(new SpooledMessage(_select.Integer(0) & SequenceMask, SpoolHead.Read(lane, _select.Blob(1), _select.Blob(2).ToArray())));
            }
            finally
            {
                _select.Reset();
            }

            return found;
        }
    }

    /// <summary>Rows and their bytes a lane, and the highest sequence, counted in the file.</summary>
    public (long Welcome, long Events, long Bytes, long LastSequence) Measure()
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = $"SELECT coalesce(sum(key <= {SequenceMask}), 0), coalesce(sum(key > {SequenceMask}), 0), coalesce(sum(length(body) + {RowOverhead}), 0), coalesce(max(key & {SequenceMask}), 0) FROM waiting";
            using var row = command.ExecuteReader();
            row.Read();
            return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }
    }

    /// <summary>Everything that can still be read of a damaged file: from both ends up to the first unreadable page, without rows that are unreadable themselves.</summary>
    public List<(long Sequence, OutgoingMessage Message)> Salvage()
    {
        var saved = new Dictionary<long, OutgoingMessage>();
        lock (_reading)
        {
            foreach (var order in (string[])["ASC", "DESC"]) Salvage(order, saved);
        }

        return [.. saved.OrderBy(row => row.Key).Select(row => (row.Key & SequenceMask, row.Value))];
    }

    private void Salvage(string order, Dictionary<long, OutgoingMessage> saved)
    {
        try
        {
            using var all = new SpoolStatement(_reader, $"SELECT key, head, body FROM waiting ORDER BY key {order}");
            while (all.Next())
            {
                var key = all.Integer(0);
                if (SpoolHead.TryRead((MessageLane)(key >> LaneShift), all.Blob(1), all.Blob(2).ToArray()) is { } message) saved.TryAdd(key, message);
            }
        }
        catch (SqliteException)
        {
            // The next page is unreadable: the file stays aside for a person, and the log names it.
        }
    }

    /// <summary>What a row counts against the byte cap beside its body: addresses and attributes, as a fixed sum so that taking and giving back always agree.</summary>
    public const int RowOverhead = 1024;

    public void Dispose()
    {
        lock (_reading)
        {
            _disposed = true;
            foreach (var statement in (SpoolStatement[])[_begin, _insert, _delete, _commit, _rollback, _select]) statement.Dispose();
            _reader.Dispose();
            _writer.Dispose();
        }
    }

    private void Insert(long sequence, OutgoingMessage message)
    {
        _head.ResetWrittenCount();
        SpoolHead.Write(_head, message);
        _insert.Bind(1, Key(message.Lane, sequence)).Bind(2, _head.WrittenSpan).Bind(3, message.Body.Span).Run();
    }

    private static long Key(MessageLane lane, long sequence) => ((long)lane << LaneShift) | sequence;

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000; PRAGMA wal_autocheckpoint={CheckpointPages};");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

internal static class SqliteConnectionExtensions
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
