using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WecomBridge.Contracts;

namespace WecomBridge.Contract;

/// <summary>JSON Schema of the records. Required is what is always there; of a command, what must be sent. Objects stay open, and so do enumerations: their known words are examples.</summary>
internal sealed class ContractSchemas(RecordDocs docs)
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The attributes around every event.</summary>
    public JsonObject EventEnvelope()
    {
        var schema = ObjectOf(typeof(CloudEvent), isCommand: false);
        schema["properties"]!["specversion"]!["const"] = "1.0";
        schema["properties"]!["datacontenttype"]!["const"] = "application/json";

        // Null in the record because a command may leave it out; the bridge fills it.
        schema["required"]!.AsArray().Add("dataschema");
        return schema;
    }

    /// <summary>The attributes around every command. Few must be sent.</summary>
    public JsonObject CommandEnvelope() => ObjectOf(typeof(CloudEvent), isCommand: true);

    /// <summary>The data of a message.</summary>
    public JsonObject DataOf(EventTypeInfo type)
    {
        var schema = ObjectOf(type.DataType, IsCommand(type));
        if (IsCommand(type)) CommandRules.AddTo(type.Name, schema);
        return schema;
    }

    public static bool IsCommand(EventTypeInfo type) => type.Exchange == EventExchange.Commands;

    private JsonObject ObjectOf(Type record, bool isCommand)
    {
        var fields = record.GetProperties().OrderBy(field => field.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0).ThenBy(Depth).ThenBy(field => field.MetadataToken).ToList();
        var schema = new JsonObject { ["description"] = docs.TextOf(record), ["type"] = "object", ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(NameOf(field), (JsonNode?)FieldOf(field, isCommand)))) };
        schema["required"] = new JsonArray([.. fields.Where(field => IsRequired(field, isCommand)).Select(field => (JsonNode)NameOf(field))]);
        schema["additionalProperties"] = true;
        return schema;
    }

    private JsonObject FieldOf(PropertyInfo field, bool isCommand)
    {
        var schema = TypeOf(field.PropertyType, isCommand);
        if (isCommand && !IsRequired(field, isCommand) && IsNullRead(field)) schema["type"] = new JsonArray((string)schema["type"]!, "null");
        schema["description"] = docs.TextOf(field);
        if (docs.WordsOf(field) is { Count: > 0 } words) schema["examples"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        return schema;
    }

    private JsonObject TypeOf(Type type, bool isCommand)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new JsonObject { ["type"] = "string" };
        if (type == typeof(Guid)) return new JsonObject { ["type"] = "string", ["format"] = "uuid", ["pattern"] = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$" };
        if (type == typeof(DateTimeOffset)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int) || type == typeof(long)) return new JsonObject { ["type"] = "integer" };
        if (!type.IsGenericType) return ObjectOf(type, isCommand);

        var element = TypeOf(type.GetGenericArguments()[^1], isCommand);
        return type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? new JsonObject { ["type"] = "array", ["items"] = element }
            : new JsonObject { ["type"] = "object", ["additionalProperties"] = element };
    }

    private static bool IsRequired(PropertyInfo field, bool isCommand) =>
        isCommand ? field.IsDefined(typeof(RequiredMemberAttribute)) : Nullable.GetUnderlyingType(field.PropertyType) is null && Nullability.Create(field).ReadState == NullabilityState.NotNull;

    private static bool IsNullRead(PropertyInfo field) => !field.PropertyType.IsValueType || Nullable.GetUnderlyingType(field.PropertyType) is not null;

    private static string NameOf(PropertyInfo field) => field.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name;

    /// <summary>What all messages share comes first.</summary>
    private static int Depth(PropertyInfo field)
    {
        var depth = 0;
        for (var type = field.DeclaringType; type is not null; type = type.BaseType) depth++;
        return depth;
    }
}
