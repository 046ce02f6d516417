using System.Globalization;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Contract;

/// <summary>Finds what breaks subscribers between two states of the contract: removed, renamed, retyped, narrowed, made required.</summary>
internal static class ContractChanges
{
    /// <summary>What may not change beside an object's fields, and may not come either.</summary>
    private static readonly string[] Types = ["type", "format", "const"];

    private static readonly string[] Known = [.. Types, "description", "properties", "required", "items", "additionalProperties", "examples"];

    /// <summary>Each forbidden change in one sentence; none between contracts that may follow each other.</summary>
    public static List<string> Forbidden(JsonObject before, JsonObject now)
    {
        var faults = new List<string>();
        foreach (var (name, entry) in before)
        {
            if (now[name] is not JsonObject present)
            {
                faults.Add($"{name} is gone: removed or renamed.");
                continue;
            }

            foreach (var place in new[] { "address", "exchange" })
            {
                if (!JsonNode.DeepEquals(entry![place], present[place])) faults.Add($"{name}: its {place} is another.");
            }

            // What the bridge sends must stay there; what it takes need not be asked for any longer.
            Compare(name, entry!["schema"]!.AsObject(), present["schema"]!.AsObject(), isSent: (string?)entry["exchange"] != "wecom.commands" && !name.StartsWith("command-", StringComparison.Ordinal), faults);
        }

        return faults;
    }

    private static void Compare(string path, JsonObject before, JsonObject now, bool isSent, List<string> faults)
    {
        foreach (var keyword in Types)
        {
            if (!JsonNode.DeepEquals(before[keyword], now[keyword])) faults.Add($"{path}: retyped, its {keyword} is another.");
        }

        var (required, asked) = (Words(before["required"]), Words(now["required"]));
        faults.AddRange(asked.Except(required).Select(name => $"{path}.{name}: made required."));
        if (isSent) faults.AddRange(required.Except(asked).Select(name => $"{path}.{name}: no longer always there."));
        faults.AddRange(Words(before["examples"]).Except(Words(now["examples"])).Select(word => $"{path}: the known word '{word}' is gone."));
        foreach (var (name, field) in before["properties"]?.AsObject() ?? [])
        {
            if (now["properties"]?[name] is JsonObject present) Compare($"{path}.{name}", field!.AsObject(), present, isSent, faults);
            else faults.Add($"{path}.{name} is gone: removed or renamed.");
        }

        CompareElements(path, before["items"], now["items"], isSent, faults);
        CompareElements(path, before["additionalProperties"], now["additionalProperties"], isSent, faults);
        foreach (var (keyword, bound) in now.Where(entry => !Known.Contains(entry.Key)))
        {
            if (!IsKeptOrWider(keyword, before[keyword], bound)) faults.Add($"{path}: narrowed by {keyword}.");
        }
    }

    private static void CompareElements(string path, JsonNode? before, JsonNode? now, bool isSent, List<string> faults)
    {
        if (before is JsonObject old && now is JsonObject present) Compare(path + "[]", old, present, isSent, faults);
        else if (!JsonNode.DeepEquals(before, now)) faults.Add($"{path}: narrowed, its elements are others.");
    }

    private static bool IsKeptOrWider(string keyword, JsonNode? before, JsonNode? now) =>
        JsonNode.DeepEquals(before, now) || (Number(before) is { } from && Number(now) is { } to
            && (keyword.StartsWith("max", StringComparison.Ordinal) ? to >= from : keyword.StartsWith("min", StringComparison.Ordinal) && to <= from));

    private static double? Number(JsonNode? node) => double.TryParse(node?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Words(JsonNode? list) => list is JsonArray words ? [.. words.Select(word => word!.ToString())] : [];
}
