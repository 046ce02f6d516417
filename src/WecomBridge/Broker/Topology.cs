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

    public Topology(IOptions<BrokerOptions> broker, IOptions<RoutingOptions> routing)
    {
        Own(TagsQueue, "customer", "tag");
        Own(ProfilesQueue, "customer");
        Own(GroupsQueue, "group");
        Bindings.Add(new QueueBinding(TagsQueue, Commands, "v1.*.tags.apply.#"));
        Bindings.Add(new QueueBinding(ProfilesQueue, Commands, "v1.*.profile.refresh.#"));
        AddQueue(WelcomeQueue, Worked(WelcomeQueue));
        AddQueue(UnrecognizedQueue, [.. Quorum, Capped]);
        if (broker.Value.Log.MaxAge > TimeSpan.Zero) AddLog(broker.Value.Log);
        foreach (var subscriber in routing.Value.Subscribers.Values) AddSubscriber(subscriber);
    }

    /// <summary>Durable topic exchanges.</summary>
    public IReadOnlyList<string> Exchanges { get; } = [Events, Profiles, Commands];

    public List<QueueDeclaration> Queues { get; } = [];

    public List<QueueBinding> Bindings { get; } = [];

    /// <summary>The name of a queue's dead-letter queue.</summary>
    public static string DeadLettersOf(string queue) => queue + ".dlq";

    private static KeyValuePair<string, object?>[] Quorum => [new("x-queue-type", "quorum")];

    private static KeyValuePair<string, object?> Capped => new("x-max-length-bytes", DeadLetterMaxBytes);

    /// <summary>Arguments of a declared queue.</summary>
    public IReadOnlyDictionary<string, object?> ArgumentsOf(string queue) => Queues.Find(declared => declared.Name == queue)!.Arguments;

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
        foreach (var entity in entities) Bindings.Add(new QueueBinding(queue, Events, $"v1.*.{entity}.#"));
    }

    private void AddQueue(string name, KeyValuePair<string, object?>[] arguments)
    {
        Queues.Add(new QueueDeclaration(name, arguments.ToDictionary()));
        Queues.Add(new QueueDeclaration(DeadLettersOf(name), new Dictionary<string, object?>([.. Quorum, Capped])));
    }

    private void AddLog(BrokerLogOptions log)
    {
        Queues.Add(new QueueDeclaration(LogQueue, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "stream",
            ["x-max-age"] = $"{(long)log.MaxAge.TotalSeconds}s",
            ["x-max-length-bytes"] = log.MaxBytes,
        }));
        Bindings.Add(new QueueBinding(LogQueue, Events, "#"));
    }

    private void AddSubscriber(SubscriberOptions subscriber)
    {
        AddQueue(subscriber.Queue, Worked(subscriber.Queue));
        foreach (var (exchange, pattern) in SubscriberBindings.Of(subscriber)) Bindings.Add(new QueueBinding(subscriber.Queue, exchange, pattern));
    }
}
