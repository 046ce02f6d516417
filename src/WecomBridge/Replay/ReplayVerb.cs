using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.DeadLetters;
using WecomBridge.Operations;
using WecomBridge.Routing;
using WecomBridge.State;

namespace WecomBridge.Replay;

/// <summary><c>replay</c>: events of the log once more, to one subscriber.</summary>
internal static class ReplayVerb
{
    private const string Headline = "Nothing more is replayed";

    public static Command Create(Option<string[]> config)
    {
        var queue = new Option<string>("--to-queue") { Description = "The subscriber's queue, as Routing:Subscribers names it, or one of its partitions. Only what the subscriber's settings want comes to it.", Required = true };
        var from = TimeOption("--from", "Not before this time of the event, such as 2026-03-01T08:00:00Z or 2026-03-01T16:00:00+08:00. Without it: from the log's beginning.");
        var to = TimeOption("--to", "Before this time of the event. Without it: up to now.");
        var type = new Option<string?>("--type") { Description = "Only this type, such as customer.added; * and ? stand for any text and any character." };
        var corp = new Option<string?>("--corp") { Description = "Only this corp, by its configured name." };
        var customer = new Option<string?>("--customer") { Description = "Only this customer, by external_userid." };
        var waiting = new Option<int>("--most-waiting") { Description = "Waits while more messages than this wait in the queue: a full queue drops its oldest. 1-1000000.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("replay", "Publishes events of wecom.log once more to one subscriber's queue, with the ids they had and wborigin replay. Nobody is greeted. Exit codes: 0, also when nothing matches; 2 when settings, State or broker cannot be used, or there is no log.")
        {
            queue, from, to, type, corp, customer, waiting,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        waiting.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<int>() is < 1 or > 1_000_000) result.AddError("--most-waiting must lie between 1 and 1000000.");
        });
        command.SetAction((parsed, cancellationToken) => VerbState.RunAsync(parsed, config, Headline, services => services.AddDeadLetters().AddSingleton<LogReplay>(), async services =>
        {
            if (services.GetRequiredService<IOptions<BrokerOptions>>().Value.Transport == BrokerTransport.Embedded)
                throw new InvalidOperationException("The embedded transport keeps no log of events, so there is nothing to replay. Broker:Transport RabbitMq has one.");
            var target = ReplayTarget.Find(services.GetRequiredService<RoutingTable>().Current, parsed.GetValue(queue)!);
            var filter = new ReplayFilter(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(type), parsed.GetValue(corp), parsed.GetValue(customer));
            var count = await VerbAct.RunAsync(
                services.GetRequiredService<IStateDatabase>(),
                services.GetRequiredService<TimeProvider>(),
                "replay",
                $"{filter} to {parsed.GetValue(queue)}",
                reason: null,
                () => services.GetRequiredService<LogReplay>().RunAsync(filter, target, parsed.GetValue(waiting), cancellationToken),
                cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Published again: {count}");
        }));
        return command;
    }

    private static Option<DateTimeOffset?> TimeOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
            result.AddError($"{name} must be a time such as 2026-03-01T08:00:00Z.");
            return null;
        },
    };
}
