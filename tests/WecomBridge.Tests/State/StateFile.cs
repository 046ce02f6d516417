using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WecomBridge.State;

namespace WecomBridge.Tests.State;

/// <summary>A state database in a folder of its own, deleted with the test.</summary>
internal sealed class StateFile : IStateDatabase, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wecombridge-state-");
    private SqliteStateDatabase _database;

    private StateFile() => _database = Open();

    public string Path => System.IO.Path.Combine(_folder.FullName, "data", "state.db");

    public static async Task<StateFile> CreateAsync()
    {
        var file = new StateFile();
        await StateMigrator.MigrateAsync(file, TimeProvider.System, CancellationToken.None);
        return file;
    }

    public static StateFile CreateEmpty() => new();

    public Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) => _database.WriteAsync(unit, cancellationToken);

    public Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit, CancellationToken cancellationToken) => _database.ReadAsync(unit, cancellationToken);

    public Task WriteAsync(Func<StateSession, Task> unit) => this.WriteAsync(unit, CancellationToken.None);

    public Task<T> WriteAsync<T>(Func<StateSession, Task<T>> unit) => WriteAsync(unit, CancellationToken.None);

    public Task<T> ReadAsync<T>(Func<StateSession, Task<T>> unit) => ReadAsync(unit, CancellationToken.None);

    /// <summary>As a restart of the service would.</summary>
    public async Task ReopenAsync()
    {
        await _database.DisposeAsync();
        _database = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SqliteStateDatabase Open() =>
        new(Options.Create(new StateOptions { ConnectionString = $"Data Source={Path};Default Timeout=1" }), NullLogger<SqliteStateDatabase>.Instance);
}
