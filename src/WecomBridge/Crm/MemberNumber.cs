using System.Text.RegularExpressions;

namespace WecomBridge.Crm;

/// <summary>Finds a customer's number in the CRM where WeCom's side holds it. Takes time in proportion to the text, whatever pattern and text are.</summary>
internal sealed class MemberNumber(MemberNumberOptions options)
{
    public const string Placeholder = "{number}";

    /// <summary>Channel parameters and remarks are far shorter; a longer text is not looked at.</summary>
    private const int MaxTextChars = 1000;

    private readonly Regex? _state = Compile(options.State);
    private readonly Regex? _remark = Compile(options.Remark);

    /// <summary>The numbers of a customer, in no order of worth.</summary>
    public IEnumerable<string> In(CrmQuery query) => Find(_state, query.States).Concat(Find(_remark, query.Remarks));

    private static IEnumerable<string> Find(Regex? pattern, IReadOnlyList<string> texts) =>
        pattern is null ? [] : texts.Where(text => text.Length <= MaxTextChars).Select(text => pattern.Match(text)).Where(match => match.Success).Select(match => match.Groups["number"].Value);

    private static Regex? Compile(string? pattern)
    {
        if (pattern is null) return null;
        var parts = pattern.Split(Placeholder, 2).Select(part => Regex.Escape(part).Replace(@"\*", ".*?", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)).ToArray();
        return new Regex($"^{string.Join("(?<number>[0-9A-Za-z_-]+)", parts)}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
