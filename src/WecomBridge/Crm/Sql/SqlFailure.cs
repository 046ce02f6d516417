using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>What a database's error means. Its text may quote values: only its number is kept.</summary>
internal static class SqlFailure
{
    // SQLite's result codes (sqlite.org/rescode.html).
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Auth = 23;

    public static CrmException Late => new(WecomFailure.Transient, "The CRM's database did not answer in time.");

    public static CrmException Of(DbException failure) => failure switch
    {
        PostgresException answer => new CrmException(OfState(answer.SqlState), $"The CRM's database answered with SQLSTATE {answer.SqlState}."),
        NpgsqlException => new CrmException(WecomFailure.Transient, "The CRM's database cannot be reached."),
        SqliteException sqlite => new CrmException(OfCode(sqlite.SqliteErrorCode), $"The CRM's database answered with SQLite error {sqlite.SqliteErrorCode}."),
        _ => new CrmException(WecomFailure.Transient, "The CRM's database failed."),
    };

    // Classes of PostgreSQL's appendix A: authorization and rights, no such database; connection, rolled back, resources, limits, state, operator, system; else the statement or its data.
    private static WecomFailure OfState(string state) => state switch
    {
        "42501" or "3D000" => WecomFailure.Denied,
        { Length: 5 } when state[..2] == "28" => WecomFailure.Denied,
        { Length: 5 } when state[..2] is "08" or "40" or "53" or "55" or "57" or "58" => WecomFailure.Transient,
        _ => WecomFailure.Rejected,
    };

    private static WecomFailure OfCode(int code) => code switch
    {
        Perm or Auth or ReadOnly => WecomFailure.Denied,
        Busy or Locked or IoError or Full or CannotOpen => WecomFailure.Transient,
        _ => WecomFailure.Rejected,
    };
}
