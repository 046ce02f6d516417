namespace WecomBridge.Contracts;

/// <summary>Where messages of a type are published.</summary>
public enum EventExchange
{
    /// <summary><see cref="Exchanges.Events"/></summary>
    Events,

    /// <summary><see cref="Exchanges.Profiles"/></summary>
    Profiles,

    /// <summary><see cref="Exchanges.Commands"/></summary>
    Commands,
}

/// <summary>The bridge's topic exchanges.</summary>
public static class Exchanges
{
    /// <summary>Every original event, and the derived ones that carry ids only.</summary>
    public const string Events = "wecom.events";

    /// <summary>Derived events with CRM facts or tags; granted separately and not logged.</summary>
    public const string Profiles = "wecom.profiles";

    /// <summary>Commands of CRM teams to the bridge.</summary>
    public const string Commands = "wecom.commands";
}

/// <summary>The wire name of a record.</summary>
/// <param name="name"><c>entity.action</c>; <c>entity.*</c> when one record serves a family whose actions <see cref="EventTypes"/> lists.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    /// <summary><c>entity.action</c>, or <c>entity.*</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Where it is published. Default: <see cref="EventExchange.Events"/>.</summary>
    public EventExchange Exchange { get; init; } = EventExchange.Events;
}
