using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using WecomBridge.Operations;

namespace WecomBridge.Crm;

/// <summary>A CRM's database: statements of the settings with named parameters. A value never becomes a part of a statement's text.</summary>
internal sealed class SqlCrmConnector : ICrmConnector, IAsyncDisposable
{
    /// <summary>Two records tell that there is more than one.</summary>
    private const int MaxRows = 2;

    private readonly SqlCrmOptions _options;
    private readonly NpgsqlDataSource? _postgres;
    private readonly string _connection;
    private readonly CrmWriteTemplates _templates;

    public SqlCrmConnector(IOptions<CrmOptions> options)
    {
        _options = options.Value.Sql;
        _connection = SecretText.Resolve(_options.ConnectionString!);
        _templates = new CrmWriteTemplates(_options.Write.Set, _options.Write.Check);
        if (_options.Provider == SqlCrmProvider.Postgres)
        {
            // Details of an error quote values.
            var settings = new NpgsqlConnectionStringBuilder(_connection) { IncludeErrorDetail = false, CommandTimeout = Seconds };
            if (string.IsNullOrEmpty(settings.ApplicationName)) settings.ApplicationName = "wecombridge-crm";
            _postgres = NpgsqlDataSource.Create(settings);
        }
        else
        {
            var settings = new SqliteConnectionStringBuilder(_connection) { DefaultTimeout = Seconds };
            // A file that is missing must not come into being, empty.
            if (settings.Mode == SqliteOpenMode.ReadWriteCreate) settings.Mode = SqliteOpenMode.ReadWrite;
            _connection = settings.ToString();
        }
    }

    public string Source => "sql";

    private int Seconds => (int)Math.Ceiling(_options.Timeout.TotalSeconds);

    /// <summary>The parameter that stands for a key's value.</summary>
    public static string ParameterOf(CrmKey key) => key switch
    {
        CrmKey.ExternalUserId => "@externalUserId",
        CrmKey.UnionId => "@unionId",
        CrmKey.MemberNumber => "@memberNumber",
        _ => "@mobile",
    };

    public bool Asks(CrmKey key) => _options.QuestionBy(key) is not null;

    public Task<CrmRecords> AskAsync(CrmKey key, string value, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add(ParameterOf(key), value);
        return RunAsync(connection => ReadAsync(connection, new CommandDefinition(_options.QuestionBy(key)!, parameters, commandTimeout: Seconds, cancellationToken: cancellationToken), cancellationToken), cancellationToken);
    }

    public CrmWrite? Prepare(string? id, CrmContent content)
    {
        if ((id is null ? _options.Write.Create : _options.Write.Statement) is null) return null;
        var values = _templates.Set.ToDictionary(value => value.Place, value => value.Value.IsList ? JsonSerializer.Serialize(value.Value.RenderList(content)) : value.Value.Render(id, content), StringComparer.Ordinal);
        return new CrmWrite(id, JsonSerializer.Serialize(values), _templates.Expected(id, content));
    }

    public async Task WriteAsync(CrmWrite write, string key, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        if (write.Id is not null) parameters.Add("@id", write.Id);
        parameters.Add("@idempotencyKey", key);
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(write.Payload)!) parameters.Add("@" + name, value);
        var statement = (write.Id is null ? _options.Write.Create : _options.Write.Statement)!;
        var rows = await RunAsync(connection => connection.ExecuteAsync(new CommandDefinition(statement, parameters, commandTimeout: Seconds, cancellationToken: cancellationToken)), cancellationToken);
        // The record was there a moment ago: whoever looks again finds where it has gone. What counts no rows says less than none.
        if (rows == 0 && write.Id is not null) throw new CrmException(WecomBridge.Wecom.Api.WecomFailure.Gone, "The CRM's database changed no row.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        else SqliteConnection.ClearPool(new SqliteConnection(_connection));
    }

    private async Task<CrmRecords> ReadAsync(DbConnection connection, CommandDefinition command, CancellationToken cancellationToken)
    {
        await using var reader = await connection.ExecuteReaderAsync(command);
        var rows = new List<Dictionary<string, string>>();
        while (rows.Count < MaxRows && await reader.ReadAsync(cancellationToken)) rows.Add(SqlRow.Read(reader));
        if (rows.Count > 1) return CrmRecords.Several;
        if (rows.Count == 0) return CrmRecords.None;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, column) in _options.Fields)
        {
            if (rows[0].TryGetValue(column, out var value)) fields[name] = value;
        }

        return fields.TryGetValue("id", out var id) && id.Length > 0
            ? new CrmRecords(1, new CrmRecord(id, fields))
            : throw new CrmException(WecomBridge.Wecom.Api.WecomFailure.Rejected, "The CRM's row holds nothing in the column that Crm:Sql:Fields:id names.");
    }

    private async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            if (_postgres is not null)
            {
                await using var connection = await _postgres.OpenConnectionAsync(cancellationToken);
                return await work(connection);
            }

            // SQLite's calls block while another process holds the file: not the caller's thread.
            return await Task.Run(
                async () =>
                {
                    await using var connection = new SqliteConnection(_connection);
                    await connection.OpenAsync(cancellationToken);
                    return await work(connection);
                },
                cancellationToken);
        }
        catch (DbException failure)
        {
            throw SqlFailure.Of(failure);
        }
        catch (TimeoutException)
        {
            throw SqlFailure.Late;
        }
    }
}

/// <summary>A row as text.</summary>
internal static class SqlRow
{
    /// <summary>Columns by name; those without a value are left out. Dates without a time of day are <c>2026-03-02</c>.</summary>
    public static Dictionary<string, string> Read(DbDataReader reader)
    {
        var row = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (!reader.IsDBNull(column) && TextOf(reader.GetValue(column)) is { } text) row[reader.GetName(column)] = text;
        }

        return row;
    }

    private static string? TextOf(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        byte[] => null,
        Array items => string.Join(", ", items.Cast<object?>().OfType<object>().Select(TextOf).OfType<string>()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
