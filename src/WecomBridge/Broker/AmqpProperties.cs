using RabbitMQ.Client;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>AMQP properties of a message, after contract.md section 1.</summary>
internal static class AmqpProperties
{
    private const string AppId = "wecombridge";

    public static BasicProperties Of(OutgoingMessage message)
    {
        var headers = new Dictionary<string, object?>(message.Attributes.Count);
        foreach (var (name, value) in message.Attributes) headers.Add(name, value);
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
