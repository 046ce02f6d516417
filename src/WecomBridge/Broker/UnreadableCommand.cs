using System.Text.Json;

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
    public static UnreadableCommand? Of(ReadOnlyMemory<byte> body, string type, JsonException failure)
    {
        if (!EventReader.TryReadId(body.Span, out var id)) return null;
        try
        {
            // Of well-formed JSON the path names fields of the schema only: what the schema does not know is passed over.
            using var document = JsonDocument.Parse(body);
            var corp = document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? TextOf(data, "corp") : null;
            return new UnreadableCommand(id, type, TextOf(document.RootElement, "subject") ?? "", corp, $"The command does not fit its schema at {failure.Path ?? "$"}.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no UTF-8.
            return null;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
