using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Docs;

/// <summary>One row of a table in <c>docs/configuration.md</c>.</summary>
internal sealed record PageSetting(string Path, string Meaning, string Default, string Bounds);

internal static partial class SettingsPage
{
    /// <summary>JSON with every letter as a person writes it.</summary>
    public static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rows of all tables whose first column is headed <c>Setting</c>.</summary>
    public static IReadOnlyList<PageSetting> Read()
    {
        var rows = new List<PageSetting>();
        var inTable = false;
        foreach (var line in File.ReadAllLines(RepositoryFiles.PathOf("docs", "configuration.md")))
        {
            var cells = line.StartsWith('|') ? line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray() : [];
            inTable = cells.Length > 0 && (inTable || cells[0] == "Setting");
            if (!inTable || !cells[0].StartsWith('`')) continue;
            if (line.EndsWith("| |", StringComparison.Ordinal)) cells = [.. cells, ""];
            cells.Length.ShouldBe(5, line);
            rows.Add(new PageSetting(cells[0].Trim('`'), cells[1], cells[3].Trim('`'), cells[4]));
        }

        return rows;
    }

    /// <summary>The two ends of <c>`a` to `b`</c>, or null.</summary>
    public static (string Least, string Most)? ReadRange(string bounds) =>
        Range().Match(bounds) is { Success: true } match ? (match.Groups["least"].Value, match.Groups["most"].Value) : null;

    [GeneratedRegex("^`(?<least>[^`]+)` to `(?<most>[^`]+)`$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();
}
