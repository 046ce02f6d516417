using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>The CloudEvents 1.0 attributes around every message of the bridge, in structured JSON. Consumers ignore fields they do not know.</summary>
/// <remarks>The bridge fills every attribute of an event. Of a command only <see cref="Id"/>, <see cref="Source"/>, <see cref="Type"/> and the data must be sent; an attribute that is null counts as absent.</remarks>
public abstract record CloudEvent
{
    // Generated readers give every absent attribute its type's default, null, so the defaults are kept in the setters.
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion"), JsonPropertyOrder(-30)]
    public string SpecVersion { get; init => field = value ?? "1.0"; } = "1.0";

    /// <summary>Stable id: a retry, a second instance, a replay and the copy through a second app of the corp carry the same one. Consumers skip what they have seen by it, but re-read the truth on an edit: two edits of one relation within a second share an id.</summary>
    [JsonPropertyName("id"), JsonPropertyOrder(-29)]
    public required Guid Id { get; init; }

    /// <summary><c>/wecom/&lt;corp&gt;/&lt;app&gt;</c>, configured names; a derived event keeps its cause's source.</summary>
    [JsonPropertyName("source"), JsonPropertyOrder(-28)]
    public required string Source { get; init; }

    /// <summary><c>com.wecombridge.&lt;entity&gt;.&lt;action&gt;.v1</c>; <see cref="EventTypes"/> lists them all.</summary>
    [JsonPropertyName("type"), JsonPropertyOrder(-27)]
    public required string Type { get; init; }

    /// <summary>The customer, group, tag, staff member … that the event is about.</summary>
    [JsonPropertyName("subject"), JsonPropertyOrder(-26)]
    public string Subject { get; init => field = value ?? ""; } = "";

    /// <summary>When it happened by WeCom's clock, whole seconds, UTC; of a derived event when the bridge made it, of a callback without a time when it was received.</summary>
    [JsonPropertyName("time"), JsonConverter(typeof(UtcTimeConverter)), JsonPropertyOrder(-25)]
    public DateTimeOffset Time { get; init; }

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype"), JsonPropertyOrder(-24)]
    public string DataContentType { get; init => field = value ?? "application/json"; } = "application/json";

    /// <summary><c>urn:wecombridge:&lt;entity&gt;.&lt;action&gt;.v1</c>.</summary>
    [JsonPropertyName("dataschema"), JsonPropertyOrder(-23)]
    public string? DataSchema { get; init; }

    /// <summary>What must stay in order: the customer's id, else the group's, else the subject.</summary>
    [JsonPropertyName("partitionkey"), JsonPropertyOrder(-22)]
    public string PartitionKey { get; init => field = value ?? ""; } = "";

    /// <summary>How the event came to be; <see cref="Origins"/> names the known words.</summary>
    [JsonPropertyName("wborigin"), JsonPropertyOrder(-21)]
    public string Origin { get; init => field = value ?? ""; } = "";

    /// <summary>Id of the event this one was derived from; null on originals.</summary>
    [JsonPropertyName("wbcause"), JsonPropertyOrder(-20)]
    public Guid? Cause { get; init; }

    /// <summary>When the bridge received or made it, UTC, milliseconds.</summary>
    [JsonPropertyName("wbreceived"), JsonConverter(typeof(UtcTimeConverter)), JsonPropertyOrder(-19)]
    public DateTimeOffset Received { get; init; }

    /// <summary>W3C trace context; null when the event was made outside a trace.</summary>
    [JsonPropertyName("traceparent"), JsonPropertyOrder(-18)]
    public string? TraceParent { get; init; }
}

/// <summary>A message of the bridge: envelope and data.</summary>
/// <typeparam name="TData">The record of the event type, such as <see cref="CustomerAdded"/>.</typeparam>
public sealed record CloudEvent<TData> : CloudEvent
    where TData : class
{
    /// <summary>What the message says.</summary>
    [JsonPropertyName("data")]
    public required TData Data { get; init; }
}
