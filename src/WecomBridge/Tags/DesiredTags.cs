using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tags;

/// <summary>A tag that a relation should have.</summary>
/// <param name="Name">Which.</param>
/// <param name="Rule">The first rule that wants it.</param>
internal readonly record struct DesiredTag(TagName Name, string Rule);

/// <summary>What the rules want, and what of it is missing. Pure functions of settings and truth.</summary>
internal static class DesiredTags
{
    private const int CorpTag = 1;

    /// <summary>Every tag that some rule wants, each once, in the order of the rules.</summary>
    public static IReadOnlyList<DesiredTag> Of(TagsOptions options, in WhenSubject subject)
    {
        var desired = new List<DesiredTag>();
        foreach (var rule in options.Rules)
        {
            if (!WhenMatcher.Matches(rule.When, subject)) continue;
            foreach (var text in rule.Add)
            {
                if (TagName.TryParse(text, out var name) && !desired.Exists(tag => tag.Name == name)) desired.Add(new DesiredTag(name, rule.Name));
            }
        }

        return desired;
    }

    /// <summary>Desired tags that are not there. Of an exclusive group none is missing while any of its tags stands, whoever set it, and otherwise only the first.</summary>
    public static IReadOnlyList<DesiredTag> Missing(TagsOptions options, IReadOnlyList<DesiredTag> desired, IReadOnlyList<FollowUserTag> present)
    {
        var standing = present.Where(tag => tag.Type is null or CorpTag && tag.GroupName is not null && tag.TagName is not null).Select(tag => new TagName(tag.GroupName!, tag.TagName!)).ToHashSet();
        var occupied = standing.Select(tag => tag.Group).ToHashSet(StringComparer.Ordinal);
        var missing = new List<DesiredTag>();
        foreach (var tag in desired)
        {
            if (standing.Contains(tag.Name)) continue;
            var exclusive = options.Groups.TryGetValue(tag.Name.Group, out var group) && group.Exclusive;
            if (exclusive && !occupied.Add(tag.Name.Group)) continue;
            missing.Add(tag);
        }

        return missing;
    }
}
