using Microsoft.Extensions.Options;
using WecomBridge.Routing;

namespace WecomBridge.Broker;

/// <summary>A queue as it is declared.</summary>
internal sealed record QueueDeclaration(string Name, IReadOnlyDictionary<string, object?> Arguments);

/// <summary>A queue's binding to an exchange.</summary>
internal sealed record QueueBinding(string Queue, string Exchange, string Pattern);

/// <summary>Everything this service declares on the broker: the contract's exchanges and queues, and each subscriber's.</summary>
internal sealed class Topology
{
    public const string Events = "wecom.events";
    public const string Profiles = "wecom.profiles";
    public const string Commands = "wecom.commands";
    public const string LogQueue = "wecom.log";
    public const string WelcomeQueue = "wecom.welcome";
    public const string ProfilesQueue = "wecom.work.profiles";
    public const string TagsQueue = "wecom.work.tags";
    public const string GroupsQueue = "wecom.work.groups";
    public const string UnrecognizedQueue = "wecom.unrecognized";

    /// <summary>Bodies kept in one dead-letter queue and in <c>wecom.unrecognized</c>; the oldest go first.</summary>
    private const long DeadLetterMaxBytes = 1L << 30;

    /// <summary>How often a consumer may die or give up over a message before the broker moves it to the dead letters.</summary>
    private const int DeliveryLimit = 20;

    private readonly List<QueueDeclaration> _ownQueues = [];
    private readonly List<QueueBinding> _ownBindings = [];
    private readonly RoutingTable _routing;

    public Topology(IOptions<BrokerOptions> broker, RoutingTable routing)
    {
        _routing = routing;
        Own(TagsQueue, "customer", "tag");
        Own(ProfilesQueue, "customer");
        Own(GroupsQueue, "group");
        _ownBindings.Add(new QueueBinding(TagsQueue, Commands, "v1.*.tags.apply.#"));
        _ownBindings.Add(new QueueBinding(ProfilesQueue, Commands, "v1.*.profile.refresh.#"));
        AddQueue(WelcomeQueue, Worked(WelcomeQueue));
        AddQueue(UnrecognizedQueue, [.. Quorum, Capped]);
        if (broker.Value.Log.MaxAge > TimeSpan.Zero) AddLog(broker.Value.Log);
    }

    /// <summary>Durable topic exchanges.</summary>
    public IReadOnlyList<string> Exchanges { get; } = [Events, Profiles, Commands];

    /// <summary>The bridge's own queues.</summary>
    public IReadOnlyList<QueueDeclaration> OwnQueues => _ownQueues;

    /// <summary>Bindings of the bridge's own queues.</summary>
    public IReadOnlyList<QueueBinding> OwnBindings => _ownBindings;

    /// <summary>All queues, those of subscribers as the settings stand now.</summary>
    public IReadOnlyList<QueueDeclaration> Queues => [.. _ownQueues, .. _routing.Current.Queues];

    /// <summary>All bindings, those of subscribers as the settings stand now.</summary>
    public IReadOnlyList<QueueBinding> Bindings => [.. _ownBindings, .. _routing.Current.Bindings];

    /// <summary>The name of a queue's dead-letter queue.</summary>
    public static string DeadLettersOf(string queue) => queue + ".dlq";

    private static KeyValuePair<string, object?>[] Quorum => [new("x-queue-type", "quorum")];

    private static KeyValuePair<string, object?> Capped => new("x-max-length-bytes", DeadLetterMaxBytes);

    /// <summary>The dead-letter queue of a queue.</summary>
    public static QueueDeclaration DeadLetterQueueOf(string queue) => new(DeadLettersOf(queue), new Dictionary<string, object?>([.. Quorum, Capped]));

    /// <summary>Arguments of one of the bridge's own queues.</summary>
    public IReadOnlyDictionary<string, object?> ArgumentsOf(string queue) => _ownQueues.Find(declared => declared.Name == queue)!.Arguments;

    private static KeyValuePair<string, object?>[] Worked(string queue) =>
    [
        .. Quorum,
        new("x-delivery-limit", DeliveryLimit),
        new("x-dead-letter-exchange", ""),
        new("x-dead-letter-routing-key", DeadLettersOf(queue)),
    ];

    private void Own(string queue, params string[] entities)
    {
        AddQueue(queue, Worked(queue));
        foreach (var entity in entities) _ownBindings.Add(new QueueBinding(queue, Events, $"v1.*.{entity}.#"));
    }

    private void AddQueue(string name, KeyValuePair<string, object?>[] arguments)
    {
        _ownQueues.Add(new QueueDeclaration(name, arguments.ToDictionary()));
        _ownQueues.Add(DeadLetterQueueOf(name));
    }

    private void AddLog(BrokerLogOptions log)
    {
        _ownQueues.Add(new QueueDeclaration(LogQueue, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "stream",
            ["x-max-age"] = $"{(long)log.MaxAge.TotalSeconds}s",
            ["x-max-length-bytes"] = log.MaxBytes,
        }));
        _ownBindings.Add(new QueueBinding(LogQueue, Events, "#"));
    }
}
