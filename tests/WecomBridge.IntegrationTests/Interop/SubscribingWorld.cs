using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Tests.Contracts;
using WecomBridge.Tests.Docs;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>A company as docs/subscribing wants it: a bridge with the settings shown there, a RabbitMQ user made by the commands shown there, and a copy of the files a team takes.</summary>
public sealed class SubscribingWorld(RabbitServer rabbit) : IAsyncLifetime
{
    public const string Queue = "crm.sales.customers";
    private const string Password = "a-password";
    private static readonly string Page = RepositoryFiles.PathOf("docs", "subscribing", "README.md");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wb-subscribing-");
    private World? _world;
    private Subscriber? _letters;
    private Uri? _broker;

    internal CallbackPoster Poster { get; } = new();

    internal int Port => _world!.Port;

    /// <summary>The team's dead letters.</summary>
    internal Subscriber Letters => _letters!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await using (var shown = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(MarkdownPages.Blocks(Page, "json")[0])))
        {
            var routing = new ConfigurationBuilder().AddJsonStream(shown).Build().AsEnumerable().Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value));
            await _world.StartBridgeAsync(_world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Roles:0", "Intake"), .. routing]));
        }

        using var administrator = Start(Commands("## 1.").Replace("--vhost /", "--vhost " + broker.AbsolutePath.Trim('/'), StringComparison.Ordinal), rabbit.ControlEnvironment);
        await administrator.WaitForExitAsync();
        administrator.ExitCode.ShouldBe(0, await administrator.StandardError.ReadToEndAsync());
        _broker = broker;
        _letters = await Subscriber.OfQueueAsync(broker, Queue + ".dlq");
        foreach (var part in new[] { "docs/subscribing", "src/WecomBridge.Contracts", "src/Directory.Build.props", "src/Directory.Packages.props", "src/BannedSymbols.txt", ".editorconfig", "global.json" }) Copy(part);
    }

    /// <summary>Starts a team's program as the page says.</summary>
    /// <param name="heading">Of the language's section.</param>
    internal Process StartProgram(string heading) =>
        Start(Commands("## 2.").Replace("amqps://", "amqp://", StringComparison.Ordinal).Replace("rabbitmq.example:5671", _broker!.Authority + _broker.AbsolutePath, StringComparison.Ordinal) + Commands("### " + heading), new Dictionary<string, string>());

    /// <summary>Takes away what a program that was ended had printed and not yet acknowledged: it would come to the next one.</summary>
    internal async Task EmptyQueueAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _broker! }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.BecomesTrueAsync("the broker knows that the program is gone", async () => await channel.ConsumerCountAsync(Queue) == 0);
        await channel.QueuePurgeAsync(Queue);
    }

    /// <summary>Breaks every connection of the company, also the bridge's.</summary>
    internal Task BreakConnectionsAsync() => rabbit.CloseConnectionsAsync(_broker!);

    public async ValueTask DisposeAsync()
    {
        if (_letters is not null) await _letters.DisposeAsync();
        if (_world is not null) await _world.DisposeAsync();
        Poster.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The commands below a heading, as they stand there.</summary>
    private static string Commands(string heading)
    {
        var text = File.ReadAllText(Page);
        var section = text[text.IndexOf("\n" + heading, StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n#", 2, StringComparison.Ordinal)];
        var commands = string.Join('\n', section.Split("```sh\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]));
        commands.ShouldNotBeEmpty(heading);
        return commands;
    }

    /// <summary>Runs commands in the copy; only where the broker is differs from the page.</summary>
    private Process Start(string commands, IReadOnlyDictionary<string, string> environment)
    {
        var script = $"set -e\nrabbitmqctl() {{ /usr/lib/rabbitmq/bin/rabbitmqctl -n \"$RABBITMQ_NODENAME\" \"$@\"; }}\n{commands}";
        var start = new ProcessStartInfo("/bin/bash", ["-c", script]) { UseShellExecute = false, WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };

        // What the test runner's build left behind would mislead another one; and Debian's Python has Debian's pika.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["PATH"] = "/usr/bin:" + start.Environment["PATH"];
        start.Environment["SALES_PASSWORD"] = Password;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void Copy(string part)
    {
        var source = RepositoryFiles.PathOf(part);
        foreach (var file in File.Exists(source) ? [source] : Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(RepositoryFiles.PathOf(), file);
            if (path.Split('/').Any(word => word is "bin" or "obj" or "node_modules" or "handled.db" or "handled.txt")) continue;
            var target = Path.Combine(_folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
