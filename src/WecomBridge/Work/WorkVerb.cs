using System.CommandLine;
using System.Globalization;
using WecomBridge.Operations;
using WecomBridge.State;

namespace WecomBridge.Work;

/// <summary><c>work list</c> and <c>work retry</c>: what is due, and what waits for a person. They work on State directly, beside a running service.</summary>
internal static class WorkVerb
{
    private const int MostListed = 10_000;

    public static Command Create(Option<string[]> config) => new("work", "What is due, and what waits for a person.") { List(config), Retry(config) };

    private static Command List(Option<string[]> config)
    {
        var lane = new Option<string?>("--lane") { Description = "Only this lane: profiles, tags or groups." };
        var corp = new Option<string?>("--corp") { Description = "Only this corp, by its configured name." };
        var parked = new Option<bool>("--parked") { Description = "Only what waits for a person. The default." };
        var due = new Option<bool>("--due") { Description = "Only what could be worked now." };
        var all = new Option<bool>("--all") { Description = "Also what runs and what waits for its time." };
        var max = new Option<int>("--max") { Description = $"At most so many, up to {MostListed}.", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("list", "Shows pieces of work. Exit codes: 0, also when there are none; 2 when settings or State cannot be used.") { lane, corp, parked, due, all, max, json };
        command.TreatUnmatchedTokensAsErrors = false;
        max.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is (< 1 or > MostListed)) result.AddError($"--max must lie between 1 and {MostListed}.");
        });
        command.Validators.Add(result =>
        {
            if (new[] { parked, due, all }.Count(result.GetValue) > 1) result.AddError("Give one of --parked, --due and --all.");
        });
        command.SetAction((parsed, cancellationToken) => WithStateAsync(parsed, config, async (state, time) =>
        {
            ListedState? which = parsed.GetValue(all) ? null : parsed.GetValue(due) ? ListedState.Due : ListedState.Parked;
            var filter = new WorkFilter(parsed.GetValue(lane), parsed.GetValue(corp), which);
            var work = await state.ReadAsync(session => WorkStore.ListAsync(session, filter, parsed.GetValue(max), time.GetUtcNow()), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? AsJson(work) : AsTable(work));
        }));
        return command;
    }

    private static Command Retry(Option<string[]> config)
    {
        var lane = new Option<string?>("--lane") { Description = "Only this lane: profiles, tags or groups." };
        var corp = new Option<string?>("--corp") { Description = "Only this corp, by its configured name." };
        var key = new Option<string?>("--key") { Description = "Only this key, as work list shows it." };
        var all = new Option<bool>("--all") { Description = "Everything that is parked." };
        var command = new Command("retry", "Makes parked work due again; a running service takes it up by itself. Exit codes: 0, also when there is none; 2 when settings or State cannot be used.") { lane, corp, key, all };
        command.TreatUnmatchedTokensAsErrors = false;
        command.Validators.Add(result =>
        {
            var hasFilter = new[] { lane, corp, key }.Any(option => result.GetValue(option) is not null);
            if (hasFilter == result.GetValue(all)) result.AddError("Give --lane, --corp or --key, or --all for everything.");
        });
        command.SetAction((parsed, cancellationToken) => WithStateAsync(parsed, config, async (state, time) =>
        {
            var count = await state.WriteAsync(session => WorkStore.RetryParkedAsync(session, parsed.GetValue(lane), parsed.GetValue(corp), parsed.GetValue(key), time.GetUtcNow()), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Due again: {count}");
        }));
        return command;
    }

    private static Task<int> WithStateAsync(ParseResult parsed, Option<string[]> config, Func<IStateDatabase, TimeProvider, Task> work) =>
        VerbState.RunAsync(parsed, config, "The work cannot be read", work);

    private static string AsJson(IReadOnlyList<ListedWork> work) => VerbOutput.Json(work.Select(piece => new
        {
            piece.Key.Lane,
            piece.Key.Corp,
            piece.Key.Key,
            piece.App,
            State = Word(piece.State),
            piece.At,
            piece.Attempts,
            piece.Reason,
            piece.Remedy,
            Cause = piece.CauseId,
        }));

    private static string AsTable(IReadOnlyList<ListedWork> work) => VerbOutput.Table(
        ["LANE", "CORP", "APP", "KEY", "STATE", "AT", "ATTEMPTS", "REASON"],
        [
            .. work.Select(piece => (string[])
            [
                piece.Key.Lane, piece.Key.Corp, piece.App, piece.Key.Key, Word(piece.State), piece.At.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                piece.Attempts.ToString(CultureInfo.InvariantCulture), piece.Reason is null ? "" : $"{piece.Reason}. {piece.Remedy}".TrimEnd(),
            ]),
        ],
        none: "No such work.");

    private static string Word(ListedState state) => state switch
    {
        ListedState.Parked => "parked",
        ListedState.Running => "running",
        ListedState.Due => "due",
        _ => "later",
    };
}
