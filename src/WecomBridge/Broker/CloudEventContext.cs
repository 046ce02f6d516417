using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MassTransit;
using MassTransit.Serialization;
using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>One CloudEvent on its way to the one consumer method that takes its type.</summary>
/// <remarks>MassTransit asks for every message type of the endpoint; a raw reader would answer yes to all. This one answers by the CloudEvents <c>type</c>.</remarks>
internal sealed class CloudEventContext : BaseSerializerContext
{
    private readonly byte[] _body;
    private readonly JsonTypeInfo? _json;
    private Type? _messageType;
    private object? _message;

    /// <exception cref="SerializationException">The body is no CloudEvent.</exception>
    public CloudEventContext(MessageTypes types, byte[] body, MessageContext context)
        : base(SystemTextJsonMessageSerializer.Instance, context, [])
    {
        if (!EventReader.TryReadType(body, out var type)) throw new SerializationException("The body is no CloudEvent with a type.");
        (_body, _json) = (body, types.Find(type));
        _messageType = _json?.Type;
        if (MessageTypes.IsCommand(type)) ReadCommand(type);
    }

    public override bool IsSupportedMessageType<T>() => IsSupportedMessageType(typeof(T));

    public override bool IsSupportedMessageType(Type messageType) => messageType == _messageType;

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

    public override IMessageSerializer GetMessageSerializer() => throw OneWay();

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => throw OneWay();

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => throw OneWay();

    public override Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => throw OneWay();

    private static NotSupportedException OneWay() => new("Events are published through IOutbox, never through MassTransit.");

    private object Read()
    {
        try
        {
            return _message ??= Parse();
        }
        catch (JsonException failure)
        {
            throw new SerializationException("The body does not fit its CloudEvents type.", failure);
        }
    }

    /// <summary>A command is read at once: its sender is told when it does not fit, if it says which command it is.</summary>
    private void ReadCommand(string type)
    {
        try
        {
            _message = Parse();
        }
        catch (JsonException failure)
        {
            _message = UnreadableCommand.Of(_body, type, failure);
            if (_message is not null) _messageType = typeof(UnreadableCommand);
        }
    }

    /// <exception cref="JsonException">The body does not fit.</exception>
    private object Parse()
    {
        var message = JsonSerializer.Deserialize(_body, _json!);
        if (message is null || !EventReader.HasData(_body)) throw new JsonException("The body has no data.", "$.data", null, null);
        return message is CloudEvent { Source: not null } ? message : throw new JsonException("The body has no source.", "$.source", null, null);
    }
}
