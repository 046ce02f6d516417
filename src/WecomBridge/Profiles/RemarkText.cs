using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Profiles;

/// <summary>The text of a remark.</summary>
internal sealed class RemarkText
{
    private readonly TextTemplate _template;

    /// <exception cref="HandlebarsDotNet.HandlebarsException">The text is no template.</exception>
    public RemarkText(string template)
    {
        Source = template;
        _template = new TextTemplate(template);
    }

    /// <summary>The template as it stands in the settings.</summary>
    public string Source { get; }

    /// <summary>At most 20 characters in one line, none of them broken; empty when the facts give nothing.</summary>
    public string Render(IReadOnlyDictionary<string, string> facts)
    {
        var words = _template.Render(Fields(facts)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var visible = new string([.. string.Join(' ', words).Where(character => !char.IsControl(character))]);
        return TextLimit.ToChars(visible, CgibinExternalContactRemarkRequest.MaxRemarkChars).TrimEnd();
    }

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Fields(IReadOnlyDictionary<string, string> facts) =>
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal) { ["crm"] = facts };
}
