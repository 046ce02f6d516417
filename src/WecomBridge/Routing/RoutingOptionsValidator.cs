using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;

namespace WecomBridge.Routing;

/// <summary>Checks subscribers against themselves, the corps and the transport.</summary>
internal sealed partial class RoutingOptionsValidator(IOptions<WecomOptions> wecom, IOptions<BrokerOptions> broker) : IValidateOptions<RoutingOptions>
{
    public ValidateOptionsResult Validate(string? name, RoutingOptions options)
    {
        var faults = options.Subscribers.SelectMany(entry => Faults(entry.Key, entry.Value)).ToList();
        faults.AddRange(options.Subscribers.Values.GroupBy(subscriber => subscriber.Queue).Where(group => group.Count() > 1)
            .Select(group => $"Routing:Subscribers: queue '{group.Key}' is named by {group.Count()} subscribers; each needs its own."));
        if (options.Subscribers.Count > 0 && broker.Value.Transport == BrokerTransport.Embedded)
            faults.Add("Routing:Subscribers needs Broker:Transport RabbitMq: the embedded transport has no queues to subscribe to.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(string name, SubscriberOptions subscriber)
    {
        var path = $"Routing:Subscribers:{name}";
        if (!Word().IsMatch(name)) yield return $"{path}: a subscriber's name is [a-z0-9_-]{{1,32}}.";
        if (!QueueName().IsMatch(subscriber.Queue)) yield return $"{path}:Queue '{subscriber.Queue}' must be crm.<team>.<purpose>, each [a-z0-9_-]{{1,32}}.";
        if (subscriber.Events.Count == 0) yield return $"{path}:Events names no event; use entity.action, entity.* or *.";
        foreach (var pattern in subscriber.Events.Where(pattern => !EventPattern().IsMatch(pattern)))
            yield return $"{path}:Events '{pattern}' must be entity.action, entity.* or *.";
        foreach (var corp in subscriber.Corps.Where(corp => !wecom.Value.Corps.ContainsKey(corp)))
            yield return $"{path}:Corps '{corp}' is not one of Wecom:Corps ({string.Join(", ", wecom.Value.Corps.Keys)}).";
    }

    [GeneratedRegex("^[a-z0-9_-]{1,32}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("^crm(\\.[a-z0-9_-]{1,32}){2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QueueName();

    [GeneratedRegex("^(\\*|[a-z0-9_-]{1,32}\\.([a-z0-9_-]{1,32}|\\*))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventPattern();
}
