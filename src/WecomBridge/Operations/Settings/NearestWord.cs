namespace WecomBridge.Operations;

/// <summary>What somebody who mistyped a word probably meant.</summary>
internal static class NearestWord
{
    /// <summary>The known word that the fewest changes (a letter more, less, other, or two swapped; case does not count) make of the given one; null when none is near.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        var most = word.Length switch { <= 3 => 1, <= 6 => 2, _ => 3 };
        var best = known.Select(candidate => (Candidate: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(match => match.Distance <= most && match.Distance < Math.Max(word.Length, match.Candidate.Length))
            .OrderBy(match => match.Distance).ThenByDescending(match => SameStart(word, match.Candidate)).ThenBy(match => match.Candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.Candidate;
    }

    /// <summary><c>Did you mean "…"?</c>, or null.</summary>
    public static string? Hint(string word, IEnumerable<string> known) => Of(word, known) is { } near && near != word ? $"Did you mean \"{near}\"?" : null;

    private static int SameStart(string one, string other) => one.Zip(other).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count();

    private static int Distance(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) table[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(changed, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[from.Length, to.Length];
    }
}
