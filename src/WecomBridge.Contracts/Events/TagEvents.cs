using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>A corp tag or a group of corp tags changed; the name must be fetched.</summary>
public abstract record TagEventData : EventData
{
    /// <summary>The tag or group of tags; null when WeCom named none.</summary>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>What the id names; <see cref="TagKinds"/> names the known words.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>The rule group (规则组) the tag belongs to; text, not always a number.</summary>
    [JsonPropertyName("strategyId")]
    public string? StrategyId { get; init; }
}

/// <summary>Known words of <see cref="TagEventData.Kind"/>.</summary>
public static class TagKinds
{
    /// <summary>One tag.</summary>
    public const string Tag = "tag";

    /// <summary>A group of tags.</summary>
    public const string Group = "group";

    /// <summary>WeCom did not say.</summary>
    public const string Unknown = "unknown";
}

/// <summary><c>tag.created</c></summary>
[EventType("tag.created")]
public sealed record TagCreated : TagEventData;

/// <summary><c>tag.updated</c></summary>
[EventType("tag.updated")]
public sealed record TagUpdated : TagEventData;

/// <summary><c>tag.deleted</c>; the deletion of a group deletes its tags without an event for each.</summary>
[EventType("tag.deleted")]
public sealed record TagDeleted : TagEventData;

/// <summary><c>tag.reordered</c>: the tags of the group changed order; without an id, the groups did.</summary>
[EventType("tag.reordered")]
public sealed record TagReordered : TagEventData;
