using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WecomBridge.State;

namespace WecomBridge.Operations;

/// <summary>State can be reached and written, has this program's version, and answers fast enough for greetings.</summary>
internal sealed class StateCheck(IStateDatabase state, IOptions<StateOptions> options, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(0.5);

    public string Name => "state";

    public bool IsOfSettings => true;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) => [FindMissingFile() ?? await LookAsync(cancellationToken)];

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await state.ReadAsync(session => session.FindAsync<long>("SELECT 1"), cancellationToken);
        }
        catch (StateUnavailableException failure)
        {
            return Finding.Fault("", $"State cannot be reached: {failure.Message}", "Compare State:ConnectionString with the database (host, name, user, password, or the file and its rights), and see that it is up.");
        }

        try
        {
            await StateMigrator.RequireKnownAsync(state, cancellationToken);
            var started = time.GetTimestamp();
            await state.WriteAsync(session => session.ExecuteAsync("UPDATE schema_version SET version = version WHERE version < 0"), cancellationToken);
            var took = time.GetElapsedTime(started);
            return took > Slow
                ? Finding.Warning("", $"State took {took.TotalSeconds:0.0} s for an empty write; greetings have few seconds.", "Look at the database's disk and load, and at the network to it.")
                : Finding.Well("", $"State has version {StateMigrator.KnownVersion} and can be written ({took.TotalMilliseconds:0} ms).");
        }
        catch (StateTooNewException failure)
        {
            return Finding.Fault("", failure.Message, remedy: null);
        }
        catch (StateUnavailableException failure)
        {
            return Finding.Warning("", $"State is not set up for this version, or cannot be written: {failure.Message}", "Start the service once: it sets State up.");
        }
    }

    /// <summary>The reader makes no file, so one that is not there yet is looked for first.</summary>
    private Finding? FindMissingFile()
    {
        if (options.Value.Provider != StateProvider.Sqlite) return null;
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(SecretText.Resolve(options.Value.ConnectionString)).DataSource);
        if (WritableFolder.FindFault(file) is { } fault) return Finding.Fault("", $"The file of State:ConnectionString cannot be used: {fault}", "Give a path on a local disk that the service's user may write, or its rights to that user.");
        return File.Exists(file) ? null : Finding.Warning("", "State's file is not there yet; the service makes it at its first start.", remedy: null);
    }
}
