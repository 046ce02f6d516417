using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Rules;

namespace WecomBridge.Routing;

/// <summary>Checks subscribers against themselves, the contract, the corps and the transport.</summary>
internal sealed partial class RoutingOptionsValidator(IOptions<WecomOptions> wecom, IOptions<BrokerOptions> broker) : IValidateOptions<RoutingOptions>
{
    /// <summary>Every count divides the 16 partitions of the contract evenly.</summary>
    private static readonly int[] PartitionCounts = [1, 2, 4, 8, 16];

    private static readonly string[] EventNames = [.. EventTypes.All.Where(type => type.Exchange != EventExchange.Commands).Select(type => type.Name)];

    private static readonly SubscriberRangesValidator Ranges = new();

    private static readonly string[] OriginWords = [Origins.Callback, Origins.Derived, Origins.Reconcile, Origins.Repair, Origins.Replay];

    public ValidateOptionsResult Validate(string? name, RoutingOptions options)
    {
        var faults = options.Subscribers.SelectMany(entry => Faults(entry.Key, entry.Value)).ToList();
        faults.AddRange(options.Subscribers.Values.GroupBy(subscriber => subscriber.Queue).Where(group => group.Count() > 1)
            .Select(group => $"Routing:Subscribers: queue '{group.Key}' is named by {group.Count()} subscribers; each needs its own."));
        if (options.Subscribers.Count > 0 && broker.Value.Transport == BrokerTransport.Embedded)
            faults.Add("Routing:Subscribers needs Broker:Transport RabbitMq: the embedded transport has no queues to subscribe to.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> EventFaults(string path, IReadOnlyList<string> events)
    {
        if (events.Count == 0) yield return $"{path} names no event; use entity.action, entity.* or *.";
        foreach (var pattern in events)
        {
            if (!EventPattern().IsMatch(pattern)) yield return $"{path} '{pattern}' must be entity.action, entity.* or *.";
            else if (pattern != "*" && !Array.Exists(EventNames, known => Pattern.Matches(pattern, known)))
                yield return $"{path} '{pattern}' is no event of the contract; see docs/subscribing.";
        }
    }

    private static IEnumerable<string> WhenFaults(string path, SubscriberWhen when)
    {
        foreach (var (field, entries) in SubscriberConditions.Lists(when))
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (string.IsNullOrEmpty(entries[i])) yield return $"{path}:{field}:{i} is empty.";
            }
        }

        foreach (var word in when.Origin.Where(word => !Array.Exists(OriginWords, known => Pattern.Matches(word ?? "", known))))
            yield return $"{path}:Origin '{word}' must be one of {string.Join(", ", OriginWords)}.";
    }

    private IEnumerable<string> Faults(string name, SubscriberOptions subscriber)
    {
        var path = $"Routing:Subscribers:{name}";
        if (!Word().IsMatch(name)) yield return $"{path}: a subscriber's name is [a-z0-9_-]{{1,32}}.";
        if (!QueueName().IsMatch(subscriber.Queue)) yield return $"{path}:Queue '{subscriber.Queue}' must be crm.<team>.<purpose>, each [a-z0-9_-]{{1,32}}.";
        foreach (var fault in EventFaults($"{path}:Events", subscriber.Events)) yield return fault;
        foreach (var corp in subscriber.Corps.Where(corp => !wecom.Value.Corps.ContainsKey(corp)))
            yield return $"{path}:Corps '{corp}' is not one of Wecom:Corps ({string.Join(", ", wecom.Value.Corps.Keys)}).";
        if (!PartitionCounts.Contains(subscriber.Partitions)) yield return $"{path}:Partitions {subscriber.Partitions} must be one of {string.Join(", ", PartitionCounts)}.";
        foreach (var fault in Ranges.Validate(path, subscriber).Failures ?? []) yield return fault.Replace(path + ".", path + ":", StringComparison.Ordinal);
        foreach (var fault in WhenFaults($"{path}:When", subscriber.When)) yield return fault;
    }

    [GeneratedRegex("^[a-z0-9_-]{1,32}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("^crm(\\.[a-z0-9_-]{1,32}){2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QueueName();

    [GeneratedRegex("^(\\*|[a-z0-9_-]{1,32}\\.([a-z0-9_-]{1,32}|\\*))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventPattern();
}
