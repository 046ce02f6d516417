using System.Text.Json.Serialization.Metadata;
using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>A message that travels between instances of the bridge only, such as a greeting command.</summary>
/// <param name="CloudEventType">Its CloudEvents type.</param>
/// <param name="Json">How its <c>CloudEvent&lt;T&gt;</c> is written and read.</param>
internal sealed record PrivateMessageType(string CloudEventType, JsonTypeInfo Json);

/// <summary>Which CloudEvents type is read as which <c>CloudEvent&lt;T&gt;</c>: the contract's and the private ones.</summary>
internal sealed class MessageTypes
{
    private readonly Dictionary<string, JsonTypeInfo> _byType;

    public MessageTypes(IEnumerable<PrivateMessageType> privateTypes)
    {
        _byType = EventTypes.All.ToDictionary(type => type.CloudEventType, type => EventJson.Default.GetTypeInfo(typeof(CloudEvent<>).MakeGenericType(type.DataType))!, StringComparer.Ordinal);
        foreach (var type in privateTypes) _byType.Add(type.CloudEventType, type.Json);
    }

    /// <summary>How to read a CloudEvents type; null for a type this version does not know.</summary>
    public JsonTypeInfo? Find(string cloudEventType) => _byType.GetValueOrDefault(cloudEventType);

    /// <summary>Whether a CloudEvents type is a command of the contract.</summary>
    public static bool IsCommand(string cloudEventType) => EventTypes.TryFindCloudEventType(cloudEventType, out var type) && type.Exchange == EventExchange.Commands;
}
