using System.CommandLine;
using System.Globalization;
using WecomBridge.State;

namespace WecomBridge.Operations;

/// <summary><c>audit list</c>: what operators did.</summary>
internal static class AuditVerb
{
    public static Command Create(Option<string[]> config) => new("audit", "What operators did with verbs that change something.") { List(config) };

    private static Command List(Option<string[]> config)
    {
        var max = new Option<int>("--max") { Description = "At most so many, 1-10000; the latest first.", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("list", "Shows who retried, discarded or replayed what, and why. Exit codes: 0, also when there is nothing; 2 when settings or State cannot be used.") { max, json };
        command.TreatUnmatchedTokensAsErrors = false;
        max.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is < 1 or > 10_000) result.AddError("--max must lie between 1 and 10000.");
        });
        command.SetAction((parsed, cancellationToken) => VerbState.RunAsync(parsed, config, "The list cannot be read", async (state, _) =>
        {
            var acts = await state.ReadAsync(session => OperatorActs.ListAsync(session, parsed.GetValue(max)), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? VerbOutput.Json(acts) : AsTable(acts));
        }));
        return command;
    }

    private static string AsTable(IReadOnlyList<OperatorAct> acts) => VerbOutput.Table(
        ["AT", "WHO", "VERB", "WHAT", "CHANGED", "REASON"],
        [
            .. acts.Select(act => (string[])
            [
                act.At.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), act.Who, act.Verb, act.Target,
                act.Affected?.ToString(CultureInfo.InvariantCulture) ?? "not ended", act.Reason ?? "",
            ]),
        ],
        none: "Nothing was done.");
}
