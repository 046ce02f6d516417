using System.Text.Json.Nodes;
using WecomBridge.Contracts;

namespace WecomBridge.Contract;

/// <summary>The AsyncAPI 3.0 document, seen from the bridge: it sends events and receives commands. A channel for each message type, addressed by its routing key.</summary>
internal sealed class AsyncApiDocument
{
    private const string BindingVersion = "0.3.0";
    private readonly JsonObject _channels = [];
    private readonly JsonObject _operations = [];
    private readonly JsonObject _messages = [];
    private readonly JsonObject _schemas = [];

    /// <param name="eventEnvelope">Schema of the attributes of events.</param>
    /// <param name="commandEnvelope">Schema of the attributes of commands.</param>
    public AsyncApiDocument(JsonObject eventEnvelope, JsonObject commandEnvelope)
    {
        _schemas["event-envelope"] = eventEnvelope.DeepClone();
        _schemas["command-envelope"] = commandEnvelope.DeepClone();
    }

    public JsonObject Json => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "WecomBridge",
            ["version"] = "1.0.0",
            ["description"] = "Events of WeCom's customers, groups, tags and staff as CloudEvents 1.0 in structured JSON on RabbitMQ, and the commands that CRM teams may send. "
                + "A subscriber has a queue of its own, crm.<team>.<purpose>, which the bridge binds. Delivery is at least once with a stable id. Fields may be added at any time: ignore what you do not know.",
        },
        ["defaultContentType"] = "application/cloudevents+json",
        ["servers"] = new JsonObject { ["broker"] = new JsonObject { ["host"] = "rabbitmq.example:5671", ["protocol"] = "amqps", ["protocolVersion"] = "0.9.1", ["description"] = "The company's RabbitMQ." } },
        ["channels"] = _channels,
        ["operations"] = _operations,
        ["components"] = new JsonObject
        {
            ["parameters"] = new JsonObject
            {
                ["corp"] = new JsonObject { ["description"] = "Configured name of the corp.", ["examples"] = new JsonArray("acme") },
                ["partition"] = new JsonObject { ["description"] = "The first byte of SHA-256 over the partitionkey, modulo 16.", ["enum"] = new JsonArray([.. Enumerable.Range(0, 16).Select(number => (JsonNode)$"p{number:00}")]) },
            },
            ["messages"] = _messages,
            ["schemas"] = _schemas,
        },
    };

    /// <summary>Adds a message type.</summary>
    /// <param name="type">Its name is the key of everything of it.</param>
    /// <param name="data">Schema of its data.</param>
    /// <param name="sample">A whole message.</param>
    public void Add(EventTypeInfo type, JsonObject data, JsonObject sample)
    {
        var isCommand = ContractSchemas.IsCommand(type);
        _channels[type.Name] = ChannelOf(type);
        _operations[(isCommand ? "receive." : "send.") + type.Name] = OperationOf(type, isCommand);
        _schemas[type.Name] = data.DeepClone();
        _messages[type.Name] = new JsonObject
        {
            ["name"] = type.CloudEventType,
            ["title"] = type.Name,
            ["summary"] = (string)data["description"]!,
            ["contentType"] = "application/cloudevents+json; charset=utf-8",
            ["payload"] = new JsonObject
            {
                ["allOf"] = new JsonArray(Reference($"#/components/schemas/{(isCommand ? "command" : "event")}-envelope"), ContractFiles.MessageOf(type, Reference($"#/components/schemas/{type.Name}"))),
            },
            ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["messageType"] = type.CloudEventType, ["bindingVersion"] = BindingVersion } },
            ["examples"] = new JsonArray(new JsonObject { ["name"] = type.Name, ["payload"] = sample }),
        };
    }

    private static JsonObject ChannelOf(EventTypeInfo type) => new()
    {
        ["address"] = $"v1.{{corp}}.{type.Name}.{{partition}}",
        ["messages"] = new JsonObject { ["message"] = Reference($"#/components/messages/{type.Name}") },
        ["parameters"] = new JsonObject { ["corp"] = Reference("#/components/parameters/corp"), ["partition"] = Reference("#/components/parameters/partition") },
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = type.ExchangeName, ["type"] = "topic", ["durable"] = true, ["autoDelete"] = false },
                ["bindingVersion"] = BindingVersion,
            },
        },
    };

    private static JsonObject OperationOf(EventTypeInfo type, bool isCommand) => new()
    {
        ["action"] = isCommand ? "receive" : "send",
        ["channel"] = Reference($"#/channels/{type.Name}"),
        ["messages"] = new JsonArray(Reference($"#/channels/{type.Name}/messages/message")),
        ["bindings"] = new JsonObject { ["amqp"] = isCommand ? new JsonObject { ["ack"] = true, ["bindingVersion"] = BindingVersion } : new JsonObject { ["deliveryMode"] = 2, ["timestamp"] = true, ["bindingVersion"] = BindingVersion } },
    };

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };
}
