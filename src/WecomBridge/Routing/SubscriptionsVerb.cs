using System.CommandLine;
using WecomBridge.Broker;
using WecomBridge.Operations;
using WecomBridge.State;

namespace WecomBridge.Routing;

/// <summary><c>subscriptions plan</c> and <c>subscriptions apply</c>: what stands between the broker and the settings, and making it true. Both may run beside the service.</summary>
internal static class SubscriptionsVerb
{
    /// <summary>Exit code when the broker is not as the settings say.</summary>
    private const int Differs = 3;

    public static Command Create(Option<string[]> config) => new("subscriptions", "The queues and bindings of subscribers on the broker.")
    {
        Plan(config),
        Apply(config),
    };

    private static Command Plan(Option<string[]> config)
    {
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("plan", "Shows what would be declared, bound, unbound and limited; changes nothing. Exit codes: 0 nothing; 1 the command line is not understood; 2 settings, State or broker cannot be used; 3 there are differences.") { json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, config, async (provider, channel) =>
        {
            var snapshot = provider.GetRequiredService<RoutingTable>().Current;
            var plan = await provider.GetRequiredService<SubscriptionPlanner>().PlanAsync(channel, snapshot, cancellationToken);
            await WriteAsync(parsed, snapshot, plan, parsed.GetValue(json));
            return plan.IsEmpty ? 0 : Differs;
        }, cancellationToken));
        return command;
    }

    private static Command Apply(Option<string[]> config)
    {
        var json = new Option<bool>("--json") { Description = "As JSON, for programs." };
        var command = new Command("apply", "Does what plan shows: declares what is missing, binds, unbinds, sets limits; deletes nothing. Exit codes: 0 all is as the settings say; 1 the command line is not understood; 2 settings, State or broker cannot be used; 3 a queue stands with other properties.") { json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, config, async (provider, channel) =>
        {
            var (snapshot, planner) = (provider.GetRequiredService<RoutingTable>().Current, provider.GetRequiredService<SubscriptionPlanner>());
            foreach (var exchange in provider.GetRequiredService<Topology>().Exchanges) await channel.DeclareExchangeAsync(exchange, cancellationToken);
            var plan = await planner.PlanAsync(channel, snapshot, cancellationToken);
            await planner.ApplyAsync(channel, snapshot, plan, declare: true, cancellationToken);
            await WriteAsync(parsed, snapshot, plan, parsed.GetValue(json));
            return plan.Mismatches.Count == 0 ? 0 : Differs;
        }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Option<string[]> config, Func<IServiceProvider, AdminChannel, Task<int>> work, CancellationToken cancellationToken)
    {
        var found = 0;
        var code = await Verbs.ExplainAsync("The subscriptions cannot be read", async () =>
        {
            var settings = Verbs.ReadSettings(parsed.GetValue(config) ?? [], [.. parsed.UnmatchedTokens], out var environment);
            await using var app = SettingsChecks.Require(settings, environment);
            var provider = app.Services;
            var factory = provider.GetService<RabbitConnectionFactory>() ?? throw new InvalidOperationException("Broker:Transport is Embedded, which has no queues to subscribe to: set it to RabbitMq.");
            await StateMigrator.RequireKnownAsync(provider.GetRequiredService<IStateDatabase>(), cancellationToken);
            await using var connection = await factory.ConnectAsync("wecombridge verb", cancellationToken);
            await using var channel = new AdminChannel(connection);
            found = await work(provider, channel);
        });
        return code == 0 ? found : code;
    }

    private static Task WriteAsync(ParseResult parsed, RoutingSnapshot snapshot, SubscriptionPlan plan, bool json) =>
        parsed.InvocationConfiguration.Output.WriteLineAsync(json ? AsJson(snapshot, plan) : AsTable(snapshot, plan));

    private static string AsJson(RoutingSnapshot snapshot, SubscriptionPlan plan) => VerbOutput.Json(new
    {
        Declare = plan.Declare.Select(queue => queue.Name),
        plan.Mismatches,
        plan.Bind,
        plan.Unbind,
        Limit = plan.SetPolicies.Select(policy => new { policy.Queue, Policy = policy.Name, Limits = policy.Definition }),
        Kept = KeptQueues(snapshot, plan),
    });

    private static string AsTable(RoutingSnapshot snapshot, SubscriptionPlan plan) => VerbOutput.Table(
        ["ACTION", "QUEUE", "WHAT"],
        [
            .. plan.Mismatches.Select(mismatch => (string[])["differs", "", mismatch]),
            .. plan.Declare.Select(queue => (string[])["declare", queue.Name, IsSubscribers(snapshot, queue.Name) ? $"refill it with: replay --from TIME --to-queue {queue.Name}" : ""]),
            .. plan.Bind.Select(binding => (string[])["bind", binding.Queue, $"{binding.Exchange} {binding.Pattern}"]),
            .. plan.Unbind.Select(binding => (string[])["unbind", binding.Queue, $"{binding.Exchange} {binding.Pattern}"]),
            .. plan.SetPolicies.Select(policy => (string[])["limit", policy.Queue, $"policy {policy.Name}: {string.Join(", ", policy.Definition.Select(limit => $"{limit.Key}={limit.Value}"))}"]),
            .. KeptQueues(snapshot, plan).Select(queue => (string[])["keep", queue, "no longer in the settings: nothing new comes; delete it by hand when nobody needs it"]),
        ],
        none: "The broker is as the settings say.");

    private static IEnumerable<string> KeptQueues(RoutingSnapshot snapshot, SubscriptionPlan plan) =>
        plan.Unbind.Select(binding => binding.Queue).Distinct(StringComparer.Ordinal).Where(queue => !IsSubscribers(snapshot, queue));

    /// <summary>Whether events wait in it; its dead letters are another queue.</summary>
    private static bool IsSubscribers(RoutingSnapshot snapshot, string queue) => snapshot.Subscribers.Any(subscriber => subscriber.Queues.Contains(queue));
}
