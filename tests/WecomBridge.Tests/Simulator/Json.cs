using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

/// <summary>Reading answers in tests.</summary>
internal static class Json
{
    /// <summary>Absent is success, as the platform documents.</summary>
    public static int Code(this JsonObject answer) => answer["errcode"]?.GetValue<int>() ?? 0;

    public static string Text(this JsonNode? node, string name) => node![name]!.GetValue<string>();

    public static JsonArray List(this JsonNode? node, string name) => node![name]!.AsArray();

    /// <summary>Every path to a leaf with the leaf's JSON kind; list places are left out.</summary>
    public static SortedSet<string> Shape(JsonNode? node, string path = "")
    {
        return node switch
        {
            JsonObject o => [.. o.SelectMany(p => Shape(p.Value, $"{path}/{p.Key}"))],
            JsonArray { Count: > 0 } a => [.. a.SelectMany(i => Shape(i, path + "[]"))],
            JsonArray => [path + "[]"],
            _ => [$"{path} {node!.GetValueKind()}"],
        };
    }
}
