using System.Text.Json;
using System.Text.Json.Nodes;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.IntegrationTests.Interop;

/// <summary>What the parsers of AsyncAPI and JSON Schema say of the published contract and of messages.</summary>
internal static class ContractCheck
{
    public static readonly string Folder = RepositoryFiles.PathOf("docs", "contract");

    /// <summary>Checks the schemas, with <c>--asyncapi</c> the whole contract, and each message against its schema.</summary>
    /// <param name="cases">The message type as <c>entity.action</c>, and the message as JSON.</param>
    /// <param name="more">Further arguments of the program.</param>
    public static async Task<JsonElement> RunAsync(IEnumerable<(string Type, string Message)> cases, params string[] more)
    {
        Tool.Require(Tool.Works("node", "--version") && Directory.Exists(Path.Combine(Tool.Folder, "node", "node_modules", "@asyncapi", "parser")), "Node with @asyncapi/parser and ajv");
        using var node = Tool.Start("node", [Path.Combine(Tool.Folder, "node", "contract.mjs"), Folder, .. more]);
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(cases.Select(sample => new { schema = $"urn:wecombridge:{sample.Type}.v1", message = JsonNode.Parse(sample.Message) })));
        node.StandardInput.Close();
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>What was said of each message.</summary>
    public static IReadOnlyList<bool> Verdicts(JsonElement answer) => [.. answer.GetProperty("cases").EnumerateArray().Select(verdict => verdict.GetProperty("valid").GetBoolean())];
}
