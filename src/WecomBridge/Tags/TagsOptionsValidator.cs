using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

internal sealed class TagsOptionsValidator(IOptions<CrmOptions> crm) : IValidateOptions<TagsOptions>
{
    /// <summary>What a relation tells of itself long after the add.</summary>
    private static readonly string[] KnownConditions =
    [
        nameof(When.Corps), nameof(When.State), nameof(When.Staff), nameof(When.AddWay), nameof(When.Kind),
        nameof(When.Hours), nameof(When.Days), nameof(When.Dates), nameof(When.Crm), nameof(When.Facts),
    ];

    public ValidateOptionsResult Validate(string? name, TagsOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> FindFaults(TagsOptions options)
    {
        foreach (var fault in options.Groups.SelectMany(group => FindGroupFaults($"Tags:Groups:{group.Key}", group.Key, group.Value, options))) yield return fault;
        foreach (var twice in options.Rules.GroupBy(rule => rule.Name, StringComparer.Ordinal).Where(rules => rules.Key.Length > 0 && rules.Count() > 1))
            yield return $"Tags:Rules: the name \"{twice.Key}\" is used more than once.";

        var settings = CrmSettings();
        for (var i = 0; i < options.Rules.Count; i++)
        {
            foreach (var fault in FindRuleFaults($"Tags:Rules:{i}", options.Rules[i], options, settings)) yield return fault;
        }
    }

    private static IEnumerable<string> FindGroupFaults(string path, string name, TagGroupOptions group, TagsOptions options)
    {
        const string rule = "must have 1–30 characters and no slash";
        if (!IsName(name)) yield return $"{path}: a group's name {rule}.";
        if (group.Tags.Count == 0) yield return $"{path}:Tags is empty.";
        for (var i = 0; i < group.Tags.Count; i++)
        {
            if (!IsName(group.Tags[i])) yield return $"{path}:Tags:{i} {rule}.";
        }

        foreach (var twice in group.Tags.GroupBy(tag => tag, StringComparer.Ordinal).Where(tags => tags.Count() > 1)) yield return $"{path}:Tags names \"{twice.Key}\" more than once.";
        if (group.RenamedFrom is { } former && (former == name || options.Groups.ContainsKey(former))) yield return $"{path}:RenamedFrom names a group that still stands in Tags:Groups.";
        if (group.RenamedFrom is { } shared && options.Groups.Values.Count(other => other.RenamedFrom == shared) > 1) yield return $"{path}:RenamedFrom is the former name of another group as well.";
        foreach (var (from, to) in group.Renamed)
        {
            if (group.Tags.Contains(from)) yield return $"{path}:Renamed:{from} still stands in {path}:Tags.";
            if (!group.Tags.Contains(to)) yield return $"{path}:Renamed:{from} must be renamed to one of {path}:Tags.";
        }
    }

    private static IEnumerable<string> FindRuleFaults(string path, TagRule rule, TagsOptions options, CrmOptions? crm)
    {
        if (string.IsNullOrWhiteSpace(rule.Name)) yield return $"{path}:Name is missing.";
        if (rule.Add.Count == 0) yield return $"{path}:Add is empty.";
        foreach (var fault in WhenFaults.Find($"{path}:When", rule.When)) yield return fault;
        foreach (var fault in WhenFaults.FindUnsupported($"{path}:When", rule.When, KnownConditions)) yield return fault;

        // While the CRM's own settings are at fault, nobody can say what they will read.
        var crmFaults = crm is null ? [] : WhenFaults.FindCrmFaults($"{path}:When", rule.When, crm.Provider == CrmProvider.None ? null : crm.FieldNames);
        foreach (var fault in crmFaults) yield return fault;
        for (var i = 0; i < rule.Add.Count; i++)
        {
            if (!TagName.TryParse(rule.Add[i], out var tag) || !options.Groups.TryGetValue(tag.Group, out var group) || !group.Tags.Contains(tag.Tag))
                yield return $"{path}:Add:{i} names no Group/Tag of Tags:Groups.";
            else if (group.Owner is not (TagGroupOwner.Rule or TagGroupOwner.Stage))
                yield return $"{path}:Add:{i} is of a group that rules do not own: its Owner must be Rule or Stage.";
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
            // The CRM's own faults are reported by its own check.
            return null;
        }
    }

    private static bool IsName(string name) => name.Length is > 0 and <= CgibinExternalContactAddCorpTagRequest.MaxNameChars && !name.Contains('/');
}
