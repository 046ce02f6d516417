using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace WecomBridge.Broker;

/// <summary>Lets MassTransit consumers take structured CloudEvents: <c>IConsumer&lt;CloudEvent&lt;CustomerAdded&gt;&gt;</c>. Read only; the bridge publishes past MassTransit.</summary>
internal sealed class CloudEventSerializerFactory(MessageTypes types) : ISerializerFactory
{
    public ContentType ContentType { get; } = new("application/cloudevents+json");

    public IMessageDeserializer CreateDeserializer() => new CloudEventDeserializer(types, ContentType);

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("Events are published through IOutbox, never through MassTransit.");
}

internal sealed class CloudEventDeserializer(MessageTypes types, ContentType contentType) : IMessageDeserializer
{
    public ContentType ContentType => contentType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        new CloudEventContext(types, body.GetBytes(), new RawMessageContext(headers, destinationAddress, RawSerializerOptions.Default));

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("cloudEvents");
}
