using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WecomBridge.Wecom.Api;

/// <summary>Text that was cut in the middle of a character, as names with pictures in them are: what is left of that character becomes U+FFFD, the rest stays.</summary>
internal static partial class BrokenText
{
    /// <summary>Text of a JSON string.</summary>
    /// <param name="raw">The string as it came, escapes and all, without its quotes.</param>
    /// <returns>Null when nothing sensible can be made of it.</returns>
    public static string? Read(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        try
        {
            using var mended = JsonDocument.Parse($"\"{HalfCharacter().Replace(text, "\\ufffd")}\"");
            return mended.RootElement.GetString();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An escaped first half without its second, or a second without its first.</summary>
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HalfCharacter();
}
