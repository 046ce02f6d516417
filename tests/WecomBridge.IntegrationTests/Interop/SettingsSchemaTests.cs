using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>The schema for editors, held by a validator of other hands against what the service reads and the pages show.</summary>
public sealed partial class SettingsSchemaTests
{
    private static readonly JsonDocumentOptions AsConfiguration = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string Root = Path.GetFullPath(Path.Combine(Tool.Folder, "..", "..", ".."));
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "docs", "appsettings.schema.json")))!.AsObject();

    [Fact]
    public async Task The_reference_file_and_all_settings_that_the_pages_show_are_accepted()
    {
        var names = Schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet();
        List<(string Name, JsonNode? Value)> documents = [("appsettings.json", JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "src", "WecomBridge", "appsettings.json")), documentOptions: AsConfiguration))];
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md")))
        {
            // Pages show answers and events as well; settings have no name at the top that is none of theirs.
            documents.AddRange(from block in Block().Matches(await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken))
                               let value = TryParse(block.Groups["text"].Value)
                               where value is not null && value.All(property => names.Contains(property.Key))
                               select (Path.GetFileName(page), (JsonNode?)value));
        }

        documents.Count.ShouldBeGreaterThan(15);
        (await RefusedAsync(documents)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "Welcom": {} }""", "must NOT have additional properties {\"additionalProperty\":\"Welcom\"}")]
    [InlineData("""{ "Work": { "Concurency": 4 } }""", "/Work must NOT have additional properties {\"additionalProperty\":\"Concurency\"}")]
    [InlineData("""{ "Work": { "Concurrency": 0 } }""", "/Work/Concurrency must be >= 1")]
    [InlineData("""{ "Broker": { "Transport": "RabitMq" } }""", "/Broker/Transport must be equal to one of the allowed values")]
    [InlineData("""{ "Welcome": { "SendWithin": "18s" } }""", "/Welcome/SendWithin must match pattern")]
    [InlineData("""{ "Welcome": { "Rules": [ { "When": { "Corps": "acme" } } ] } }""", "/Welcome/Rules/0/When/Corps must be array")]
    public async Task What_the_service_refuses_an_editor_underlines(string settings, string says) =>
        (await RefusedAsync([("settings", JsonNode.Parse(settings))])).ShouldContain(says);

    private static async Task<string> RefusedAsync(IEnumerable<(string Name, JsonNode? Value)> documents)
    {
        Tool.Require(Tool.Works("node", "--version") && Directory.Exists(Path.Combine(Tool.Folder, "node", "node_modules", "ajv")), "Node with ajv");
        using var node = Tool.Start("node", Path.Combine(Tool.Folder, "node", "settings-schema.mjs"));
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { schema = Schema, documents = documents.Select(document => new { name = document.Name, value = document.Value }) }));
        node.StandardInput.Close();
        var refused = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        return refused;
    }

    private static JsonObject? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: AsConfiguration) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^```jsonc?\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
