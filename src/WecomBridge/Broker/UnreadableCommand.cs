using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WecomBridge.Broker;

/// <summary>A command that does not fit its schema, as far as it could be read; its consumer says so to whoever sent it.</summary>
/// <param name="Id">Id of the command.</param>
/// <param name="Type">CloudEvents type of the command.</param>
/// <param name="Subject">As sent; empty without one.</param>
/// <param name="Corp">The corp its data names, if it names one.</param>
/// <param name="Detail">What does not fit, in words for a developer; no value of the command.</param>
internal sealed record UnreadableCommand(Guid Id, string Type, string Subject, string? Corp, string Detail)
{
    /// <summary>Reads what can be read of a command that does not fit.</summary>
    /// <returns>Null when it has no id: then nobody can be told which command was bad.</returns>
    public static UnreadableCommand? Of(ReadOnlyMemory<byte> body, string type, JsonTypeInfo json, JsonException failure)
    {
        if (!EventReader.TryReadId(body.Span, out var id)) return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            var corp = document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? TextOf(data, "corp") : null;
            return new UnreadableCommand(id, type, TextOf(document.RootElement, "subject") ?? "", corp, $"The command does not fit its schema at {KnownPart(failure.Path, json)}.");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The path as far as the schema names its parts: a name that the sender made up may say anything.</summary>
    private static string KnownPart(string? path, JsonTypeInfo json)
    {
        var data = json.Properties.First(property => property.Name == "data").PropertyType;
        var known = json.Properties.Concat(json.Options.GetTypeInfo(data).Properties).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        return string.Join('.', (path ?? "$").Split('.').TakeWhile(part => part == "$" || known.Contains(part.Split('[')[0])));
    }
}
