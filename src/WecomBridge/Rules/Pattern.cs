namespace WecomBridge.Rules;

/// <summary>Patterns of settings: <c>*</c> stands for any text, <c>?</c> for any one character, everything else for itself.</summary>
internal static class Pattern
{
    public static bool Matches(string pattern, string text, bool ignoreCase = false)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more; earlier stars need never be tried again.
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    /// <summary>An empty list matches everything; null text is matched as empty.</summary>
    public static bool MatchesAny(IReadOnlyList<string> patterns, string? text, bool ignoreCase = false)
    {
        if (patterns.Count == 0) return true;

        // By index: the enumerator of an interface is an object, and events are judged often.
        for (var at = 0; at < patterns.Count; at++)
        {
            if (Matches(patterns[at], text ?? "", ignoreCase)) return true;
        }

        return false;
    }

    private static bool Same(char a, char b, bool ignoreCase) => a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
