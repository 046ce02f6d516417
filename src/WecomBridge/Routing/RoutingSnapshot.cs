using System.Collections.Concurrent;
using System.Globalization;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Routing;

/// <summary>Where events go, as one reading of the settings says. Immutable: a publish takes one snapshot, so no event goes half by old and half by new settings.</summary>
internal sealed class RoutingSnapshot
{
    /// <summary>How often a subscriber may die or give up over a message before the broker moves it to the dead letters.</summary>
    private const int DeliveryLimit = 20;

    private readonly SubscriberRoute[] _conditional;
    private readonly ConcurrentDictionary<string, Candidates> _candidates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Candidates>.AlternateLookup<ReadOnlySpan<char>> _candidatesBySpan;

    /// <param name="options">Valid settings.</param>
    /// <param name="limitsArePolicies">Whether limits are set as policies, which may change, and not as arguments of the queues.</param>
    public RoutingSnapshot(RoutingOptions options, bool limitsArePolicies)
    {
        Options = options;
        Subscribers = [.. options.Subscribers.Select(entry => new SubscriberRoute(entry.Key, entry.Value))];
        _conditional = [.. Subscribers.Where(subscriber => subscriber.HasConditions)];
        _candidatesBySpan = _candidates.GetAlternateLookup<ReadOnlySpan<char>>();
        Queues = [.. Subscribers.SelectMany(subscriber => subscriber.Queues.SelectMany(queue => Declarations(subscriber, queue, limitsArePolicies)))];
        Bindings = [.. Subscribers.SelectMany(subscriber => subscriber.Bindings())];
        if (limitsArePolicies) Policies = [.. Subscribers.SelectMany(subscriber => subscriber.Queues.Select(queue => new QueuePolicy(queue, Limits(subscriber))))];
    }

    public RoutingOptions Options { get; }

    public IReadOnlyList<SubscriberRoute> Subscribers { get; }

    /// <summary>Queues of subscribers, each before its dead letters.</summary>
    public IReadOnlyList<QueueDeclaration> Queues { get; }

    public IReadOnlyList<QueueBinding> Bindings { get; }

    /// <summary>Limits that are no arguments of the queues; empty when they are.</summary>
    public IReadOnlyList<QueuePolicy> Policies { get; } = [];

    /// <summary>Keys of the subscribers whose conditions an event meets, to be sent with it; null for none.</summary>
    public string[]? KeysOf(OutgoingMessage message)
    {
        if (_conditional.Length == 0 || message.Exchange is not (Exchanges.Events or Exchanges.Profiles)) return null;
        var candidates = CandidatesOf(message.RoutingKey, out var partition);
        if (candidates.Subscribers.Length == 0) return null;

        var facts = EventFacts.Read(message, candidates.Fields);
        List<string>? keys = null;
        foreach (var subscriber in candidates.Subscribers)
        {
            if (SubscriberConditions.Hold(subscriber.Settings.When, facts)) (keys ??= []).Add(subscriber.KeyOf(partition));
        }

        return keys?.ToArray();
    }

    /// <summary>The subscribers with conditions that want this corp and event; found once for each, by the key without its last word.</summary>
    private Candidates CandidatesOf(string routingKey, out int partition)
    {
        partition = 0;
        var end = routingKey.LastIndexOf('.');
        if (end < 0 || end + 2 > routingKey.Length || !int.TryParse(routingKey.AsSpan(end + 2), NumberStyles.None, CultureInfo.InvariantCulture, out partition) || partition >= PartitionKeys.Count) return Candidates.None;
        var address = routingKey.AsSpan(0, end);
        if (_candidatesBySpan.TryGetValue(address, out var known)) return known;

        var words = routingKey.Split('.');
        var found = words.Length == 5 ? Candidates.Of([.. _conditional.Where(subscriber => subscriber.Wants(words[1], $"{words[2]}.{words[3]}"))]) : Candidates.None;
        _candidatesBySpan[address] = found;
        return found;
    }

    private static IEnumerable<QueueDeclaration> Declarations(SubscriberRoute subscriber, string queue, bool limitsArePolicies)
    {
        // Where dead letters go never changes, and must hold from the queue's first moment: it is no policy.
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = Topology.DeadLettersOf(queue) };
        if (subscriber.Queues.Count > 1) arguments["x-single-active-consumer"] = true;
        if (!limitsArePolicies)
        {
            foreach (var (name, value) in Limits(subscriber)) arguments["x-" + name] = value;
        }

        yield return new QueueDeclaration(queue, arguments);
        yield return Topology.DeadLetterQueueOf(queue);
    }

    /// <summary>Old events make room for new ones: refusing new ones would refuse them to every other queue too.</summary>
    private static Dictionary<string, object?> Limits(SubscriberRoute subscriber) => new()
    {
        ["delivery-limit"] = DeliveryLimit,
        ["message-ttl"] = (long)subscriber.Settings.Retention.TotalMilliseconds,
        ["max-length-bytes"] = subscriber.MaxBytesEach,
    };

    /// <summary>Subscribers whose conditions are judged, and what those ask of an event.</summary>
    private sealed record Candidates(SubscriberRoute[] Subscribers, EventFields Fields)
    {
        public static readonly Candidates None = Of([]);

        public static Candidates Of(SubscriberRoute[] subscribers) =>
            new(subscribers, subscribers.Aggregate(EventFields.None, (fields, subscriber) => fields | SubscriberConditions.FieldsOf(subscriber.Settings.When)));
    }
}

/// <summary>Limits of a queue that are set as a policy.</summary>
internal sealed record QueuePolicy(string Queue, IReadOnlyDictionary<string, object?> Definition)
{
    /// <summary>Name of the policy on the broker.</summary>
    public string Name => "wecombridge." + Queue;
}
