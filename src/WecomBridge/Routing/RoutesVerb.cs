using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Operations;

namespace WecomBridge.Routing;

/// <summary><c>routes explain</c>: where an event would go, and why not elsewhere. Reads the settings only.</summary>
internal static class RoutesVerb
{
    public static Command Create(Option<string[]> config) => new("routes", "Where events go.") { Explain(config) };

    private static Command Explain(Option<string[]> config)
    {
        var options = new EventOptions();
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("explain", "Shows which subscribers an event would reach, which not and why not, and which rules would act on it. Give --event and --corp, or --event-file. Exit codes: 0; 1 the command line is not understood; 2 the settings or the event cannot be used.")
        {
            options.Corp, options.Event, options.App, options.State, options.Staff, options.Customer, options.Group, options.Kind, options.Origin, options.File, json,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.Validators.Add(result =>
        {
            if (result.GetValue(options.File) is not null == (result.GetValue(options.Event) is not null)) result.AddError("Give --event, or --event-file with the event as it was published.");
            if (result.GetValue(options.Event) is not null && result.GetValue(options.Corp) is null) result.AddError("--event needs --corp.");
        });
        command.SetAction((parsed, cancellationToken) => Verbs.ExplainAsync("The routes cannot be explained", async () =>
        {
            var settings = Verbs.ReadSettings(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out var environment);
            await using var app = SettingsChecks.Require(settings, environment);
            var provider = app.Services;
            var sample = await options.ReadAsync(parsed, cancellationToken);
            if (!EventTypes.TryFind(sample.Event, out var type) || type.Exchange == EventExchange.Commands) throw new InvalidOperationException($"'{sample.Event}' is no event of the contract; write it as entity.action, such as customer.added.");
            var corps = provider.GetRequiredService<IOptions<WecomOptions>>().Value.Corps;
            if (!corps.ContainsKey(sample.Corp)) throw new InvalidOperationException($"'{sample.Corp}' is not one of Wecom:Corps ({string.Join(", ", corps.Keys)}).");
            var answers = provider.GetRequiredService<RoutingTable>().Current.Subscribers.Select(subscriber => Judge(subscriber, sample)).ToList();
            var rules = RuleOutlook.Of(provider, sample);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? AsJson(sample, type, answers, rules) : AsTable(sample, type, answers, rules));
        }));
        return command;
    }

    private static RouteAnswer Judge(SubscriberRoute subscriber, SampleEvent sample)
    {
        var why = !subscriber.WantsEvent(sample.Event) ? $"Events has no pattern for {sample.Event}"
            : !subscriber.WantsCorp(sample.Corp) ? $"Corps does not name {sample.Corp}"
            : SubscriberConditions.FindFailing(subscriber.Settings.When, sample.Facts) is { } failing ? "When: " + failing
            : null;
        var queue = sample.Partition is { } partition ? subscriber.QueueOf(partition) : subscriber.Queues.Count == 1 ? subscriber.Queues[0] : $"{subscriber.Settings.Queue}.0 to .{subscriber.Queues.Count - 1}, by the customer";
        return new RouteAnswer(subscriber.Name, why is null, queue, why ?? (subscriber.HasConditions ? "event, corp and conditions match" : "event and corp match"));
    }

    private static string AsTable(SampleEvent sample, EventTypeInfo type, IReadOnlyList<RouteAnswer> answers, IReadOnlyList<RuleAnswer> rules) =>
        string.Join(Environment.NewLine,
        [
            $"{sample.Event} of corp {sample.Corp}, on {type.ExchangeName} as v1.{sample.Corp}.{sample.Event}.{(sample.Partition is { } partition ? $"p{partition:00}" : "pNN")}",
            "",
            VerbOutput.Table(["SUBSCRIBER", "REACHED", "QUEUE", "WHY"], [.. answers.Select(answer => (string[])[answer.Subscriber, answer.Reached ? "yes" : "no", answer.Reached ? answer.Queue : "", answer.Why])], none: "No subscriber."),
            .. rules.Count == 0 ? (string[])[] : ["", VerbOutput.Table(["RULE", "MATCHES", "WHY"], [.. rules.Select(rule => (string[])[rule.Rule, rule.Matches, rule.Why])], none: "")],
        ]);

    private static string AsJson(SampleEvent sample, EventTypeInfo type, IReadOnlyList<RouteAnswer> answers, IReadOnlyList<RuleAnswer> rules) =>
        VerbOutput.Json(new { sample.Event, sample.Corp, Exchange = type.ExchangeName, sample.Partition, Subscribers = answers, Rules = rules });

    private sealed record RouteAnswer(string Subscriber, bool Reached, string Queue, string Why);

    /// <summary>The options that describe an event.</summary>
    private sealed class EventOptions
    {
        public Option<string?> Corp { get; } = new("--corp") { Description = "Configured name of the corp." };

        public Option<string?> Event { get; } = new("--event") { Description = "The event, such as customer.added." };

        public Option<string?> App { get; } = new("--app") { Description = "Configured name of the app that received the callback." };

        public Option<string?> State { get; } = new("--state") { Description = "Channel parameter." };

        public Option<string?> Staff { get; } = new("--staff") { Description = "Staff id." };

        public Option<string?> Customer { get; } = new("--customer") { Description = "Customer id; decides the partition." };

        public Option<string?> Group { get; } = new("--group") { Description = "Group id." };

        public Option<string?> Kind { get; } = new("--kind") { Description = "The event's own kind." };

        public Option<string> Origin { get; } = new("--origin") { Description = "callback, derived, reconcile, repair or replay.", DefaultValueFactory = _ => Origins.Callback };

        public Option<string?> File { get; } = new("--event-file") { Description = "A file with the event as it was published: a structured CloudEvent." };

        public async Task<SampleEvent> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
        {
            if (parsed.GetValue(File) is { } file) return SampleEvent.Parse(await System.IO.File.ReadAllBytesAsync(file, cancellationToken));
            var facts = new EventFacts
            {
                App = parsed.GetValue(App),
                State = parsed.GetValue(State),
                Staff = parsed.GetValue(Staff),
                Customer = parsed.GetValue(Customer),
                Group = parsed.GetValue(Group),
                Kind = parsed.GetValue(Kind),
                Origin = parsed.GetValue(Origin),
            };
            return new SampleEvent(parsed.GetValue(Corp)!, parsed.GetValue(Event)!, facts, facts.Customer ?? facts.Group);
        }
    }
}

/// <summary>An event to explain.</summary>
/// <param name="Corp">Configured name.</param>
/// <param name="Event"><c>entity.action</c></param>
/// <param name="Facts">What it carries.</param>
/// <param name="PartitionKey">What it must stay in order with; null when that is not said.</param>
internal sealed record SampleEvent(string Corp, string Event, EventFacts Facts, string? PartitionKey)
{
    /// <summary>0 to 15.</summary>
    public int? Partition => PartitionKey is null ? null : PartitionKeys.NumberOf(PartitionKey);

    /// <exception cref="InvalidOperationException">The text is no event of ours.</exception>
    public static SampleEvent Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (!EventTypes.TryFindCloudEventType(root.GetProperty("type").GetString() ?? "", out var type)) throw new InvalidOperationException("The event's type is not in the contract.");
            var key = root.TryGetProperty("partitionkey", out var partition) ? partition.GetString() : null;
            var origin = root.TryGetProperty("wborigin", out var from) ? from.GetString() : null;
            return new SampleEvent(root.GetProperty("data").GetProperty("corp").GetString() ?? "", type.Name, EventFacts.Read(body, origin), key);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException)
        {
            throw new InvalidOperationException("The file holds no structured CloudEvent with type, data and data.corp.", failure);
        }
    }
}
