using System.CommandLine;

namespace WecomBridge.Operations;

/// <summary>Verbs that need parts of the service without running it.</summary>
internal static class VerbService
{
    /// <summary>Reads and checks the settings as the service does, puts it together, and runs the verb; nothing is started.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="config">The option with settings files.</param>
    /// <param name="headline">Begins the text when it cannot be done, such as "The token status cannot be shown".</param>
    /// <param name="adjust">What the verb adds.</param>
    /// <param name="work">The verb; gives the exit code.</param>
    public static Task<int> RunAsync(ParseResult parsed, Option<string[]> config, string headline, Action<IServiceCollection> adjust, Func<IServiceProvider, Task<int>> work) =>
        Verbs.ExplainAsync(headline, async () =>
        {
            var settings = Verbs.ReadSettings(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out var environment);
            var (app, _, faults) = ServiceHost.Assemble(settings, environment, builder => Quieten(builder, adjust));
            await using var ended = app;
            return faults.Count > 0 ? throw new SettingsException(faults) : await work(app.Services);
        });

    /// <summary>A verb prints its result and no log.</summary>
    public static void Quieten(WebApplicationBuilder builder, Action<IServiceCollection> adjust)
    {
        builder.Logging.ClearProviders();
        adjust(builder.Services);
    }
}
