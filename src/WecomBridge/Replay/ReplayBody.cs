using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WecomBridge.Contracts;

namespace WecomBridge.Replay;

/// <summary>Marks an event as published again; everything else of it stays as it was, the id above all.</summary>
internal static class ReplayBody
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body)
    {
        using var read = JsonDocument.Parse(body);
        var written = new ArrayBufferWriter<byte>(body.Length + 16);
        using (var writer = new Utf8JsonWriter(written, Format))
        {
            writer.WriteStartObject();
            foreach (var property in read.RootElement.EnumerateObject())
            {
                if (property.NameEquals("wborigin"u8)) writer.WriteString("wborigin"u8, Origins.Replay);
                else property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return written.WrittenMemory;
    }
}
