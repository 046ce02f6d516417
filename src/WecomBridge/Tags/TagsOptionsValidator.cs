using Microsoft.Extensions.Options;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

internal sealed class TagsOptionsValidator : IValidateOptions<TagsOptions>
{
    /// <summary>What a relation tells of itself long after the add.</summary>
    private static readonly string[] KnownConditions = [nameof(When.Corps), nameof(When.State), nameof(When.Staff), nameof(When.Hours), nameof(When.Days)];

    public ValidateOptionsResult Validate(string? name, TagsOptions options)
    {
        var faults = FindFaults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FindFaults(TagsOptions options)
    {
        foreach (var (group, groupOptions) in options.Groups)
        {
            if (!IsName(group)) yield return $"Tags:Groups:{group}: a group's name has 1–{CgibinExternalContactAddCorpTagRequest.MaxNameChars} characters and no slash.";
            if (groupOptions.Tags.Count == 0) yield return $"Tags:Groups:{group}:Tags is empty.";
            for (var i = 0; i < groupOptions.Tags.Count; i++)
            {
                if (!IsName(groupOptions.Tags[i])) yield return $"Tags:Groups:{group}:Tags:{i} must have 1–{CgibinExternalContactAddCorpTagRequest.MaxNameChars} characters and no slash.";
            }
        }

        foreach (var twice in options.Rules.GroupBy(rule => rule.Name, StringComparer.Ordinal).Where(rules => rules.Key.Length > 0 && rules.Count() > 1))
            yield return $"Tags:Rules: the name \"{twice.Key}\" is used more than once.";
        for (var i = 0; i < options.Rules.Count; i++)
        {
            foreach (var fault in FindFaults($"Tags:Rules:{i}", options.Rules[i], options)) yield return fault;
        }
    }

    private static IEnumerable<string> FindFaults(string path, TagRule rule, TagsOptions options)
    {
        if (string.IsNullOrWhiteSpace(rule.Name)) yield return $"{path}:Name is missing.";
        if (rule.Add.Count == 0) yield return $"{path}:Add is empty.";
        foreach (var fault in WhenFaults.Find($"{path}:When", rule.When)) yield return fault;
        foreach (var fault in WhenFaults.FindUnsupported($"{path}:When", rule.When, KnownConditions)) yield return fault;
        for (var i = 0; i < rule.Add.Count; i++)
        {
            if (!TagName.TryParse(rule.Add[i], out var tag) || !options.Groups.TryGetValue(tag.Group, out var group) || !group.Tags.Contains(tag.Tag))
                yield return $"{path}:Add:{i} names no Group/Tag of Tags:Groups.";
            else if (group.Owner != TagGroupOwner.Rule)
                yield return $"{path}:Add:{i} is of a group that rules do not own.";
        }
    }

    private static bool IsName(string name) => name.Length is > 0 and <= CgibinExternalContactAddCorpTagRequest.MaxNameChars && !name.Contains('/');
}
