using System.Text.Json.Nodes;
using WecomBridge.Contracts;

namespace WecomBridge.Contract;

/// <summary>Examples of messages, made from their schemas: the first known word of an enumeration, else a value that looks like what WeCom sends.</summary>
internal static class ContractSamples
{
    private const string Customer = "wmEXAMPLEcustomer0000000000000001";
    private const string At = "2023-11-14T22:13:20Z";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["corpId"] = "ww1234567890abcdef",
        ["corp"] = "acme",
        ["app"] = "contact",
        ["userId"] = "zhangsan",
        ["newUserId"] = "zhangsan2",
        ["externalUserId"] = Customer,
        ["member"] = Customer,
        ["chatId"] = "wrEXAMPLEgroup000000000000000001",
        ["state"] = "store-7",
        ["commandId"] = "7f0d7c5a-54f9-4b8c-9a3c-2f4f3f6f1a11",
        ["command"] = "com.wecombridge.tags.apply.v1",
    };

    /// <summary>Data that fits its schema, with every field.</summary>
    public static JsonObject DataOf(EventTypeInfo type, JsonObject schema)
    {
        var data = Object(schema);
        if (type.Name == "tags.apply") (data["add"], data["remove"]) = (new JsonArray("Level/Gold"), new JsonArray("Level/Silver"));

        // One record serves a family of types: its word is the type's.
        var action = type.Name[(type.Name.IndexOf('.') + 1)..];
        if (type.DataType == typeof(AppNotified)) data["event"] = action;
        if (type.DataType == typeof(SuiteNotified)) data["infoType"] = action;
        return data;
    }

    /// <summary>A whole message.</summary>
    public static JsonObject MessageOf(EventTypeInfo type, JsonObject data)
    {
        var isCommand = ContractSchemas.IsCommand(type);
        var subject = (data["externalUserId"] ?? data["chatId"] ?? data["userId"] ?? data["id"] ?? data["linkId"])?.ToString() ?? "acme";
        var message = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = "146249e0-ccdd-8e00-91cf-cfe595dfcd05",
            ["source"] = isCommand ? "/crm/sales" : "/wecom/acme/contact",
            ["type"] = type.CloudEventType,
            ["subject"] = subject,
            ["time"] = At,
            ["datacontenttype"] = "application/json",
        };
        if (!isCommand)
        {
            message["dataschema"] = type.DataSchema;
            message["partitionkey"] = subject;
            message["wborigin"] = Origins.Callback;
            message["wbreceived"] = "2023-11-14T22:13:20.412Z";
        }

        message["data"] = data.DeepClone();
        return message;
    }

    private static JsonObject Object(JsonObject schema) =>
        new(schema["properties"]!.AsObject().Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Value(field.Key, field.Value!.AsObject()))));

    private static JsonNode Value(string name, JsonObject schema)
    {
        if (schema["examples"] is JsonArray words) return words[0]!.DeepClone();
        var type = schema["type"] is JsonArray several ? (string)several[0]! : (string)schema["type"]!;
        return type switch
        {
            "string" when (string?)schema["format"] == "date-time" => At,
            "string" => Texts.GetValueOrDefault(name, $"{name}-1"),
            "integer" => 1,
            "boolean" => true,
            "array" => new JsonArray(Value(name.TrimEnd('s'), schema["items"]!.AsObject())),
            _ when schema["properties"] is not null => Object(schema),
            _ => new JsonObject { ["level"] = Value("value", schema["additionalProperties"]!.AsObject()) },
        };
    }
}
