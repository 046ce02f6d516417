using System.CommandLine;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
using WecomBridge.DeadLetters;
using WecomBridge.Callbacks;
using WecomBridge.Calls;
using WecomBridge.Contract;
using WecomBridge.Demo;
using WecomBridge.Replay;
using WecomBridge.Routing;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Operations;

/// <summary>The command line: no verb runs the service; <c>demo</c> and <c>simulator</c> need nothing else. Exit codes of all verbs: 0 done; 1 the command line is not understood; <see cref="Refused"/>; <see cref="Found"/>.</summary>
internal static class Verbs
{
    /// <summary>Exit code when a verb looked and found something wrong, or not what it was to look for.</summary>
    public const int Found = 3;

    /// <summary>Exit code when settings, the broker's topology or State forbid the start.</summary>
    public const int Refused = 2;

    /// <summary>Above what a service needs to finish what is in flight, which its own limits bound; the library's default of two seconds would break greetings off.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(1);

    public static Task<int> RunAsync(string[] arguments) => Root().Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopWithin });

    /// <summary>All verbs.</summary>
    public static RootCommand Root()
    {
        var config = new Option<string[]>("--config") { Description = "A settings file; may be given several times, later wins.", Recursive = true };
        var root = new RootCommand("Takes WeCom callbacks, makes them durable, publishes them on RabbitMQ and acts on them. Any setting: --Section:Key=value.")
        {
            config,
            DemoVerb.Create(),
            SimulatorVerb.Create(),
            ConfigVerb.Create(config),
            DoctorVerb.Create(config),
            CallbackVerb.Create(config),
            TokenVerb.Create(config),
            WorkVerb.Create(config),
            DeadLettersVerb.Create(config),
            ReplayVerb.Create(config),
            AuditVerb.Create(config),
            SubscriptionsVerb.Create(config),
            RoutesVerb.Create(config),
            CompletionVerb.Create(),
            ContractVerb.Create(),
            HealthVerb.Create(config),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, cancellationToken) => RunServiceAsync(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], cancellationToken));
        return root;
    }

    /// <summary>The settings as the service reads them.</summary>
    /// <param name="files">Those of <c>--config</c>.</param>
    /// <param name="settings">What stands on the command line beside verb and options: <c>--Section:Key=value</c>.</param>
    /// <param name="environment">Environment name, such as <c>Production</c>.</param>
    /// <exception cref="InvalidOperationException">Something on the command line is no setting.</exception>
    public static IDictionary<string, string?> ReadSettings(string[] files, string[] settings, out string environment) =>
        SettingsSources.Merge(ReadSources(files, settings, out environment).Select(source => source.Values));

    /// <summary>The same, source by source.</summary>
    /// <inheritdoc cref="ReadSettings" path="/param" />
    /// <inheritdoc cref="ReadSettings" path="/exception" />
    public static IReadOnlyList<(string Name, Dictionary<string, string?> Values)> ReadSources(string[] files, string[] settings, out string environment)
    {
        if (Array.Find(settings, setting => !IsSetting(setting)) is { } stray)
            throw new InvalidOperationException($"'{stray}' is neither a verb nor a setting of the form --Section:Key=value; see --help.");
        environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production;
        return SettingsSources.ReadEach(AppContext.BaseDirectory, environment, files, settings);
    }

    // Without the colon a mistyped option of a verb would be taken for a setting, and its filter for none.
    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=', 2) is [{ Length: > 2 } name, _] && (name.Contains(':') || SettingsShape.ForeignNames.Contains(name[2..], StringComparer.OrdinalIgnoreCase));

    /// <summary>Runs a verb; what an administrator can mend is told without a trace and ends it with <see cref="Refused"/>.</summary>
    /// <param name="headline">Begins the text, such as "WecomBridge does not start".</param>
    /// <param name="work">The verb.</param>
    public static Task<int> ExplainAsync(string headline, Func<Task> work) =>
        ExplainAsync(headline, async () =>
        {
            await work();
            return 0;
        });

    /// <inheritdoc cref="ExplainAsync(string, Func{Task})" />
    /// <returns>What the verb gives.</returns>
    public static async Task<int> ExplainAsync(string headline, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (Explain(failure) is { } faults)
        {
            await Console.Error.WriteLineAsync(headline + ":");
            foreach (var fault in faults.Distinct(StringComparer.Ordinal)) await Console.Error.WriteLineAsync("  " + fault);
            return Refused;
        }
    }

    private static Task<int> RunServiceAsync(string[] files, string[] settings, CancellationToken cancellationToken) =>
        ExplainAsync("WecomBridge does not start", async () =>
        {
            var read = ReadSettings(files, settings, out var environment);
            await using var app = ServiceHost.Build(read, environment, adjust: null, SettingsSources.Watch(AppContext.BaseDirectory, environment, files, settings));
            await app.RunAsync(cancellationToken);
        });

    /// <summary>What an administrator can act on; null for what is a fault of the program and keeps its trace.</summary>
    private static IReadOnlyList<string>? Explain(Exception failure) => failure switch
    {
        SettingsException invalid => [.. invalid.Faults.Select(fault => fault.ToString())],
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => several.InnerExceptions.Select(Explain).Aggregate((IReadOnlyList<string>?)[], (all, next) => all is null || next is null ? null : [.. all, .. next]),
        OperationInterruptedException { ShutdownReason: { } closed } => [$"The broker refuses it: {closed.ReplyText}"],
        RabbitMQClientException => [$"The broker cannot be used: {failure.GetType().Name}. See Broker:Uri, and that it may be reached from here."],
        TopologyMismatchException or BrokerUnavailableException or ManagementUnavailableException or StateTooNewException or StateUnavailableException or FileNotFoundException or UnauthorizedAccessException or UriFormatException or InvalidOperationException { InnerException: null } => [failure.Message],
        InvalidOperationException { InnerException: { } inner } => [failure.Message, inner.Message],
        _ => null,
    };
}
