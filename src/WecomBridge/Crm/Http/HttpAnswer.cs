using System.Text.Json;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>Reads customers out of the CRM's JSON.</summary>
internal static class HttpAnswer
{
    private const string IdField = "id";

    /// <summary>The customers of one page.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="options">Where things stand in it.</param>
    /// <param name="next">Address of the next page; null when this is the last.</param>
    /// <exception cref="CrmException">There is a customer without an id, or text that is none.</exception>
    public static CrmRecords Read(JsonElement root, HttpCrmOptions options, out string? next)
    {
        next = options.NextPage is { } pointer && JsonPointer.Find(root, pointer) is { ValueKind: JsonValueKind.String } link ? JsonPointer.TextOf(link) : null;
        var count = JsonPointer.CountRecords(root, options.Fields[IdField]);
        if (count > 1 || (count > 0 && IsOneOfMore(root, options))) return CrmRecords.Several;
        if (count == 0) return CrmRecords.None;

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, place) in options.Fields)
        {
            if (JsonPointer.Find(root, place) is { } element && TextOf(element) is { } text) fields[name] = text;
        }

        return fields.TryGetValue(IdField, out var id) && id.Length > 0
            ? new CrmRecords(1, new CrmRecord(id, fields))
            : throw new CrmException(WecomFailure.Rejected, "The CRM's answer holds nothing where Crm:Http:Fields:id points.");
    }

    private static bool IsOneOfMore(JsonElement root, HttpCrmOptions options) =>
        options.Total is { } pointer && JsonPointer.Find(root, pointer) is { ValueKind: JsonValueKind.Number } total && total.TryGetDouble(out var all) && all > 1;

    private static string? TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => JsonPointer.TextOf(element),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Where(item => item.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)).Select(TextOf).OfType<string>()),
        _ => null,
    };
}
