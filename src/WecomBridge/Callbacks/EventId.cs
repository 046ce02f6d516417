using System.Buffers;
using WecomBridge.Broker;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>The id of an original event: the same for a retry, a second instance and the copy through a second app of the corp; never the same for two different callbacks.</summary>
/// <remarks>
/// The lines of <see cref="ContentId"/> are: the configured corp name, then every leaf of the callback as <c>path=value</c>, sorted by their UTF-8 bytes.
/// Left out are what differs between copies of one callback: single-use credentials and the agent. Test vectors: <c>docs/subscribing/event-ids.md</c>.
/// </remarks>
internal static class EventId
{
    private static readonly string[] LeftOut =
        ["WelcomeCode", "ChatKey", "Token", "ResponseCode", "SuiteTicket", "AuthCode", "AgentID"];

    /// <summary>Id of a callback that could be read.</summary>
    /// <param name="corp">Configured name of the corp.</param>
    /// <param name="document">All leaves of the callback, in any order.</param>
    public static Guid Of(string corp, CallbackDocument document)
    {
        var elements = document.Elements;
        var most = ContentId.MaxEscapedBytes(corp.Length) + 1;
        for (var i = 0; i < elements.Count; i++)
            most += ContentId.MaxEscapedBytes(elements[i].Path.Length + elements[i].Value.Length) + 2;

        // The lower half takes the lines as they come, the upper half the same lines sorted.
        var buffer = ArrayPool<byte>.Shared.Rent(2 * most);
        var lines = ArrayPool<Range>.Shared.Rent(elements.Count);
        try
        {
            var unsorted = buffer.AsSpan(0, most);
            var length = AppendLine(unsorted, 0, corp, null);
            var first = length;
            var count = 0;
            for (var i = 0; i < elements.Count; i++)
            {
                if (IsLeftOut(elements[i].Path)) continue;

                var start = length;
                length = AppendLine(unsorted, start, elements[i].Path, elements[i].Value);
                lines[count++] = start..length;
            }

            Sort(lines.AsSpan(0, count), buffer);

            var sorted = buffer.AsSpan(most, length);
            unsorted[..first].CopyTo(sorted);
            var at = first;
            foreach (var line in lines.AsSpan(0, count))
            {
                var bytes = unsorted[line];
                bytes.CopyTo(sorted[at..]);
                at += bytes.Length;
            }

            return ContentId.OfBytes(sorted);
        }
        finally
        {
            // The lines hold personal fields; whoever rents the buffer next must not find them.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            ArrayPool<Range>.Shared.Return(lines);
        }
    }

    /// <summary>Id of a callback that is neither XML nor JSON: as if its bytes were the value of one element without a name.</summary>
    public static Guid OfUnreadable(string corp, ReadOnlySpan<byte> plaintext)
    {
        var buffer = new byte[ContentId.MaxEscapedBytes(corp.Length) + (2 * plaintext.Length) + 3];
        var length = AppendLine(buffer, 0, corp, null);
        buffer[length++] = (byte)'=';
        plaintext.CopyTo(buffer.AsSpan(length));
        length += ContentId.EscapeInPlace(buffer.AsSpan(length), plaintext.Length);
        buffer[length++] = (byte)'\n';
        return ContentId.OfBytes(buffer.AsSpan(0, length));
    }

    /// <summary>Whether an element is left out: by the last name of its path, without its number, ignoring case.</summary>
    internal static bool IsLeftOut(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.EndsWith(']') && name.LastIndexOf('[') is var bracket and >= 0) name = name[..bracket];

        foreach (var candidate in LeftOut)
        {
            if (name.Equals(candidate, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static int AppendLine(Span<byte> buffer, int at, string name, string? value)
    {
        at += ContentId.Escape(name, buffer[at..]);
        if (value is not null)
        {
            buffer[at++] = (byte)'=';
            at += ContentId.Escape(value, buffer[at..]);
        }

        buffer[at++] = (byte)'\n';
        return at;
    }

    private static void Sort(Span<Range> lines, byte[] buffer)
    {
        const int FewLines = 32;
        if (lines.Length > FewLines)
        {
            lines.Sort((left, right) => Compare(buffer, left, right));
            return;
        }

        // Nearly every callback has about ten elements; inserting allocates nothing.
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i];
            var at = i;
            for (; at > 0 && Compare(buffer, lines[at - 1], line) > 0; at--) lines[at] = lines[at - 1];
            lines[at] = line;
        }
    }

    /// <summary>Compares two lines by their bytes, without the line feed that ends them.</summary>
    private static int Compare(byte[] buffer, Range left, Range right) =>
        buffer.AsSpan(left)[..^1].SequenceCompareTo(buffer.AsSpan(right)[..^1]);
}
