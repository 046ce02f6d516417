using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>Bytes to leaves. A JSON array is read as XML would write it: its items are siblings under the array's name.</summary>
internal static class CallbackDocumentReader
{
    private const int MaxBytes = 256 * 1024;

    /// <exception cref="CallbackUnreadableException">Neither XML nor a JSON object, not UTF-8, or beyond the limits.</exception>
    public static CallbackDocument Read(ReadOnlyMemory<byte> plaintext)
    {
        if (plaintext.Length > MaxBytes) throw new CallbackUnreadableException("The callback is longer than 256 KiB.");
        var text = CallbackXml.Trim(plaintext);
        // NUL stands in no XML and no JSON, but in each ASCII letter of UTF-16.
        if (text.IsEmpty || text.Span.Contains((byte)0) || !Utf8.IsValid(text.Span)) throw new CallbackUnreadableException();
        return text.Span[0] switch
        {
            (byte)'<' => ReadFlat(text.Span) ?? ReadXml(text)
                ?? throw new CallbackUnreadableException("The callback is not well-formed XML in UTF-8, or has a document type."),
            (byte)'{' => ReadJson(text.Span) ?? throw new CallbackUnreadableException("The callback is not a well-formed JSON object."),
            _ => throw new CallbackUnreadableException(),
        };
    }

    /// <returns>Null when the document is not flat; an XML reader must decide.</returns>
    private static CallbackDocument? ReadFlat(ReadOnlySpan<byte> text)
    {
        var builder = new CallbackDocumentBuilder();
        var xml = new FlatXml(text);
        while (xml.MoveNext()) builder.Leaf(KnownText.Get(text[xml.Name]), KnownText.Get(text[xml.Value]));
        return xml.IsFlat ? builder.Build() : null;
    }

    /// <returns>Null when it is not well-formed.</returns>
    private static CallbackDocument? ReadXml(ReadOnlyMemory<byte> text)
    {
        var builder = new CallbackDocumentBuilder();
        try
        {
            using var reader = CallbackXml.Create(text);
            while (reader.ReadUtf8())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element when reader.Depth > 0:
                        builder.Open(reader.Name);
                        if (reader.IsEmptyElement) builder.Close();
                        break;
                    case XmlNodeType.EndElement when reader.Depth > 0:
                        builder.Close();
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    // Blanks are the value of an element that has nothing else, and layout everywhere else.
                    case XmlNodeType.Whitespace when builder.InLeaf:
                        builder.Text(reader.Value);
                        break;
                }
            }
        }
        catch (XmlException)
        {
            // Not handed on: its message may quote the text.
            return null;
        }

        return builder.Build();
    }

    /// <returns>Null when it is not well-formed.</returns>
    private static CallbackDocument? ReadJson(ReadOnlySpan<byte> text)
    {
        var builder = new CallbackDocumentBuilder();
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            ReadMembers(ref reader, builder);
            reader.Read();
        }
        // The second is what a string with half a surrogate pair gives. Not handed on: either message may quote the text.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }

        return builder.Build();
    }

    private static void ReadMembers(ref Utf8JsonReader reader, CallbackDocumentBuilder builder)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueIsEscaped ? reader.GetString()! : KnownText.Get(reader.ValueSpan);
            reader.Read();
            ReadValue(ref reader, builder, name);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, CallbackDocumentBuilder builder, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.Open(name);
                ReadMembers(ref reader, builder);
                builder.Close();
                break;
            case JsonTokenType.StartArray:
                ReadItems(ref reader, builder, name);
                break;
            case JsonTokenType.String:
                builder.Leaf(name, reader.ValueIsEscaped ? reader.GetString()! : KnownText.Get(reader.ValueSpan));
                break;
            case JsonTokenType.Null:
                builder.Leaf(name, "");
                break;
            default:
                builder.Leaf(name, Encoding.UTF8.GetString(reader.ValueSpan));
                break;
        }
    }

    private static void ReadItems(ref Utf8JsonReader reader, CallbackDocumentBuilder builder, string name)
    {
        var empty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            empty = false;
            var nested = reader.TokenType == JsonTokenType.StartArray;
            if (nested) builder.Open(name);
            ReadValue(ref reader, builder, name);
            if (nested) builder.Close();
        }

        if (empty) builder.Leaf(name, "");
    }
}
