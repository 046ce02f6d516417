using Microsoft.Data.Sqlite;

namespace WecomBridge.Spool;

/// <summary>What a failed write to a spool file means for the file. Source: SQLite result codes, sqlite.org/rescode.html.</summary>
internal static class SpoolErrors
{
    /// <summary>SQLITE_CANTOPEN</summary>
    public const int CannotOpen = 14;

    /// <summary>SQLITE_READONLY</summary>
    public const int ReadOnly = 8;

    private const int IoError = 10;
    /// <summary>SQLITE_CORRUPT</summary>
    public const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>The file itself can no longer be trusted. After a failed sync the kernel may have dropped the pages, so a second try that succeeds proves nothing.</summary>
    public static bool MeansDamaged(SqliteException failure) => failure.SqliteErrorCode is IoError or Corrupt or NotADatabase;
}
