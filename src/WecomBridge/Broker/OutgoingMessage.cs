namespace WecomBridge.Broker;

/// <summary>Which road a message takes through the spool; each lane is relayed in its own order.</summary>
internal enum MessageLane
{
    /// <summary>Greeting commands: they must never wait behind a backlog of events.</summary>
    Welcome = 0,

    /// <summary>Everything else.</summary>
    Event = 1,
}

/// <summary>A message as it goes to the broker or into the spool.</summary>
internal sealed record OutgoingMessage
{
    /// <summary>Exchange; empty for the default exchange, where the routing key names a queue.</summary>
    public required string Exchange { get; init; }

    /// <summary>Five words of the contract, or a queue's name.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>CloudEvents id, AMQP message-id.</summary>
    public required Guid Id { get; init; }

    /// <summary>CloudEvents type, AMQP type.</summary>
    public required string Type { get; init; }

    /// <summary>CloudEvents time, AMQP timestamp.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What must stay in order.</summary>
    public required string PartitionKey { get; init; }

    /// <summary>UTF-8 body: structured CloudEvent, or ciphertext for <c>wecom.unrecognized</c>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>CloudEvents attributes repeated as AMQP headers <c>cloudEvents_*</c>; flat text only.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>AMQP content type; a CloudEvent unless said otherwise.</summary>
    public string ContentType { get; init; } = "application/cloudevents+json; charset=utf-8";

    /// <summary>The road through the spool.</summary>
    public MessageLane Lane { get; init; } = MessageLane.Event;
}
