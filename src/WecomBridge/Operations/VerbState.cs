using System.CommandLine;
using WecomBridge.State;

namespace WecomBridge.Operations;

/// <summary>Verbs that work on State directly, beside a running service.</summary>
internal static class VerbState
{
    /// <summary>Reads the settings, opens State and runs the verb; State must have been set up by the service before.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="config">The option with settings files.</param>
    /// <param name="headline">Begins the text when it cannot be done, such as "The work cannot be read".</param>
    /// <param name="work">The verb.</param>
    public static Task<int> RunAsync(ParseResult parsed, Option<string[]> config, string headline, Func<IStateDatabase, TimeProvider, Task> work) =>
        RunAsync(parsed, config, headline, _ => { }, services => work(services.GetRequiredService<IStateDatabase>(), services.GetRequiredService<TimeProvider>()));

    /// <summary>The same for verbs that need more of the service than State.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="config">The option with settings files.</param>
    /// <param name="headline">Begins the text when it cannot be done.</param>
    /// <param name="add">Registers what the verb needs; nothing of it is started.</param>
    /// <param name="work">The verb.</param>
    public static Task<int> RunAsync(ParseResult parsed, Option<string[]> config, string headline, Action<IServiceCollection> add, Func<IServiceProvider, Task> work) =>
        Verbs.ExplainAsync(headline, async () =>
        {
            var services = new ServiceCollection();
            var configuration = new ConfigurationManager();
            SettingsSources.Use(configuration, Verbs.ReadSettings(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out _));
            services.AddSingleton<IConfiguration>(configuration);
            services.AddLogging();
            services.AddState();
            add(services);
            await using var provider = services.BuildServiceProvider();
            await StateMigrator.RequireKnownAsync(provider.GetRequiredService<IStateDatabase>(), CancellationToken.None);
            await work(provider);
        });
}
