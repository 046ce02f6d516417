using System.Globalization;
using System.Text;

namespace WecomBridge.Rules;

/// <summary>Cuts text to the platform's limits without breaking what a reader sees as one character.</summary>
internal static class TextLimit
{
    /// <summary>At most so many UTF-16 units.</summary>
    public static string ToChars(string text, int max) => Cut(text, max, static element => element.Length);

    /// <summary>At most so many UTF-8 bytes.</summary>
    public static string ToBytes(string text, int max) => Cut(text, max, static element => Encoding.UTF8.GetByteCount(element));

    private static string Cut(string text, int max, Func<ReadOnlySpan<char>, int> measure)
    {
        var used = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            used += measure(text.AsSpan(at, length));
            if (used > max) return text[..at];
            at += length;
        }

        return text;
    }
}
