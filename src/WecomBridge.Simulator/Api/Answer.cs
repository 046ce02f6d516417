using System.Text.Json.Nodes;

namespace WecomBridge.Simulator.Api;

/// <summary>The base of every answer.</summary>
internal static class Answer
{
    public static JsonObject Ok() => new() { ["errcode"] = 0, ["errmsg"] = "ok" };

    /// <param name="code">One of errors-and-limits.md.</param>
    /// <param name="text">What the platform would say, without it its usual words; hint, address and link are added where it is sent.</param>
    public static JsonObject Error(int code, string? text = null) => new() { ["errcode"] = code, ["errmsg"] = text ?? ErrorTexts.Of(code) };

    public static JsonObject Missing(string field) => Error(40058, $"invalid parameter: {field} missing or of a wrong type");

    public static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    /// <summary>0 also when the answer carries none, as some of the platform's do.</summary>
    public static int CodeOf(JsonObject answer) => answer["errcode"]?.GetValue<int>() ?? 0;
}
