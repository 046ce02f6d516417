using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.State;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>A PostgreSQL of the tests' own, started at the first use: own folder, port and socket, nothing shared, ended with the process.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private DirectoryInfo? _folder;
    private Process? _server;
    private int _port;
    private int _databases;

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await EnsureStartedAsync();
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>State in a database of its own, set up.</summary>
    internal async Task<PostgresStateDatabase> CreateStateAsync()
    {
        var state = Open(await CreateDatabaseAsync());
        await StateMigrator.MigrateAsync(state, TimeProvider.System, CancellationToken.None);
        return state;
    }

    internal static PostgresStateDatabase Open(string connectionString) =>
        new(Options.Create(new StateOptions { Provider = StateProvider.Postgres, ConnectionString = connectionString }), TimeProvider.System);

    /// <summary>Ends the server as a crash would; its data stay. Only for a server that a test has to itself.</summary>
    internal async Task StopAsync()
    {
        await RunAsync([.. AsPostgres, Path.Combine(Binaries(), "pg_ctl"), "stop", "--mode=immediate", "--pgdata", Data]);
        await _server!.WaitForExitAsync();
    }

    /// <summary>Starts a stopped server again.</summary>
    internal Task StartAgainAsync() => ServeAsync();

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_server is null) return;
        NpgsqlConnection.ClearAllPools();
        if (!_server.HasExited) await StopAsync();
        AppDomain.CurrentDomain.ProcessExit -= EndOnExit;
        _folder!.Delete(recursive: true);
    }

    private string Data => Path.Combine(_folder!.FullName, "data");

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=bridge;Database={database};Timeout=10;Maximum Pool Size=20";

    private async Task EnsureStartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_server is null) await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync()
    {
        var binaries = Binaries();
        _folder = Directory.CreateTempSubdirectory("wecombridge-postgres-");
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres:postgres", _folder.FullName);
        await RunAsync([.. AsPostgres, Path.Combine(binaries, "initdb"), "--no-sync", "--auth=trust", "--username=bridge", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", Data]);
        _port = FreePort();
        AppDomain.CurrentDomain.ProcessExit += EndOnExit;
        await ServeAsync();
    }

    private async Task ServeAsync()
    {
        string[] settings = [$"port={_port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={_folder!.FullName}", "fsync=off", "max_connections=300", "shared_buffers=64MB"];
        _server = Start([.. AsPostgres, Path.Combine(Binaries(), "postgres"), "-D", Data, .. settings.SelectMany(setting => (string[])["-c", setting])]);
        // Its log is not kept, but a full pipe would stop it.
        _server.OutputDataReceived += static (_, _) => { };
        _server.ErrorDataReceived += static (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        await UntilReadyAsync();
    }

    // The server refuses to run as root.
    private static string[] AsPostgres =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static string Binaries()
    {
        const string root = "/usr/lib/postgresql";
        var folders = Directory.Exists(root) ? Directory.GetDirectories(root).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0) : Enumerable.Empty<string>();
        return folders.Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            ?? throw new InvalidOperationException($"These tests need PostgreSQL, and there is none in {root}. On Debian: apt-get install postgresql (its own cluster is not used and need not run).");
    }

    private async Task UntilReadyAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!_server!.HasExited && patience.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        var said = string.Concat(await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()));
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {said}");
    }

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }

    // When the tests end without disposing of this. Killing the first process ends its children.
    private void EndOnExit(object? sender, EventArgs args)
    {
        if (_server is { HasExited: false }) _server.Kill();
    }
}
