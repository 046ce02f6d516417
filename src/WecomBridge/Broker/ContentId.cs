using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WecomBridge.Broker;

/// <summary>A UUID from what a message says: SHA-256 over UTF-8 lines, of which the first 16 bytes, in network order, become a version 8 UUID (RFC 9562).</summary>
/// <remarks>Every line ends with a line feed; within a line, <c>\</c> is written <c>\\</c> and a line feed <c>\n</c>. Changing anything here is a breaking change of the contract.</remarks>
internal static class ContentId
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\\\n"u8);

    /// <summary>Id of a derived event: the lines are the cause's id in lower case with hyphens, the CloudEvents type, and what tells several events of one cause and type apart.</summary>
    public static Guid OfDerived(Guid cause, string type, string discriminator)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        AppendLine(buffer, cause.ToString("D"));
        AppendLine(buffer, type);
        AppendLine(buffer, discriminator);
        return OfBytes(buffer.WrittenSpan);
    }

    /// <summary>The UUID of finished lines.</summary>
    public static Guid OfBytes(ReadOnlySpan<byte> lines)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(lines, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Most bytes that a text of this many characters takes, escaped.</summary>
    public static int MaxEscapedBytes(int characters) => 3 * characters;

    /// <summary>Writes a text as UTF-8 with its escapes. A lone surrogate becomes U+FFFD.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="destination">At least <see cref="MaxEscapedBytes"/> of its length.</param>
    /// <returns>Bytes written.</returns>
    public static int Escape(string text, Span<byte> destination) =>
        EscapeInPlace(destination, Encoding.UTF8.GetBytes(text, destination));

    /// <summary>Escapes the first bytes of a buffer where they stand; the buffer has room for twice as many.</summary>
    /// <returns>Bytes after escaping.</returns>
    public static int EscapeInPlace(Span<byte> buffer, int length)
    {
        if (buffer[..length].IndexOfAny(Escaped) < 0) return length;

        var escapes = 0;
        foreach (var value in buffer[..length])
        {
            if (Escaped.Contains(value)) escapes++;
        }

        // From the end, so that each byte moves once however many escapes there are.
        var to = length + escapes;
        for (var from = length - 1; from >= 0; from--)
        {
            var value = buffer[from];
            buffer[--to] = value == (byte)'\n' ? (byte)'n' : value;
            if (Escaped.Contains(value)) buffer[--to] = (byte)'\\';
        }

        return length + escapes;
    }

    private static void AppendLine(ArrayBufferWriter<byte> buffer, string text)
    {
        var space = buffer.GetSpan(MaxEscapedBytes(text.Length) + 1);
        var length = Escape(text, space);
        space[length] = (byte)'\n';
        buffer.Advance(length + 1);
    }
}
