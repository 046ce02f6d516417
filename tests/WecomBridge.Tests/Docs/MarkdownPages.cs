using System.Text.RegularExpressions;
using WecomBridge.Tests.Contracts;

namespace WecomBridge.Tests.Docs;

/// <summary>The pages that people read, and what is shown in them.</summary>
internal static partial class MarkdownPages
{
    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryFiles.PathOf("README.md")).Order(StringComparer.Ordinal);

    /// <summary>The code blocks of a language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string page, string language) =>
        [.. Block().Matches(File.ReadAllText(page)).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value)];

    /// <summary>Targets of links to files of the repository.</summary>
    public static IEnumerable<string> Links(string page) =>
        Link().Matches(File.ReadAllText(page)).Select(match => match.Groups["target"].Value).Where(target => !target.Contains(':', StringComparison.Ordinal));

    /// <summary>Paths of the repository that stand in code font.</summary>
    public static IEnumerable<string> Paths(string page) => RepositoryPath().Matches(File.ReadAllText(page)).Select(match => match.Groups["path"].Value);

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`(?<path>(src|tests|docs)/[^`*…]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepositoryPath();
}
