using WecomBridge.Rules;

namespace WecomBridge.Crm;

/// <summary>Finds a customer's number in the CRM where WeCom's side holds it. The time it takes is bounded by the length of pattern and text.</summary>
internal sealed class MemberNumber(MemberNumberOptions options)
{
    public const string Placeholder = "{number}";

    /// <summary>Channel parameters and remarks are shorter; a longer text is not looked at.</summary>
    private const int MaxTextChars = 200;

    /// <summary>The numbers of a customer, in no order of worth.</summary>
    public IEnumerable<string> In(CrmQuery query) => Find(options.State, query.States).Concat(Find(options.Remark, query.Remarks));

    private static IEnumerable<string> Find(string? pattern, IReadOnlyList<string> texts) =>
        pattern is null ? [] : texts.Where(text => text.Length <= MaxTextChars).Select(text => Find(pattern.Split(Placeholder, 2), text)).OfType<string>();

    /// <summary>The longest number at the first place where what stands before and behind it fits.</summary>
    private static string? Find(string[] around, string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!IsPart(text[start]) || !Pattern.Matches(around[0], text[..start])) continue;
            var end = start;
            while (end < text.Length && IsPart(text[end])) end++;
            for (; end > start; end--)
            {
                if (Pattern.Matches(around[1], text[end..])) return text[start..end];
            }
        }

        return null;
    }

    private static bool IsPart(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';
}
