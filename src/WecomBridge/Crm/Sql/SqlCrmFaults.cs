using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using WecomBridge.Operations;

namespace WecomBridge.Crm;

/// <summary>What is wrong with the settings of a CRM's database. No fault shows the connection string.</summary>
internal static partial class SqlCrmFaults
{
    private static readonly string[] Reserved = ["id", "idempotencyKey"];

    public static IEnumerable<string> Find(SqlCrmOptions sql)
    {
        if (ConnectionFault(sql) is { } connection) yield return connection;
        foreach (var key in Enum.GetValues<CrmKey>())
        {
            if (sql.QuestionBy(key) is { } question && !Names(question, SqlCrmConnector.ParameterOf(key))) yield return $"Crm:Sql:FindBy{key} must be a query with {SqlCrmConnector.ParameterOf(key)} in it.";
        }

        if (sql.Write.Create is not null && sql.Write.Statement is null) yield return "Crm:Sql:Write:Create needs Crm:Sql:Write:Statement.";
        foreach (var fault in StatementFaults(sql)) yield return fault;
        foreach (var (parameter, template) in sql.Write.Set)
        {
            if (!ParameterName().IsMatch(parameter) || Reserved.Contains(parameter, StringComparer.OrdinalIgnoreCase)) yield return $"Crm:Sql:Write:Set:{parameter} must be a parameter's name of letters and digits, and neither id nor idempotencyKey.";
            else if (CrmTemplate.FindFault($"Crm:Sql:Write:Set:{parameter}", template) is { } fault) yield return fault;
        }
    }

    private static IEnumerable<string> StatementFaults(SqlCrmOptions sql)
    {
        // SQLite tells names apart by case.
        var comparer = sql.Provider == SqlCrmProvider.Sqlite ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        var known = sql.Write.Set.Keys.Append("idempotencyKey").Select(name => "@" + name).ToHashSet(comparer);
        if (sql.Write.Create is { } create && NamesIn(create).Find(name => !known.Contains(name)) is { } unknown) yield return $"Crm:Sql:Write:Create names {unknown}, which is neither @idempotencyKey nor in Crm:Sql:Write:Set.";
        if (sql.Write.Statement is not { } statement) yield break;
        if (!NamesIn(statement).Contains("@id", comparer)) yield return "Crm:Sql:Write:Statement must have @id in it.";
        known.Add("@id");
        if (NamesIn(statement).Find(name => !known.Contains(name)) is { } stranger) yield return $"Crm:Sql:Write:Statement names {stranger}, which is neither @id, @idempotencyKey nor in Crm:Sql:Write:Set.";
    }

    private static string? ConnectionFault(SqlCrmOptions sql)
    {
        const string key = "Crm:Sql:ConnectionString";
        if (string.IsNullOrEmpty(sql.ConnectionString)) return $"{key} is missing.";
        try
        {
            var text = SecretText.Resolve(sql.ConnectionString);
            var isNamed = sql.Provider == SqlCrmProvider.Postgres ? !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host) : new SqliteConnectionStringBuilder(text).DataSource.Length > 0;
            return isNamed ? null : $"{key} must name a {(sql.Provider == SqlCrmProvider.Postgres ? "Host" : "file as Data Source")}.";
        }
        catch (InvalidOperationException exception)
        {
            return $"{key}: {exception.Message}";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"{key} is no connection string of the provider {sql.Provider}.";
        }
    }

    private static bool Names(string statement, string parameter) => NamesIn(statement).Contains(parameter);

    private static List<string> NamesIn(string statement) => [.. Parameter().Matches(statement).Select(match => match.Value)];

    [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterName();
}
