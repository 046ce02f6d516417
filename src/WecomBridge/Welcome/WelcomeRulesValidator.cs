using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.Rules;

namespace WecomBridge.Welcome;

/// <summary>Checks conditions and texts of greetings, and that both name only facts that the CRM's settings read.</summary>
internal sealed class WelcomeRulesValidator(IOptions<CrmOptions> crm) : IValidateOptions<WelcomeOptions>
{
    private static readonly TimeSpan LongestLookUp = TimeSpan.FromSeconds(10);

    public ValidateOptionsResult Validate(string? name, WelcomeOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FindFaults(WelcomeOptions options)
    {
        if (options.LookUpWithin < TimeSpan.Zero || options.LookUpWithin > LongestLookUp) yield return "Welcome:LookUpWithin must lie between 0 and 10 s.";
        var settings = CrmSettings();
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var (path, rule) = ($"Welcome:Rules:{i}", options.Rules[i]);
            foreach (var fault in WhenFaults.Find($"{path}:When", rule.When)) yield return fault;

            // While the CRM's own settings are at fault, nobody can say what they will read.
            if (settings is null) continue;
            foreach (var fault in WhenFaults.FindCrmFaults($"{path}:When", rule.When, settings.Provider == CrmProvider.None ? null : settings.FieldNames)) yield return fault;
            if (FindTextFault($"{path}:Text", rule.Text, mustSpeak: rule.Attachments.Count == 0, settings.FieldNames) is { } textFault) yield return textFault;
            if (rule.FallbackText is { } fallback && FindTextFault($"{path}:FallbackText", fallback, mustSpeak: true, settings.FieldNames) is { } fallbackFault) yield return fallbackFault;
        }
    }

    private CrmOptions? CrmSettings()
    {
        try
        {
            return crm.Value;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    private static string? FindTextFault(string path, string text, bool mustSpeak, IReadOnlyCollection<string> crmFields)
    {
        var filled = GreetingFields.Example(crmFields, "x");
        if (TextTemplate.FindFault(path, text, filled) is { } fault) return fault;

        // Compiling finds the fields of branches that are taken only.
        var known = filled.SelectMany(group => group.Value.Keys.Select(name => $"{group.Key}.{name}")).ToHashSet(StringComparer.Ordinal);
        var used = TemplateFields.Read(text, out var stranger);
        if (stranger is not null) return $"{path} holds {stranger}; a greeting knows fields, #if, #unless and else.";
        if (used.Except(known).FirstOrDefault() is { } missing) return $"{path} names the field {missing}, which does not exist; known are {string.Join(", ", known)}.";

        var bare = new TextTemplate(text).Render(GreetingFields.Example(crmFields, ""));
        return text.Length > 0 && mustSpeak && string.IsNullOrWhiteSpace(bare) ? $"{path} says nothing when its fields are not known." : null;
    }
}
