using System.Globalization;
using System.Text.Json;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Crm;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static bool IsValid(string pointer) => pointer.StartsWith('/');

    /// <summary>What a pointer leads to; null when nothing is there.</summary>
    public static JsonElement? Find(JsonElement root, string pointer) => Walk(root, Split(pointer));

    /// <summary>How many records an answer holds: the length of the first array the pointer leads through, or one if it leads to something without any.</summary>
    public static int CountRecords(JsonElement root, string pointer)
    {
        var tokens = Split(pointer);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (Walk(root, tokens.AsSpan(0, i)) is { ValueKind: JsonValueKind.Array } array) return array.GetArrayLength();
        }

        return Walk(root, tokens) is { ValueKind: not JsonValueKind.Null } ? 1 : 0;
    }

    /// <summary>The text of a string.</summary>
    /// <exception cref="CrmException">It is no text.</exception>
    public static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new CrmException(WecomFailure.Rejected, "The CRM's answer holds text that is not UTF-8.");
        }
    }

    /// <summary>The names on the way.</summary>
    public static string[] Split(string pointer) => [.. pointer[1..].Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonElement? Walk(JsonElement element, ReadOnlySpan<string> tokens)
    {
        foreach (var token in tokens)
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(token, out var member)) element = member;
            else if (element.ValueKind == JsonValueKind.Array && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength()) element = element[index];
            else return null;
        }

        return element;
    }
}
