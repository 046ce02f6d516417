using System.Reflection;

namespace WecomBridge.State;

/// <summary>Brings the database to the version this program knows: numbered scripts, each once, all in one transaction.</summary>
internal static class StateMigrator
{
    /// <summary>Any number, as long as every instance takes the same: "WecomB" in ASCII.</summary>
    private const long AdvisoryLock = 0x5765_636F_6D42;

    private static readonly IReadOnlyList<StateScript> Scripts = StateScript.All(Assembly.GetExecutingAssembly());

    /// <summary>The version of a database on which every script has run.</summary>
    public static long KnownVersion => Scripts[^1].Version;

    /// <summary>Runs what is missing and returns the version reached. Several instances may call it at once: one works, the others wait and find nothing to do.</summary>
    /// <exception cref="StateTooNewException">A later version of this program has been at the database.</exception>
    /// <exception cref="StateUnavailableException">The database cannot be reached.</exception>
    public static Task<long> MigrateAsync(IStateDatabase database, TimeProvider time, CancellationToken cancellationToken) =>
        database.WriteAsync(session => MigrateAsync(session, time.GetUtcNow()), cancellationToken);

    /// <summary>Only looks: for those who work beside the service and must neither create nor change a database.</summary>
    /// <exception cref="StateUnavailableException">There is no database, or the service of this version has not set it up yet.</exception>
    /// <exception cref="StateTooNewException">A later version of this program has been at the database.</exception>
    public static async Task RequireKnownAsync(IStateDatabase database, CancellationToken cancellationToken)
    {
        var present = await database.ReadAsync(session => session.FindAsync<long?>("SELECT MAX(version) FROM schema_version"), cancellationToken) ?? 0;
        if (present > KnownVersion) throw new StateTooNewException(present, KnownVersion);
        if (present < KnownVersion) throw new StateUnavailableException($"State is at version {present} and this program needs {KnownVersion}: start the service once, it brings State up to date.");
    }

    private static async Task<long> MigrateAsync(StateSession session, DateTimeOffset now)
    {
        // SQLite lets one writer in anyway. The lock ends with the transaction, however that ends.
        if (session.Dialect == StateDialect.Postgres) await session.ExecuteAsync("SELECT pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock });
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var present = await session.FindAsync<long?>("SELECT MAX(version) FROM schema_version") ?? 0;
        if (present > KnownVersion) throw new StateTooNewException(present, KnownVersion);
        foreach (var step in Scripts.Where(script => script.Version > present).GroupBy(script => script.Version))
        {
            foreach (var script in step.Where(script => script.Dialect is null || script.Dialect == session.Dialect)) await session.ExecuteAsync(script.Sql);
            await session.ExecuteAsync("INSERT INTO schema_version (version, applied_at) VALUES (@Version, @At)", new { Version = step.Key, At = now.ToDb() });
        }

        return KnownVersion;
    }

    private sealed record StateScript(long Version, StateDialect? Dialect, string Sql)
    {
        // Resource names end in ".Scripts.0001-what-it-is.sql", or in ".sqlite.sql" or ".postgres.sql" for what only one of the two understands, which runs after.
        public static IReadOnlyList<StateScript> All(Assembly assembly) =>
            [.. assembly.GetManifestResourceNames()
                .Where(name => name.Contains(".State.Scripts.", StringComparison.Ordinal))
                .Select(name => new StateScript(long.Parse(name.Split(".Scripts.")[1][..4]), DialectOf(name), Read(assembly, name)))
                .OrderBy(script => script.Version).ThenBy(script => script.Dialect is not null)];

        private static StateDialect? DialectOf(string name) =>
            name.EndsWith(".sqlite.sql", StringComparison.Ordinal) ? StateDialect.Sqlite : name.EndsWith(".postgres.sql", StringComparison.Ordinal) ? StateDialect.Postgres : null;

        private static string Read(Assembly assembly, string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}

/// <summary>The database was set up by a later version of this program, whose tables this one does not know.</summary>
internal sealed class StateTooNewException(long found, long known)
    : Exception($"State is at version {found}, and this program knows versions up to {known}: run the newer program, or restore a backup of that time.");
