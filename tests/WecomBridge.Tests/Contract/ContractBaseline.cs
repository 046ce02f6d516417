using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Contract;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Contract;

/// <summary>What subscribers rely on, without words for people: each schema by its name, and where its messages travel.</summary>
internal static class ContractBaseline
{
    public static readonly string Path = RepositoryFiles.PathOf("docs", "contract", "contract-v1.baseline.json");

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Approved() => JsonNode.Parse(File.ReadAllText(Path))!.AsObject();

    public static JsonObject Present()
    {
        var files = new ContractFiles().All;
        var channels = JsonNode.Parse(files[ContractFiles.AsyncApi])!["channels"]!;
        var baseline = new JsonObject();
        foreach (var (file, text) in files.Where(file => file.Key.EndsWith(ContractFiles.Extension, StringComparison.Ordinal)))
        {
            var name = file[..^ContractFiles.Extension.Length];
            var schema = JsonNode.Parse(text)!.AsObject();
            foreach (var key in new[] { "$schema", "$id", "title", "examples", "$defs" }) schema.Remove(key);
            var entry = new JsonObject { ["schema"] = schema };
            if (channels[name[..^".v1".Length]] is { } channel) (entry["address"], entry["exchange"]) = ((string)channel["address"]!, (string)channel["bindings"]!["amqp"]!["exchange"]!["name"]!);
            baseline[name] = entry;
            DropDescriptions(schema);
        }

        return baseline;
    }

    public static string Text(JsonObject baseline) => baseline.ToJsonString(Format) + "\n";

    private static void DropDescriptions(JsonObject schema)
    {
        schema.Remove("description");
        foreach (var (_, property) in schema["properties"]?.AsObject() ?? []) DropDescriptions(property!.AsObject());
        if (schema["items"] is JsonObject items) DropDescriptions(items);
        if (schema["additionalProperties"] is JsonObject values) DropDescriptions(values);
    }
}
