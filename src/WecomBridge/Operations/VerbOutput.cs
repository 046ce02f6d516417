using System.Text.Encodings.Web;
using System.Text.Json;

namespace WecomBridge.Operations;

/// <summary>What verbs print: a table for people, or JSON for programs.</summary>
internal static class VerbOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Rows under their headings, each column as wide as its widest cell; <paramref name="none"/> when there is no row.</summary>
    public static string Table(string[] headings, IReadOnlyCollection<string[]> rows, string none)
    {
        if (rows.Count == 0) return none;
        string[][] all = [headings, .. rows];
        var widths = Enumerable.Range(0, headings.Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        return string.Join(Environment.NewLine, all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>Indented, names in camelCase, times as RFC 3339.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Options);
}
