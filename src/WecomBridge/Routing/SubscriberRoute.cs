using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Rules;

namespace WecomBridge.Routing;

/// <summary>One subscriber as it is on the broker: its queues, their bindings, and how an event finds them.</summary>
internal sealed class SubscriberRoute
{
    private readonly string[] _keys;

    /// <param name="name">Configured name.</param>
    /// <param name="settings">Valid settings.</param>
    public SubscriberRoute(string name, SubscriberOptions settings)
    {
        (Name, Settings, HasConditions) = (name, settings, SubscriberConditions.Any(settings.When));
        Queues = settings.Partitions == 1 ? [settings.Queue] : [.. Enumerable.Range(0, settings.Partitions).Select(number => $"{settings.Queue}.{number}")];
        _keys = [.. Enumerable.Range(0, PartitionKeys.Count).Select(partition => $"to.{name}.p{partition:00}")];
    }

    public string Name { get; }

    public SubscriberOptions Settings { get; }

    /// <summary>Whether the publisher addresses the subscriber; otherwise the broker does, by topic bindings.</summary>
    public bool HasConditions { get; }

    /// <summary>One, or one for each of <see cref="SubscriberOptions.Partitions"/>.</summary>
    public IReadOnlyList<string> Queues { get; }

    /// <summary>Bytes that may wait in each queue.</summary>
    public long MaxBytesEach => Settings.MaxBytes / Queues.Count;

    /// <summary>The queue that a partition's events wait in.</summary>
    /// <param name="partition">0 to 15.</param>
    public string QueueOf(int partition) => Queues[partition % Queues.Count];

    /// <summary>The key by which the publisher addresses the subscriber: <c>to.&lt;subscriber&gt;.&lt;pNN&gt;</c>.</summary>
    /// <param name="partition">0 to 15.</param>
    public string KeyOf(int partition) => _keys[partition];

    /// <summary>Whether corp and event are wanted; conditions are another matter.</summary>
    /// <param name="corp">Configured name.</param>
    /// <param name="name"><c>entity.action</c></param>
    public bool Wants(string corp, string name) => WantsCorp(corp) && WantsEvent(name);

    public bool WantsCorp(string corp) => Settings.Corps.Count == 0 || Settings.Corps.Contains(corp);

    /// <summary>CRM facts come only when they are named: <c>*</c> is every event of <c>wecom.events</c>.</summary>
    public bool WantsEvent(string name)
    {
        foreach (var pattern in Settings.Events)
        {
            if (pattern == "*" ? ExchangeOf(name) == Exchanges.Events : Pattern.Matches(pattern, name)) return true;
        }

        return false;
    }

    /// <summary>All bindings, each once.</summary>
    public IEnumerable<QueueBinding> Bindings()
    {
        var exchanges = Settings.Events.Select(ExchangeOf).Distinct().ToList();
        for (var number = 0; number < Queues.Count; number++)
        {
            foreach (var word in Words(number))
            {
                foreach (var (exchange, pattern) in HasConditions ? exchanges.Select(exchange => (exchange, $"to.{Name}.{word}")) : Patterns(word))
                    yield return new QueueBinding(Queues[number], exchange, pattern);
            }
        }
    }

    private static string ExchangeOf(string events) => events.StartsWith("profile.", StringComparison.Ordinal) ? Exchanges.Profiles : Exchanges.Events;

    /// <summary>Last words of the keys that belong to a queue.</summary>
    private IEnumerable<string> Words(int number) =>
        Queues.Count == 1 ? ["*"] : Enumerable.Range(0, PartitionKeys.Count).Where(partition => partition % Queues.Count == number).Select(partition => $"p{partition:00}");

    private IEnumerable<(string Exchange, string Pattern)> Patterns(string word)
    {
        var corps = Settings.Corps.Count == 0 ? ["*"] : Settings.Corps;
        return Settings.Events.SelectMany(events => corps.Select(corp => (ExchangeOf(events), Pattern: $"v1.{corp}.{(events == "*" ? "*.*" : events)}.{word}"))).Distinct();
    }
}
