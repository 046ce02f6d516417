using System.Text.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Wecom.Api.Calls;

/// <summary>Ways in which an answer may be written that a client must bear.</summary>
internal static class JsonOddities
{
    private const int Depths = 4;

    /// <summary>Written by name in place of a field's value; an empty text stands for leaving the field out.</summary>
    private static readonly string[] Replacements = ["", "null", "\"\"", "\"junk\"", "[]", "[null]", "{}", "[[1]]", "-0.5", "1e400", "true"];

    /// <summary>Each oddity: how it is written, and the fields that must be read from it all the same.</summary>
    public static IEnumerable<(string Name, string Body, JsonObject Expected)> Of(string answer)
    {
        yield return ("as documented", answer, Parse(answer));
        yield return ("without errcode", Changed(answer, root => root.Remove("errcode")), Parse(answer));
        yield return ("errcode as text", Changed(answer, root => root["errcode"] = "0"), Parse(answer));
        yield return ("extra fields", Changed(answer, root => Each(root, o => o["unheard_of"] = JsonNode.Parse("""{"a":[1,null,{"b":"c"}]}"""))), Parse(answer));
        yield return ("numbers as text", Changed(answer, root => Leaves(root, JsonValueKind.Number, number => number.ToJsonString())), Parse(answer));
        yield return ("numbers with a point", Changed(answer, root => Leaves(root, JsonValueKind.Number, number => JsonNode.Parse(number.ToJsonString().Contains('.') ? number.ToJsonString() : number.ToJsonString() + ".0"))), Parse(answer));
        var numbers = Changed(answer, root => Leaves(root, JsonValueKind.String, _ => 17));
        yield return ("text as numbers", numbers, Parse(numbers));
        yield return ("null items", Changed(answer, root => Lists(root, list => list.Insert(0, null))), Parse(answer));
        for (var depth = 0; depth < Depths; depth++)
        {
            foreach (var replacement in Replacements)
            {
                var level = depth;
                var body = Changed(answer, root => AtDepth(root, level, (o, name) => Replace(o, name, replacement)));
                yield return ($"\"{replacement}\" at depth {depth}", body, Parse(Changed(answer, root => AtDepth(root, level, (o, name) => o.Remove(name)))));
            }
        }
    }

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static string Changed(string json, Action<JsonObject> change)
    {
        var root = Parse(json);
        change(root);
        return root.ToJsonString().Replace("\"@@1e400@@\"", "1e400", StringComparison.Ordinal);
    }

    private static void Replace(JsonObject owner, string name, string replacement)
    {
        if (replacement.Length == 0) owner.Remove(name);
        else owner[name] = replacement == "1e400" ? JsonValue.Create("@@1e400@@") : JsonNode.Parse(replacement);
    }

    private static void Each(JsonNode? node, Action<JsonObject> change)
    {
        if (node is JsonArray list) foreach (var item in list) Each(item, change);
        if (node is not JsonObject owner) return;
        foreach (var (_, value) in owner.ToList()) Each(value, change);
        // A map of permissions has no fields of its own.
        if (!owner.ContainsKey("view_customer_list")) change(owner);
    }

    private static void Lists(JsonNode? node, Action<JsonArray> change)
    {
        if (node is JsonObject owner) foreach (var (_, value) in owner.ToList()) Lists(value, change);
        if (node is not JsonArray list) return;
        foreach (var item in list) Lists(item, change);
        change(list);
    }

    private static void Leaves(JsonNode? node, JsonValueKind kind, Func<JsonNode, JsonNode?> change)
    {
        if (node is JsonObject owner)
        {
            foreach (var (name, value) in owner.ToList())
            {
                if (name is "errcode" or "errmsg" && owner.Parent is null) continue;
                if (value?.GetValueKind() == kind) owner[name] = change(value);
                else Leaves(value, kind, change);
            }
        }

        if (node is not JsonArray list) return;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i]?.GetValueKind() == kind) list[i] = change(list[i]!);
            else Leaves(list[i], kind, change);
        }
    }

    private static void AtDepth(JsonNode? node, int depth, Action<JsonObject, string> change)
    {
        if (node is JsonArray list) foreach (var item in list) AtDepth(item, depth, change);
        if (node is not JsonObject owner) return;
        foreach (var (name, value) in owner.ToList())
        {
            if (name is "errcode" or "errmsg" && owner.Parent is null) continue;
            if (depth == 0) change(owner, name);
            else AtDepth(value, depth - 1, change);
        }
    }
}
