using System.CommandLine;
using System.Globalization;
using System.Text;
using WecomBridge.Broker;
using WecomBridge.Operations;
using WecomBridge.State;

namespace WecomBridge.DeadLetters;

/// <summary><c>dlq list|show|retry|discard</c>: the messages that their consumers could not take.</summary>
internal static class DeadLettersVerb
{
    private const int MostOfAQueue = ushort.MaxValue;
    private const string Headline = "The dead letters cannot be reached";

    public static Command Create(Option<string[]> config) => new("dlq", "Messages that their consumers could not take.") { List(config), Show(config), Retry(config), Discard(config) };

    private static Command List(Option<string[]> config)
    {
        var filter = new FilterOptions();
        var each = new Option<bool>("--each") { Description = "Each message, and not how many there are of a kind." };
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = filter.AddTo(new Command("list", "Shows how many there are by queue, type and reason. Exit codes: 0, also when there are none; 2 when settings, State or broker cannot be used.") { each, json });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, config, async (letters, _, _) =>
        {
            var found = new List<Letter>();
            await letters.WalkAsync(filter.Of(parsed).TakesQueue, parsed.GetValue(filter.Max), Keep(filter.Of(parsed), found), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync((parsed.GetValue(each), parsed.GetValue(json)) switch
            {
                (true, true) => VerbOutput.Json(found),
                (true, false) => LetterTables.Each(found),
                (false, true) => VerbOutput.Json(LetterTables.GroupsOf(found)),
                _ => LetterTables.Groups(found),
            });
        }));
        return command;
    }

    private static Command Show(Option<string[]> config)
    {
        var id = new Option<string>("--id") { Description = "Id of the message.", Required = true };
        var body = new Option<bool>("--body") { Description = "Also the body, which may hold personal data." };
        var command = new Command("show", "Shows one message. Exit codes: 0; 2 when settings, State or broker cannot be used; 3 when there is no such message.") { id, body };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var filter = new LetterFilter(null, null, null, null, parsed.GetValue(id));
            var found = new List<(Letter Letter, string Body)>();
            var code = await RunAsync(parsed, config, (letters, _, _) => letters.WalkAsync(
                filter.TakesQueue,
                MostOfAQueue,
                (letter, bytes) =>
                {
                    if (filter.Matches(letter)) found.Add((letter, Encoding.UTF8.GetString(bytes.Span)));
                    return LetterFate.Keep;
                },
                cancellationToken));
            if (code != 0) return code;
            if (found.Count == 0) await parsed.InvocationConfiguration.Error.WriteLineAsync("There is no such message.");
            foreach (var (letter, text) in found) await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(body) ? VerbOutput.Json(new { letter, body = text }) : VerbOutput.Json(letter));
            return found.Count == 0 ? Verbs.Found : 0;
        });
        return command;
    }

    private static Command Retry(Option<string[]> config)
    {
        var filter = new FilterOptions();
        var all = new Option<bool>("--all") { Description = "Everything." };
        var command = filter.AddTo(new Command("retry", "Gives messages back to the queue they came from, with id and order kept. Exit codes: 0, also when there are none; 2 when settings, State or broker cannot be used.") { all });
        filter.DemandsOneOf(command, all);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, config, async (letters, state, time) =>
        {
            var unread = 0;
            var count = await VerbAct.RunAsync(
                state, time, "dlq retry", filter.Of(parsed).ToString(), reason: null, () => ChangeAsync(letters, filter, parsed, LetterFate.Retry, HasConsumer, cancellationToken), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Given back: {count}");
            if (unread > 0) await parsed.InvocationConfiguration.Output.WriteLineAsync($"Left: {unread} callbacks that could not be read have no consumer; look at them with callback decrypt.");

            bool HasConsumer(Letter letter)
            {
                if (letter.Queue != Topology.UnrecognizedQueue) return true;
                unread++;
                return false;
            }
        }));
        return command;
    }

    private static Command Discard(Option<string[]> config)
    {
        var filter = new FilterOptions();
        var all = new Option<bool>("--all") { Description = "Everything." };
        var reason = new Option<string>("--reason") { Description = "Why; it is kept with who did it, see audit list.", Required = true };
        var command = filter.AddTo(new Command("discard", "Deletes messages for good. Exit codes: 0, also when there are none; 2 when settings, State or broker cannot be used.") { all, reason });
        filter.DemandsOneOf(command, all);
        reason.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>())) result.AddError("--reason must say why.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, config, async (letters, state, time) =>
        {
            var count = await VerbAct.RunAsync(state, time, "dlq discard", filter.Of(parsed).ToString(), parsed.GetValue(reason), () => ChangeAsync(letters, filter, parsed, LetterFate.Discard, _ => true, cancellationToken), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Discarded: {count}");
        }));
        return command;
    }

    private static async Task<IReadOnlyList<string>> ChangeAsync(IDeadLetters letters, FilterOptions options, ParseResult parsed, LetterFate fate, Func<Letter, bool> may, CancellationToken cancellationToken)
    {
        var (filter, ids) = (options.Of(parsed), new List<string>());
        await letters.WalkAsync(
            filter.TakesQueue,
            parsed.GetValue(options.Max),
            (letter, _) =>
            {
                if (!filter.Matches(letter) || !may(letter)) return LetterFate.Keep;
                ids.Add(letter.Id);
                return fate;
            },
            cancellationToken);
        return ids;
    }

    private static Func<Letter, ReadOnlyMemory<byte>, LetterFate> Keep(LetterFilter filter, List<Letter> found) => (letter, _) =>
    {
        if (filter.Matches(letter)) found.Add(letter);
        return LetterFate.Keep;
    };

    private static Task<int> RunAsync(ParseResult parsed, Option<string[]> config, Func<IDeadLetters, IStateDatabase, TimeProvider, Task> work) =>
        VerbState.RunAsync(parsed, config, Headline, services => services.AddDeadLetters(), services => work(
            services.GetRequiredService<IDeadLetters>(), services.GetRequiredService<IStateDatabase>(), services.GetRequiredService<TimeProvider>()));

    /// <summary>Which letters, on the command line.</summary>
    private sealed class FilterOptions
    {
        private readonly Option<string?> _queue = new("--queue") { Description = "Only those of this queue; * and ? stand for any text and any character." };
        private readonly Option<string?> _type = new("--type") { Description = "Only of this type, such as customer.added; * and ? likewise." };
        private readonly Option<string?> _because = new("--because") { Description = "Only with this reason, as the list shows it; * and ? likewise." };
        private readonly Option<string?> _corp = new("--corp") { Description = "Only of this corp, by its configured name." };
        private readonly Option<string?> _id = new("--id") { Description = "Only this message." };

        public Option<int> Max { get; } = new("--max") { Description = $"Looks at so many of each queue at most, the oldest first; up to {MostOfAQueue}.", DefaultValueFactory = _ => 10_000 };

        public Command AddTo(Command command)
        {
            foreach (var option in new Option[] { _queue, _type, _because, _corp, _id, Max }) command.Add(option);
            command.TreatUnmatchedTokensAsErrors = false;
            Max.Validators.Add(result =>
            {
                if (!result.Implicit && result.GetValueOrDefault<int>() is < 1 or > MostOfAQueue) result.AddError(string.Create(CultureInfo.InvariantCulture, $"--max must lie between 1 and {MostOfAQueue}."));
            });
            return command;
        }

        public void DemandsOneOf(Command command, Option<bool> all) => command.Validators.Add(result =>
        {
            var hasFilter = new[] { _queue, _type, _because, _corp, _id }.Any(option => result.GetValue(option) is not null);
            if (hasFilter == result.GetValue(all)) result.AddError("Give --queue, --type, --because, --corp or --id, or --all for everything.");
        });

        public LetterFilter Of(ParseResult parsed) => new(parsed.GetValue(_queue), parsed.GetValue(_type), parsed.GetValue(_because), parsed.GetValue(_corp), parsed.GetValue(_id));
    }
}
