using WecomBridge.Rules;

namespace WecomBridge.Profiles;

/// <summary>The text of one field.</summary>
internal sealed class FieldText
{
    private readonly TextTemplate _template;
    private readonly int _maxChars;

    /// <param name="template">As it stands in the settings.</param>
    /// <param name="maxChars">Most UTF-16 units: the strictest reading of the platform's "characters", and never more than three bytes each.</param>
    /// <exception cref="HandlebarsDotNet.HandlebarsException">The text is no template.</exception>
    public FieldText(string template, int maxChars)
    {
        Source = template;
        _template = new TextTemplate(template);
        _maxChars = maxChars;
    }

    /// <summary>The template as it stands in the settings.</summary>
    public string Source { get; }

    /// <summary>One line within the limit, no character of it broken; empty when the facts give nothing.</summary>
    public string Render(IReadOnlyDictionary<string, string> facts)
    {
        var words = _template.Render(Fields(facts)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var visible = new string([.. string.Join(' ', words).Where(character => !char.IsControl(character))]);
        return TextLimit.ToChars(visible, _maxChars).TrimEnd();
    }

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Fields(IReadOnlyDictionary<string, string> facts) =>
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal) { ["crm"] = facts };
}
