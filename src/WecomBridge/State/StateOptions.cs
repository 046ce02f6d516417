using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using WecomBridge.Operations;

namespace WecomBridge.State;

/// <summary>Where state is kept.</summary>
internal enum StateProvider
{
    /// <summary>A file; one instance.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database; any number of instances.</summary>
    Postgres,
}

/// <summary>What must outlive a restart. Section <c>State</c>.</summary>
internal sealed class StateOptions
{
    public const string Section = "State";

    /// <summary>Kind of database. Default SQLite.</summary>
    [EnumDataType(typeof(StateProvider))]
    public StateProvider Provider { get; set; } = StateProvider.Sqlite;

    /// <summary>Connection string, or <c>env:NAME</c> or <c>file:PATH</c> holding one. A relative SQLite file is relative to the working directory.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/state.db";
}

[OptionsValidator]
internal sealed partial class StateOptionsValidator : IValidateOptions<StateOptions>;

/// <summary>The connection string is one that its provider can read; a fault never shows the string.</summary>
internal sealed class StateConnectionStringValidator : IValidateOptions<StateOptions>
{
    public ValidateOptionsResult Validate(string? name, StateOptions options)
    {
        const string key = StateOptions.Section + ":" + nameof(StateOptions.ConnectionString);
        try
        {
            var text = SecretText.Resolve(options.ConnectionString);
            return options.Provider == StateProvider.Postgres ? CheckPostgres(new NpgsqlConnectionStringBuilder(text)) : CheckSqlite(new SqliteConnectionStringBuilder(text));
        }
        catch (InvalidOperationException exception)
        {
            return ValidateOptionsResult.Fail($"{key}: {exception.Message}");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return ValidateOptionsResult.Fail($"{key} is no connection string of the provider {options.Provider}.");
        }

        static ValidateOptionsResult CheckPostgres(NpgsqlConnectionStringBuilder builder) =>
            string.IsNullOrEmpty(builder.Host) ? ValidateOptionsResult.Fail($"{key} must name a Host.") : ValidateOptionsResult.Success;

        // Readers and the writer have connections of their own, so they must meet in a file.
        static ValidateOptionsResult CheckSqlite(SqliteConnectionStringBuilder builder) =>
            builder.DataSource is "" or ":memory:" || builder.Mode == SqliteOpenMode.Memory
                ? ValidateOptionsResult.Fail($"{key} must name a file as Data Source.")
                : ValidateOptionsResult.Success;
    }
}
