using System.Runtime.InteropServices;
using System.Xml;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>XML from outside, with everything off that reaches beyond the document: no DTD, so no entities; no resolver.</summary>
internal static class CallbackXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>A reader over UTF-8 bytes.</summary>
    public static XmlReader Create(ReadOnlyMemory<byte> text)
    {
        // Over a stream that knows its length the reader's buffers are as small as the text.
        var bytes = MemoryMarshal.TryGetArray(text, out var segment) ? segment : new ArraySegment<byte>(text.ToArray());
        return XmlReader.Create(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Settings);
    }

    /// <summary>Moves on one node.</summary>
    /// <exception cref="XmlException">Not well-formed, or declared to be in another encoding than UTF-8.</exception>
    public static bool ReadUtf8(this XmlReader reader)
    {
        if (!reader.Read()) return false;
        if (reader.NodeType == XmlNodeType.XmlDeclaration
            && reader.GetAttribute("encoding") is { } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new XmlException("The encoding is not UTF-8.");
        return true;
    }

    /// <summary>The text without a UTF-8 byte order mark and the white space before its first character.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        return text.TrimStart(" \t\r\n"u8);
    }
}
