using RabbitMQ.Client;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>AMQP properties of a message, after contract.md section 1.</summary>
internal static class AmqpProperties
{
    private const string AppId = "wecombridge";

    /// <summary>Routing keys beside the message's own; the broker takes the header off before delivery. Must be a list: as plain text it closes the channel.</summary>
    private const string MoreKeys = "BCC";

    /// <param name="message">The message.</param>
    /// <param name="moreKeys">Routing keys beside its own, or null.</param>
    public static BasicProperties Of(OutgoingMessage message, string[]? moreKeys)
    {
        var headers = new Dictionary<string, object?>(message.Attributes.Count + 2);
        foreach (var (name, value) in message.Attributes) headers.Add(name, value);
        if (moreKeys is not null) headers.Add(MoreKeys, moreKeys);
        if (Traces.Current is { } span) headers.Add(Traces.Header, span);
        return new BasicProperties
        {
            AppId = AppId,
            ContentType = message.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
            MessageId = message.Id.ToString(),
            Timestamp = new AmqpTimestamp(message.Time.ToUnixTimeSeconds()),
            Type = message.Type,
        };
    }
}
