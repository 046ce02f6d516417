using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using WecomBridge.Contracts;

namespace Subscriber.WecomEvents;

/// <summary>Lets MassTransit read structured CloudEvents.</summary>
internal sealed class CloudEventFormat : ISerializerFactory, IMessageDeserializer
{
    public ContentType ContentType { get; } = new("application/cloudevents+json");

    public IMessageDeserializer CreateDeserializer() => this;

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("Events are only read.");

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) => new CloudEventContext(body.GetBytes(), new RawMessageContext(headers, destinationAddress, RawSerializerOptions.Default));

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("cloudEvents");
}

/// <summary>One event. MassTransit asks for every message type of its consumers; the CloudEvents <c>type</c> decides.</summary>
internal sealed class CloudEventContext(byte[] body, MessageContext context) : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, context, [])
{
    private readonly Type? _type = TypeOf(body);

    public override bool IsSupportedMessageType<T>() => IsSupportedMessageType(typeof(T));

    public override bool IsSupportedMessageType(Type messageType) => messageType == _type;

    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message)
        where T : class
    {
        message = IsSupportedMessageType<T>() ? (T)Read() : null;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = IsSupportedMessageType(messageType) ? Read() : null;
        return message is not null;
    }

    public override IMessageSerializer GetMessageSerializer() => throw new NotSupportedException();

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => throw new NotSupportedException();

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => throw new NotSupportedException();

    public override Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => throw new NotSupportedException();

    private static Type? TypeOf(byte[] body)
    {
        try
        {
            var message = JsonSerializer.Deserialize<JsonElement>(body);
            if (message.GetProperty("data").ValueKind != JsonValueKind.Object) throw new JsonException("The body has no data.");
            return EventTypes.TryFindCloudEventType(message.GetProperty("type").GetString()!, out var known) ? typeof(CloudEvent<>).MakeGenericType(known.DataType) : null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SerializationException("The body is no CloudEvent.", failure);
        }
    }

    private object Read()
    {
        try
        {
            return JsonSerializer.Deserialize(body, _type!)!;
        }
        catch (JsonException failure)
        {
            throw new SerializationException("The body does not fit its type.", failure);
        }
    }
}
