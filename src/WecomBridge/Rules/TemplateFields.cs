using System.Text.RegularExpressions;

namespace WecomBridge.Rules;

/// <summary>Reads which fields a template names. Known are fields, <c>#if</c>, <c>#unless</c>, <c>else</c>, <c>else if</c>, their ends, and comments; of what Handlebars knows beyond, a greeting has no need.</summary>
internal static partial class TemplateFields
{
    /// <summary>The fields of a template, such as <c>customer.name</c>, also those in branches that are seldom taken.</summary>
    /// <param name="template">Text that compiles.</param>
    /// <param name="stranger">The first expression that is none of the known; null when there is none.</param>
    public static IReadOnlySet<string> Read(string template, out string? stranger)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        stranger = null;
        foreach (Match expression in Expression().Matches(template))
        {
            var known = Known().Match(expression.Groups["body"].Value);
            if (!known.Success) stranger ??= expression.Value;
            else if (known.Groups["field"] is { Success: true } field) fields.Add(field.Value);
        }

        return fields;
    }

    [GeneratedRegex(@"\{\{(?<body>!--.*?--|\{?[^{}]*\}?)\}\}", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^(!.*|\{?~?\s*(((#if|#unless|else\s+if)\s+)?(?!else\b)(?<field>\w[\w-]*(\.\w[\w-]*)+)|else|/if|/unless)\s*~?\}?)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Known();
}
