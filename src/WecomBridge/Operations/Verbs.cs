using System.CommandLine;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Demo;

namespace WecomBridge.Operations;

/// <summary>The command line: no verb runs the service; <c>demo</c> and <c>simulator</c> need nothing else.</summary>
internal static class Verbs
{
    /// <summary>Exit code when settings, the broker's topology or State forbid the start.</summary>
    public const int Refused = 2;

    public static Task<int> RunAsync(string[] arguments)
    {
        var config = new Option<string[]>("--config") { Description = "A settings file; may be given several times, later wins.", Recursive = true };
        var root = new RootCommand("Takes WeCom callbacks, makes them durable, publishes them on RabbitMQ and acts on them. Any setting: --Section:Key=value.")
        {
            config,
            DemoVerb.Create(),
            SimulatorVerb.Create(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, cancellationToken) => RunServiceAsync(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], cancellationToken));
        return root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> RunServiceAsync(string[] files, string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            if (Array.Find(settings, setting => !setting.StartsWith("--", StringComparison.Ordinal) || !setting.Contains('=')) is { } stray)
                throw new InvalidOperationException($"'{stray}' is neither a verb nor a setting of the form --Section:Key=value; see --help.");
            var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Production;
            await using var app = ServiceHost.Build(SettingsSources.Read(AppContext.BaseDirectory, environment, files, settings), environment);
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (Explain(failure) is { } faults)
        {
            await Console.Error.WriteLineAsync("WecomBridge does not start:");
            foreach (var fault in faults) await Console.Error.WriteLineAsync("  " + fault);
            return Refused;
        }
    }

    /// <summary>What an administrator can act on; null for what is a fault of the program and keeps its trace.</summary>
    private static IReadOnlyList<string>? Explain(Exception failure) => failure switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => several.InnerExceptions.Select(Explain).Aggregate((IReadOnlyList<string>?)[], (all, next) => all is null || next is null ? null : [.. all, .. next]),
        TopologyMismatchException or State.StateTooNewException or FileNotFoundException or InvalidOperationException { InnerException: null } => [failure.Message],
        InvalidOperationException { InnerException: { } inner } => [failure.Message, inner.Message],
        _ => null,
    };
}
