using System.Globalization;

namespace WecomBridge.Wecom.Callbacks;

/// <summary>What the reader asks a document: WeCom writes everything as text, leaves things out, and writes lists in three ways.</summary>
internal readonly struct CallbackFields(CallbackDocument document)
{
    public CallbackDocument Document { get; } = document;

    /// <summary>The value at a path; null when absent or empty.</summary>
    public string? Text(string path) => Document[path] is { Length: > 0 } value ? value : null;

    /// <summary>A whole number; null when absent or none.</summary>
    public long? Number(string path) => ToNumber(Document[path]);

    /// <summary>A whole number of 32 bits; null when absent, none or beyond.</summary>
    public int? Count(string path) =>
        int.TryParse(Document[path], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Unix seconds; null when absent, no number or no time.</summary>
    public DateTimeOffset? Time(string path) =>
        Number(path) is { } seconds and >= 0 and <= 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A list, whether written as comma-joined text, as repeated elements or as children of one element; null when there is no item.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        List<string>? items = null;
        foreach (var element in Document.Elements)
        {
            if (!IsOrIsBelow(element.Path, name)) continue;
            foreach (var item in element.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                (items ??= []).Add(item);
        }

        return items;
    }

    /// <summary>A list of numbers; what is none is left out. Null when there is no number.</summary>
    public IReadOnlyList<long>? Numbers(string name)
    {
        List<long>? numbers = null;
        foreach (var item in List(name) ?? [])
        {
            if (ToNumber(item) is { } number) (numbers ??= []).Add(number);
        }

        return numbers;
    }

    private static long? ToNumber(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsOrIsBelow(string path, string name) =>
        path.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (path.Length == name.Length || path[name.Length] is '/' or '[');
}
