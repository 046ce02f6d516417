using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Contracts;

namespace WecomBridge.Contract;

/// <summary>The published contract as files: a JSON Schema 2020-12 for each message type and for the two envelopes, and one AsyncAPI document. Made from the records when first asked for.</summary>
internal sealed class ContractFiles
{
    public const string AsyncApi = "asyncapi.json";
    public const string Extension = ".schema.json";

    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private const string EventEnvelope = "event-envelope.v1";
    private const string CommandEnvelope = "command-envelope.v1";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<IReadOnlyDictionary<string, string>> _all = new(Write);

    /// <summary>Content by file name.</summary>
    /// <exception cref="InvalidOperationException">The documentation of the records is not beside the executable.</exception>
    public IReadOnlyDictionary<string, string> All => _all.Value;

    private static SortedDictionary<string, string> Write()
    {
        var schemas = new ContractSchemas(RecordDocs.Read());
        var (events, commands) = (schemas.EventEnvelope(), schemas.CommandEnvelope());
        var document = new AsyncApiDocument(events, commands);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [EventEnvelope + Extension] = Text(Named(EventEnvelope, "Envelope of events", events)),
            [CommandEnvelope + Extension] = Text(Named(CommandEnvelope, "Envelope of commands", commands)),
        };
        foreach (var type in EventTypes.All)
        {
            var data = schemas.DataOf(type);
            var sample = ContractSamples.DataOf(type, data);
            document.Add(type, data, ContractSamples.MessageOf(type, sample));
            files.Add($"{type.Name}.v1{Extension}", Text(SchemaOf(type, data, sample)));
        }

        files.Add(AsyncApi, Text(document.Json));
        return files;
    }

    /// <summary>The schema of the data, as the attribute <c>dataschema</c> promises, and within it that of the whole message, <c>#/$defs/message</c>.</summary>
    private static JsonObject SchemaOf(EventTypeInfo type, JsonObject data, JsonObject sample)
    {
        var schema = Named($"{type.Name}.v1", type.Name, data);
        schema["examples"] = new JsonArray(sample);
        schema["$defs"] = new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["description"] = "The whole message: envelope and data.",
                ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"urn:wecombridge:{(ContractSchemas.IsCommand(type) ? CommandEnvelope : EventEnvelope)}" }, MessageOf(type, new JsonObject { ["$ref"] = "#" })),
            },
        };
        return schema;
    }

    /// <summary>What a message of this type has beside its envelope.</summary>
    public static JsonObject MessageOf(EventTypeInfo type, JsonObject data)
    {
        var properties = new JsonObject { ["type"] = new JsonObject { ["const"] = type.CloudEventType }, ["data"] = data };
        if (!ContractSchemas.IsCommand(type)) properties.Insert(1, "dataschema", new JsonObject { ["const"] = type.DataSchema });
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("data") };
    }

    private static JsonObject Named(string name, string title, JsonObject schema)
    {
        var named = new JsonObject { ["$schema"] = Dialect, ["$id"] = $"urn:wecombridge:{name}", ["title"] = title };
        foreach (var (key, value) in schema) named.Add(key, value?.DeepClone());
        return named;
    }

    private static string Text(JsonObject json) => json.ToJsonString(Format) + "\n";
}
