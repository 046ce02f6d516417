using WecomBridge.Broker;

namespace WecomBridge.Routing;

/// <summary>Turns a subscriber's settings into topic bindings.</summary>
internal static class SubscriberBindings
{
    /// <summary>The bindings of one subscriber, each once.</summary>
    public static IEnumerable<(string Exchange, string Pattern)> Of(SubscriberOptions subscriber)
    {
        var corps = subscriber.Corps.Count == 0 ? ["*"] : subscriber.Corps;
        return subscriber.Events.SelectMany(events => corps.Select(corp => Bind(events, corp))).Distinct();
    }

    private static (string Exchange, string Pattern) Bind(string events, string corp)
    {
        if (events == "*") return (Topology.Events, $"v1.{corp}.#");
        var (entity, action) = (events[..events.IndexOf('.')], events[(events.IndexOf('.') + 1)..]);
        return (entity == "profile" ? Topology.Profiles : Topology.Events, $"v1.{corp}.{entity}.{action}.*");
    }
}
