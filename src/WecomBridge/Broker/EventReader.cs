using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using WecomBridge.Contracts;

namespace WecomBridge.Broker;

/// <summary>Reads structured CloudEvents: first the attributes that decide where a message belongs, then the whole.</summary>
internal static class EventReader
{
    /// <summary>Reads the CloudEvents type without reading the data.</summary>
    /// <returns>False when the body is no JSON object or has no type.</returns>
    public static bool TryReadType(ReadOnlySpan<byte> body, [NotNullWhen(true)] out string? type)
    {
        TryReadText(body, "type"u8, out type);
        return type is not null;
    }

    /// <summary>Whether the data is an object: a reader of records takes null for it without a word.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public static bool HasData(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (wanted) return reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        return false;
    }

    /// <summary>Reads the id without reading the data.</summary>
    /// <returns>False when the body is no JSON object or has no id that is a UUID.</returns>
    public static bool TryReadId(ReadOnlySpan<byte> body, out Guid id)
    {
        TryReadText(body, "id"u8, out var text);
        return Guid.TryParseExact(text, "D", out id);
    }

    /// <summary>Reads a message. Unknown fields are ignored.</summary>
    /// <exception cref="JsonException">The body is no CloudEvent of this data, or a field that must be there is missing.</exception>
    public static CloudEvent<TData> Read<TData>(ReadOnlySpan<byte> body)
        where TData : class
    {
        var message = JsonSerializer.Deserialize(body, EventJson.EnvelopeOf<TData>());

        // Required says that a field is there; null passes it.
        return message is { Data: not null, Type: not null, Source: not null }
            ? message
            : throw new JsonException("The message has no data, type or source.");
    }

    private static void TryReadText(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name, out string? text)
    {
        text = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wanted = reader.ValueTextEquals(name);
                reader.Read();
                if (wanted)
                {
                    if (reader.TokenType == JsonTokenType.String) text = reader.GetString();
                    return;
                }

                reader.Skip();
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Poison of any kind has no type; whoever asked sends it to the dead letters. Invalid UTF-8 in a text is the second exception.
            text = null;
        }
    }
}
