using System.CommandLine;
using WecomBridge.Operations;

namespace WecomBridge.Work;

/// <summary><c>work list|show|retry|discard</c>: what is due, and what waits for a person. They work on State directly, beside a running service.</summary>
internal static class WorkVerb
{
    private const int MostListed = 10_000;
    private const string Headline = "The work cannot be read";

    public static Command Create(Option<string[]> config) => new("work", "What is due, and what waits for a person.") { List(config), Show(config), Retry(config), Discard(config) };

    private static Command List(Option<string[]> config)
    {
        var (lane, corp) = (LaneOption(), CorpOption());
        var parked = new Option<bool>("--parked") { Description = "Only what waits for a person. The default." };
        var due = new Option<bool>("--due") { Description = "Only what could be worked now." };
        var all = new Option<bool>("--all") { Description = "Also what runs and what waits for its time." };
        var grouped = new Option<bool>("--grouped") { Description = "How much there is by lane, corp and reason, and not each piece; of the pieces that --max allows." };
        var max = new Option<int>("--max") { Description = $"At most so many, up to {MostListed}.", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("list", "Shows pieces of work. Exit codes: 0, also when there are none; 2 when settings or State cannot be used.") { lane, corp, parked, due, all, grouped, max, json };
        command.TreatUnmatchedTokensAsErrors = false;
        max.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is (< 1 or > MostListed)) result.AddError($"--max must lie between 1 and {MostListed}.");
        });
        command.Validators.Add(result =>
        {
            if (new[] { parked, due, all }.Count(result.GetValue) > 1) result.AddError("Give one of --parked, --due and --all.");
        });
        command.SetAction((parsed, cancellationToken) => VerbState.RunAsync(parsed, config, Headline, async (state, time) =>
        {
            ListedState? which = parsed.GetValue(all) ? null : parsed.GetValue(due) ? ListedState.Due : ListedState.Parked;
            var filter = new WorkFilter(parsed.GetValue(lane), parsed.GetValue(corp), which);
            var most = parsed.GetValue(grouped) && parsed.GetResult(max) is null or { Implicit: true } ? MostListed : parsed.GetValue(max);
            var work = await state.ReadAsync(session => WorkStore.ListAsync(session, filter, most, time.GetUtcNow()), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync((parsed.GetValue(grouped), parsed.GetValue(json)) switch
            {
                (true, true) => VerbOutput.Json(WorkTables.GroupsOf(work)),
                (true, false) => WorkTables.Groups(work),
                (false, true) => WorkTables.Json(work),
                _ => WorkTables.Each(work),
            });
        }));
        return command;
    }

    private static Command Show(Option<string[]> config)
    {
        var corp = new Option<string>("--corp") { Description = "The corp, by its configured name.", Required = true };
        var key = new Option<string>("--key") { Description = "The key, as work list shows it.", Required = true };
        var command = new Command("show", "Shows all work about one customer, group or other key, as JSON. Exit codes: 0; 2 when settings or State cannot be used; 3 when there is none.") { corp, key };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<ListedWork> work = [];
            var code = await VerbState.RunAsync(parsed, config, Headline, async (state, time) =>
                work = await state.ReadAsync(session => WorkStore.ListOfKeyAsync(session, parsed.GetValue(corp)!, parsed.GetValue(key)!, time.GetUtcNow()), cancellationToken));
            if (code != 0) return code;
            if (work.Count == 0) await parsed.InvocationConfiguration.Error.WriteLineAsync("There is no such work.");
            else await parsed.InvocationConfiguration.Output.WriteLineAsync(WorkTables.Json(work));
            return work.Count == 0 ? Verbs.Found : 0;
        });
        return command;
    }

    private static Command Retry(Option<string[]> config)
    {
        var which = new Which();
        var command = which.AddTo(new Command("retry", "Makes parked work due again; a running service takes it up by itself. Exit codes: 0, also when there is none; 2 when settings or State cannot be used."));
        command.SetAction((parsed, cancellationToken) => VerbState.RunAsync(parsed, config, Headline, async (state, time) =>
        {
            var (lane, corp, key) = which.Of(parsed);
            var count = await VerbAct.RunAsync(
                state, time, "work retry", which.Text(parsed), reason: null,
                async () => Names(await state.WriteAsync(session => WorkStore.RetryParkedAsync(session, lane, corp, key, time.GetUtcNow()), cancellationToken)), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Due again: {count}");
        }));
        return command;
    }

    private static Command Discard(Option<string[]> config)
    {
        var which = new Which();
        var reason = new Option<string>("--reason") { Description = "Why; it is kept with who did it, see audit list.", Required = true };
        var command = which.AddTo(new Command("discard", "Deletes parked work for good; the next event about the same thing makes it anew. Exit codes: 0, also when there is none; 2 when settings or State cannot be used."));
        command.Add(reason);
        reason.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>())) result.AddError("--reason must say why.");
        });
        command.SetAction((parsed, cancellationToken) => VerbState.RunAsync(parsed, config, Headline, async (state, time) =>
        {
            var (lane, corp, key) = which.Of(parsed);
            var count = await VerbAct.RunAsync(
                state, time, "work discard", which.Text(parsed), parsed.GetValue(reason),
                async () => Names(await state.WriteAsync(session => WorkStore.DiscardParkedAsync(session, lane, corp, key), cancellationToken)), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Discarded: {count}");
        }));
        return command;
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<WorkKey> keys) => [.. keys.Select(key => $"{key.Lane}/{key.Corp}/{key.Key}")];

    private static Option<string?> LaneOption() => new("--lane") { Description = $"Only this lane: {string.Join(", ", WorkLane.All)}." };

    private static Option<string?> CorpOption() => new("--corp") { Description = "Only this corp, by its configured name." };

    /// <summary>Which parked work, on the command line.</summary>
    private sealed class Which
    {
        private readonly Option<string?> _lane = LaneOption();
        private readonly Option<string?> _corp = CorpOption();
        private readonly Option<string?> _key = new("--key") { Description = "Only this key, as work list shows it." };
        private readonly Option<bool> _all = new("--all") { Description = "Everything that is parked." };

        public Command AddTo(Command command)
        {
            foreach (var option in new Option[] { _lane, _corp, _key, _all }) command.Add(option);
            command.TreatUnmatchedTokensAsErrors = false;
            command.Validators.Add(result =>
            {
                var hasFilter = new[] { _lane, _corp, _key }.Any(option => result.GetValue(option) is not null);
                if (hasFilter == result.GetValue(_all)) result.AddError("Give --lane, --corp or --key, or --all for everything.");
            });
            return command;
        }

        public (string? Lane, string? Corp, string? Key) Of(ParseResult parsed) => (parsed.GetValue(_lane), parsed.GetValue(_corp), parsed.GetValue(_key));

        public string Text(ParseResult parsed)
        {
            var (lane, corp, key) = Of(parsed);
            return string.Join(", ", new[] { ("lane", lane), ("corp", corp), ("key", key) }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2}").DefaultIfEmpty("everything parked"));
        }
    }
}
