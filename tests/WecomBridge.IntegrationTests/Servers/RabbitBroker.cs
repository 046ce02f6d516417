using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>A throw-away RabbitMQ: own folder, own ports, own epmd, on loopback; ended with this process, also when it fails.</summary>
public class RabbitBroker : IAsyncDisposable
{
    private const string Binary = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Control = "/usr/lib/rabbitmq/bin/rabbitmqctl";
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-rabbit-").FullName;
    private readonly int _port = FreePorts.Take();
    private readonly int _managementPort = FreePorts.Take();
    private readonly Dictionary<string, string> _environment;
    private readonly HttpClient _management;
    private Process? _server;

    public RabbitBroker()
    {
        _management = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_managementPort}/api/") };
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8));
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = _folder,
            ["RABBITMQ_NODENAME"] = $"wb{_port}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = FreePorts.Take().ToString(),
            ["ERL_EPMD_PORT"] = FreePorts.Take().ToString(),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        };
    }

    /// <summary>The default virtual host.</summary>
    public Uri Uri => UriOf("");

    /// <summary>Address of the management plug-in, without user and password.</summary>
    public Uri ManagementUrl => new($"http://127.0.0.1:{_managementPort}/");

    /// <summary>The broker's process as the system knows it.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(Path.Combine(_folder, "pid")));

    /// <summary>What <c>rabbitmqctl</c> needs in its environment to find this broker.</summary>
    public IReadOnlyDictionary<string, string> ControlEnvironment => _environment;

    /// <summary>Writes its settings and starts it the first time.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Binary)) throw new InvalidOperationException("RabbitMQ is not installed; tests/run.sh installs it (Debian package rabbitmq-server).");
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            distribution.listener.interface = 127.0.0.1
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_managementPort}
            disk_free_limit.absolute = 50MB
            loopback_users = none

            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[rabbitmq_management].");
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        await StartAsync();
    }

    /// <summary>Starts the broker (again) and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        _server = Start(Binary);
        using var limit = new CancellationTokenSource(StartWithin);
        while (true)
        {
            if (_server.HasExited) throw new InvalidOperationException($"RabbitMQ ended at its start with code {_server.ExitCode}; its log: {Tail()}");
            try
            {
                await using var connection = await new ConnectionFactory { Uri = Uri }.CreateConnectionAsync(limit.Token);
                await _management.GetStringAsync("overview", limit.Token);
                return;
            }
            catch (Exception) when (!limit.IsCancellationRequested)
            {
                // Not up yet, in whichever way that shows.
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Makes a virtual host of its own for a test and gives its address.</summary>
    public async Task<Uri> NewVirtualHostAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N")[..8];
        using var made = await _management.PutAsync($"vhosts/{name}", null);
        made.EnsureSuccessStatusCode();
        return UriOf(name);
    }

    /// <summary>Makes a user, with its name as password, and its permissions in a virtual host.</summary>
    public async Task AddUserAsync(Uri virtualHost, string user, string configure, string write, string read)
    {
        using var made = await _management.PutAsJsonAsync($"users/{user}", new { password = user, tags = "" });
        made.EnsureSuccessStatusCode();
        using var permitted = await _management.PutAsJsonAsync($"permissions/{virtualHost.AbsolutePath[1..]}/{user}", new { configure, write, read });
        permitted.EnsureSuccessStatusCode();
    }

    /// <summary>The address of a virtual host for a user.</summary>
    public Uri UriOf(string virtualHost, string user, string password) => new($"amqp://{user}:{password}@127.0.0.1:{_port}/{virtualHost}");

    /// <summary>Runs a script of an operator on the broker's node, a text on its standard input.</summary>
    public async Task<(int Code, string Output)> RunAsync(string script, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [script, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        start.Environment["RABBITMQCTL"] = Control;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading.
        }

        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>What the management API says, parsed.</summary>
    public async Task<JsonElement> GetAsync(string path) => await _management.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Closes every connection of a virtual host from the broker's side.</summary>
    public Task CloseConnectionsAsync(Uri virtualHost) => ControlAsync("close_all_connections", "--vhost", virtualHost.AbsolutePath[1..], "test");

    /// <summary>Stops the broker application, not the Erlang node.</summary>
    public Task StopAppAsync() => ControlAsync("stop_app");

    /// <summary>Starts the broker application again.</summary>
    public Task StartAppAsync() => ControlAsync("start_app");

    /// <summary>Raises (0) or clears (0.4) the memory alarm.</summary>
    public Task SetMemoryWatermarkAsync(string fraction) => ControlAsync("set_vm_memory_high_watermark", fraction);

    /// <summary>Ends the broker as a power cut would.</summary>
    public async Task KillAsync()
    {
        using var process = Process.GetProcessById(ProcessId);
        process.Kill();
        await process.WaitForExitAsync();
        await _server!.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Kill();
        if (_server is not null) await _server.WaitForExitAsync();
        _management.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private Uri UriOf(string virtualHost) => UriOf(virtualHost, "guest", "guest");

    private async Task ControlAsync(params string[] arguments)
    {
        using var process = Start(Control, ["-n", _environment["RABBITMQ_NODENAME"], .. arguments]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"rabbitmqctl {arguments[0]} ended with {process.ExitCode}.");
    }

    private Process Start(string binary, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec \"$0\" \"$@\" >>'{Path.Combine(_folder, "out")}' 2>&1");
        start.ArgumentList.Add(binary);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void OnProcessExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        try
        {
            if (_server is { HasExited: false }) _server.Kill(entireProcessTree: true);

            // epmd leaves the tree: it is told by its own port.
            using var epmd = Start("/usr/bin/epmd", "-port", _environment["ERL_EPMD_PORT"], "-kill");
            epmd.WaitForExit(5000);
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // Gone already.
        }
    }

    private string Tail()
    {
        var output = Path.Combine(_folder, "out");
        return File.Exists(output) ? Encoding.UTF8.GetString(File.ReadAllBytes(output)[..]) : "";
    }
}
