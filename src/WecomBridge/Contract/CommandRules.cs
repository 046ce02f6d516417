using System.Text.Json.Nodes;

namespace WecomBridge.Contract;

/// <summary>What a command must fulfil beyond the types of its fields, as far as JSON Schema can say it. The consumers check the same, and what only the settings know.</summary>
internal static class CommandRules
{
    private const string NotBlank = @"\S";
    private const string Word = "^[a-z0-9_-]{1,32}$";

    /// <summary><c>Group/Tag</c>, parted at the first slash.</summary>
    private const string TagName = @"^[^/]+/[\s\S]+$";
    private const int MaxTags = 100;

    /// <summary>Adds the rules of a command to the schema of its data.</summary>
    /// <param name="name"><c>entity.action</c>.</param>
    /// <param name="schema">Changed.</param>
    public static void AddTo(string name, JsonObject schema)
    {
        var fields = schema["properties"]!.AsObject();
        fields["corp"]!["pattern"] = Word;
        fields["app"]!["pattern"] = Word;
        fields["externalUserId"]!["pattern"] = NotBlank;
        if (name != "tags.apply") return;

        fields["userId"]!["pattern"] = NotBlank;
        foreach (var list in new[] { "add", "remove" })
        {
            fields[list]!["items"]!["pattern"] = TagName;
            fields[list]!["maxItems"] = MaxTags;
        }

        schema["anyOf"] = new JsonArray(NotEmpty("add"), NotEmpty("remove"));
    }

    private static JsonObject NotEmpty(string list) => new()
    {
        ["properties"] = new JsonObject { [list] = new JsonObject { ["type"] = "array", ["minItems"] = 1 } },
        ["required"] = new JsonArray(list),
    };
}
