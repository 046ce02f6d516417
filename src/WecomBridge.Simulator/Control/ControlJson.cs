using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator.Control;

/// <summary>How the control API writes JSON.</summary>
internal static class ControlJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>An entry with its kind, the record's name without <c>Entry</c>.</summary>
    public static JsonObject Entry(LedgerEntry entry)
    {
        var json = JsonSerializer.SerializeToNode(entry, entry.GetType(), Options)!.AsObject();
        json.Insert(0, "type", KindOf(entry));
        return json;
    }

    public static string KindOf(LedgerEntry entry) => JsonNamingPolicy.CamelCase.ConvertName(entry.GetType().Name[..^"Entry".Length]);

    /// <summary>What happened and, when waited for, how it was delivered.</summary>
    public static JsonObject Happening(Happening happening, IReadOnlyList<CallbackOutcome>? outcomes) => new()
    {
        ["number"] = happening.Number,
        ["kind"] = happening.Kind,
        ["subjectId"] = happening.SubjectId,
        ["welcomeCodes"] = JsonSerializer.SerializeToNode(happening.WelcomeCodes, Options),
        ["outcomes"] = outcomes is null ? null : JsonSerializer.SerializeToNode(outcomes, Options),
    };
}
