using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>A named piece of misbehaviour to try a bridge against: what is played, and what a well-behaved bridge makes of it.</summary>
public sealed class Scenario
{
    /// <summary>For <c>longestPause</c>: a greeting that is refused again and again is tried every six seconds or so.</summary>
    internal static readonly TimeSpan BetweenGreetings = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(20);
    private readonly Func<ScenarioStage, Task> _script;
    private readonly TimeSpan _longestPause;

    /// <param name="name">On the command line.</param>
    /// <param name="plays">What goes on.</param>
    /// <param name="expects">What a well-behaved bridge does.</param>
    /// <param name="script">Plays it.</param>
    /// <param name="length">How long customers come; 20 s unless told.</param>
    /// <param name="longestPause">How long a well-behaved bridge may be silent while somebody's greeting is still to come.</param>
    internal Scenario(string name, string plays, string expects, Func<ScenarioStage, Task> script, TimeSpan? length = null, TimeSpan longestPause = default)
    {
        (Name, Plays, Expects, _script, _longestPause) = (name, plays, expects, script, longestPause);
        Pace = ScenarioPace.Full with { Length = length ?? DefaultLength };
    }

    /// <summary>Every scenario, in the order of the documentation.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
        [.. GreetingScenarios.All, .. CallbackScenarios.All, .. LimitScenarios.All, .. RightsScenarios.All, .. PlatformScenarios.All, .. PeopleScenarios.All, .. TagScenarios.All];

    /// <summary>What it is called on the command line.</summary>
    public string Name { get; }

    /// <summary>What goes on, in a sentence.</summary>
    public string Plays { get; }

    /// <summary>What a well-behaved bridge does, in a sentence.</summary>
    public string Expects { get; }

    /// <summary>Its pace in full; the whole takes about a minute at most.</summary>
    public ScenarioPace Pace { get; }

    /// <summary>A scenario by name, ignoring case; null when there is none.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Runs in full.</summary>
    /// <inheritdoc cref="RunAsync(WecomSimulator, SimulatedCorp, ScenarioPace, int, CancellationToken)"/>
    public Task<ScenarioReport> RunAsync(WecomSimulator simulator, SimulatedCorp corp, int seed, CancellationToken cancellationToken) =>
        RunAsync(simulator, corp, Pace, seed, cancellationToken);

    /// <summary>Lets customers come and the platform misbehave, waits until the bridge has come to rest, and sets everything back as it was.</summary>
    /// <param name="simulator">On a running clock. Faults that are armed already stay armed.</param>
    /// <param name="corp">Its first app's rights and token are played with; people are made when there are none.</param>
    /// <param name="pace">How long, in real time.</param>
    /// <param name="seed">The same seed and people give the same customers in the same order.</param>
    /// <param name="cancellationToken">Stops early; everything is set back all the same.</param>
    /// <returns>What happened, from the ledger.</returns>
    public async Task<ScenarioReport> RunAsync(WecomSimulator simulator, SimulatedCorp corp, ScenarioPace pace, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(corp);
        ArgumentNullException.ThrowIfNull(pace);
        using var stage = new ScenarioStage(simulator, corp, pace, seed, cancellationToken);
        await _script(stage).ConfigureAwait(false);
        await stage.SettleAsync(_longestPause).ConfigureAwait(false);
        return stage.Report(this);
    }
}
