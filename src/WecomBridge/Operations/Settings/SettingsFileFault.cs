using System.Text;
using System.Text.Json;

namespace WecomBridge.Operations;

/// <summary>What makes a settings file unreadable.</summary>
internal static class SettingsFileFault
{
    private static readonly JsonDocumentOptions AsConfiguration = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Null when the file holds JSON settings; names file, line and column otherwise.</summary>
    public static SettingsFault? Find(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0), AsConfiguration);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return new SettingsFault(path, $"{path} must hold one object: {{ … }}.");
            return FindTwice(document.RootElement, "") is { } twice ? new SettingsFault(path, $"{path} names the setting {twice} twice.") : null;
        }
        catch (JsonException exception)
        {
            return new SettingsFault(path, $"{path} line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}: this is not JSON: {WithoutPlace(exception.Message)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SettingsFault(path, $"{path} cannot be read: {exception.GetType().Name}.");
        }
    }

    /// <summary>The parser says lines from 0 at its end.</summary>
    private static string WithoutPlace(string message)
    {
        var at = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? message : message[..at];
    }

    private static string? FindTwice(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in element.EnumerateObject())
        {
            var inner = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            if (!names.Add(property.Name)) return inner;
            if (FindTwice(property.Value, inner) is { } twice) return twice;
        }

        return null;
    }
}
