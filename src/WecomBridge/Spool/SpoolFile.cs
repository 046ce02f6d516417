using System.Text.Json;
using Microsoft.Data.Sqlite;
using WecomBridge.Broker;

namespace WecomBridge.Spool;

/// <summary>One SQLite file of spooled messages. Written by one caller at a time; read beside it.</summary>
/// <remarks>WAL with synchronous=FULL: a returned commit has been synced to the disk.</remarks>
internal sealed class SpoolFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS spool (
          seq INTEGER PRIMARY KEY, lane INTEGER NOT NULL, exchange TEXT NOT NULL, routing_key TEXT NOT NULL, message_id TEXT NOT NULL, type TEXT NOT NULL,
          time INTEGER NOT NULL, partition_key TEXT NOT NULL, content_type TEXT NOT NULL, attributes TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS spool_lane ON spool (lane, seq);
        """;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _select;
    private readonly Lock _reading = new();

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

        _insert = _writer.CreateCommand();
        _insert.CommandText = "INSERT OR REPLACE INTO spool VALUES ($seq, $lane, $exchange, $routing_key, $message_id, $type, $time, $partition_key, $content_type, $attributes, $body)";
        foreach (var name in (string[])["$seq", "$lane", "$exchange", "$routing_key", "$message_id", "$type", "$time", "$partition_key", "$content_type", "$attributes", "$body"])
            _insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        _delete = _writer.CreateCommand();
        _delete.CommandText = "DELETE FROM spool WHERE seq = $seq";
        _delete.Parameters.Add(new SqliteParameter { ParameterName = "$seq" });
        _select = _reader.CreateCommand();
        _select.CommandText = "SELECT seq, lane, exchange, routing_key, message_id, type, time, partition_key, content_type, attributes, body FROM spool WHERE lane = $lane AND seq > $after ORDER BY seq LIMIT $max";
        foreach (var name in (string[])["$lane", "$after", "$max"]) _select.Parameters.Add(new SqliteParameter { ParameterName = name });
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
    public void Write(IReadOnlyList<(long Sequence, OutgoingMessage Message)> added, IReadOnlyList<long> deleted)
    {
        // An unlinked file would go on taking writes that no restart could find.
        if (!File.Exists(Path)) throw new SqliteException("The spool file is gone.", SpoolErrors.CannotOpen);
        using var transaction = _writer.BeginTransaction(deferred: false);
        _insert.Transaction = transaction;
        foreach (var (sequence, message) in added) Insert(sequence, message);
        _delete.Transaction = transaction;
        foreach (var sequence in deleted)
        {
            _delete.Parameters[0].Value = sequence;
            _delete.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>The next messages of a lane in order of arrival.</summary>
    public List<SpooledMessage> Read(MessageLane lane, long after, int max)
    {
        lock (_reading)
        {
            _select.Parameters[0].Value = (int)lane;
            _select.Parameters[1].Value = after;
            _select.Parameters[2].Value = max;
            using var row = _select.ExecuteReader();
            var found = new List<SpooledMessage>();
            while (row.Read()) found.Add(new SpooledMessage(row.GetInt64(0), ReadMessage(row)));
            return found;
        }
    }

    /// <summary>Rows and their bytes a lane, and the highest sequence, counted in the file.</summary>
    public (long Welcome, long Events, long Bytes, long LastSequence) Measure()
    {
        lock (_reading)
        {
            using var command = _reader.CreateCommand();
            command.CommandText = $"SELECT coalesce(sum(lane = 0), 0), coalesce(sum(lane = 1), 0), coalesce(sum(length(body) + {RowOverhead}), 0), coalesce(max(seq), 0) FROM spool";
            using var row = command.ExecuteReader();
            row.Read();
            return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }
    }

    /// <summary>Everything that can still be read of a damaged file, lane by lane up to the first unreadable page.</summary>
    public List<(long Sequence, OutgoingMessage Message)> Salvage()
    {
        var saved = new List<(long, OutgoingMessage)>();
        foreach (var lane in Enum.GetValues<MessageLane>())
        {
            try
            {
                for (var after = -1L; Read(lane, after, 1) is [var row]; after = row.Sequence) saved.Add((row.Sequence, row.Message));
            }
            catch (SqliteException)
            {
                // The page behind the last row is unreadable: the file stays aside for a person, and the log names it.
            }
        }

        return saved;
    }

    /// <summary>What a row counts against the byte cap beside its body: addresses and attributes, as a fixed sum so that taking and giving back always agree.</summary>
    public const int RowOverhead = 1024;

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _select.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private void Insert(long sequence, OutgoingMessage message)
    {
        var values = _insert.Parameters;
        values[0].Value = sequence;
        values[1].Value = (int)message.Lane;
        values[2].Value = message.Exchange;
        values[3].Value = message.RoutingKey;
        values[4].Value = message.Id.ToString();
        values[5].Value = message.Type;
        values[6].Value = message.Time.ToUnixTimeMilliseconds();
        values[7].Value = message.PartitionKey;
        values[8].Value = message.ContentType;
        values[9].Value = JsonSerializer.Serialize(message.Attributes, SpoolJson.Default.IReadOnlyDictionaryStringString);
        values[10].Value = message.Body.ToArray();
        _insert.ExecuteNonQuery();
    }

    private static OutgoingMessage ReadMessage(SqliteDataReader row) => new()
    {
        Lane = (MessageLane)row.GetInt32(1),
        Exchange = row.GetString(2),
        RoutingKey = row.GetString(3),
        Id = Guid.Parse(row.GetString(4)),
        Type = row.GetString(5),
        Time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        PartitionKey = row.GetString(7),
        ContentType = row.GetString(8),
        Attributes = JsonSerializer.Deserialize(row.GetString(9), SpoolJson.Default.IReadOnlyDictionaryStringString) ?? new Dictionary<string, string>(),
        Body = row.GetFieldValue<byte[]>(10),
    };

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000;");
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
