using System.Globalization;
using System.Text;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Ledger;

namespace WecomBridge.Simulator.Scenarios;

/// <summary>Calls of one API that ended alike.</summary>
/// <param name="Path">Path after <c>/cgi-bin/</c>.</param>
/// <param name="Outcome">The code and its words, or the fault that was played.</param>
/// <param name="Calls">How many.</param>
public sealed record ScenarioCalls(string Path, string Outcome, int Calls);

/// <summary>What happened in one run of a scenario, counted from the ledger.</summary>
public sealed record ScenarioReport
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }
    /// <summary>How long the run took, in real time.</summary>
    public TimeSpan Took { get; init; }
    /// <summary>Callbacks that were sent at all, each event and app once.</summary>
    public int Callbacks { get; init; }
    /// <summary>Those that were answered 200 at last.</summary>
    public int Acknowledged { get; init; }
    /// <summary>Attempts beyond the first of a callback: retries and duplicates.</summary>
    public int Repeated { get; init; }
    /// <summary>Customers who came; a half-add and its add are one.</summary>
    public int Adds { get; init; }
    /// <summary>Those for whom there was a welcome code.</summary>
    public int WithCode { get; init; }
    /// <summary>Those who saw a greeting.</summary>
    public int Greeted { get; init; }
    /// <summary>Those who had a code and saw none.</summary>
    public int Missed => WithCode - Greeted;
    /// <summary>Greetings beyond the first of a customer.</summary>
    public int Doubled { get; init; }
    /// <summary>Oldest greeting, from the add.</summary>
    public TimeSpan SlowestGreeting { get; init; }
    /// <summary>What each API answered, most calls first.</summary>
    public required IReadOnlyList<ScenarioCalls> Calls { get; init; }

    /// <summary>Calls that were answered with a code.</summary>
    public int CallsAnswered(int code) => Calls.Where(c => c.Outcome == Words(code)).Sum(c => c.Calls);

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Scenario.Name}: what happened in {Took.TotalSeconds:0} s");
        text.AppendLine(CultureInfo.InvariantCulture, $"  callbacks   {Callbacks} sent, {Acknowledged} acknowledged, {Callbacks - Acknowledged} not, {Repeated} repeated");
        text.AppendLine(CultureInfo.InvariantCulture, $"  customers   {Adds} came, {WithCode} with a welcome code");
        text.AppendLine(CultureInfo.InvariantCulture, $"  greetings   {Greeted} greeted, {Missed} missed, {Doubled} doubled; the slowest {SlowestGreeting.TotalSeconds:0.0} s after the add");
        text.AppendLine("  calls");
        foreach (var (path, outcome, calls) in Calls) text.AppendLine(CultureInfo.InvariantCulture, $"    {calls,6} {path,-40} {outcome}");
        return text.Append("A well-behaved bridge: ").Append(Scenario.Expects).ToString();
    }

    internal static ScenarioReport Of(Scenario scenario, IReadOnlyList<LedgerEntry> entries, HashSet<long> adds, HashSet<long> addsWithCode, TimeSpan took)
    {
        var callbacks = entries.OfType<CallbackEntry>().Where(c => c.Attempt > 0).ToList();
        var deliveries = callbacks.GroupBy(c => (c.Event, c.App)).ToList();
        var welcomes = entries.OfType<WelcomeEntry>().Where(w => adds.Contains(w.Add)).ToList();
        var greeted = welcomes.Select(w => w.Add).Distinct().Count();
        return new ScenarioReport
        {
            Scenario = scenario,
            Took = took,
            Callbacks = deliveries.Count,
            Acknowledged = deliveries.Count(d => d.Any(c => c.Acknowledged)),
            Repeated = callbacks.Count - deliveries.Count,
            Adds = adds.Count,
            WithCode = addsWithCode.Count,
            Greeted = greeted,
            Doubled = welcomes.Count - greeted,
            SlowestGreeting = TimeSpan.FromMilliseconds(welcomes.Select(w => w.AgeMs).DefaultIfEmpty().Max()),
            Calls =
            [
                .. entries.OfType<ApiEntry>().GroupBy(c => (c.Path, Outcome: OutcomeOf(c)))
                    .Select(g => new ScenarioCalls(g.Key.Path, g.Key.Outcome, g.Count()))
                    .OrderByDescending(c => c.Calls).ThenBy(c => c.Path, StringComparer.Ordinal).ThenBy(c => c.Outcome, StringComparer.Ordinal),
            ],
        };
    }

    private static string OutcomeOf(ApiEntry call) =>
        call.Fault is not (null or nameof(Faults.FaultKind.ErrorCode) or nameof(Faults.FaultKind.RevokeToken)) ? call.Fault
        : call.ErrorCode is { } code ? Words(code)
        : string.Create(CultureInfo.InvariantCulture, $"HTTP {call.Status}");

    private static string Words(int code) => code == 0 ? "0 ok" : string.Create(CultureInfo.InvariantCulture, $"{code} {ErrorTexts.Of(code)}");
}
