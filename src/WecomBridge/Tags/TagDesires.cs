using WecomBridge.Contracts;
using WecomBridge.Rules;
using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>A tag that a relation should have, or may have to.</summary>
/// <param name="Name">Which.</param>
/// <param name="Owner">A word of <see cref="TagOwners"/>.</param>
/// <param name="Cause">The rule that wants it, or the command's id.</param>
/// <param name="IsOpen">What the rule asks is not known now: what stands is left as it is.</param>
internal readonly record struct TagDesire(TagName Name, string Owner, string? Cause, bool IsOpen = false);

/// <summary>What rules and the CRM want. Pure functions of settings and truth.</summary>
internal static class TagDesires
{
    /// <summary>Every desire for a relation, in the order of rules, then the newest command first. A tag may be wanted more than once.</summary>
    public static IReadOnlyList<TagDesire> Of(TagsOptions options, in WhenSubject subject, IReadOnlyList<TagWish> wishes)
    {
        var desires = new List<TagDesire>();
        foreach (var rule in options.Rules)
        {
            var answer = WhenMatcher.Ask(rule.When, subject);
            if (answer == WhenAnswer.No) continue;
            foreach (var text in rule.Add)
            {
                if (!TagName.TryParse(text, out var name) || !options.Groups.TryGetValue(name.Group, out var group)) continue;
                desires.Add(new TagDesire(name, group.Owner == TagGroupOwner.Stage ? TagOwners.Stage : TagOwners.Rule, rule.Name, answer == WhenAnswer.Unknown));
            }
        }

        // A group the CRM does not own any more is not its to wish for; the wishes wait for the day it is again.
        foreach (var wish in wishes.Where(wish => wish.IsWanted && options.Groups.TryGetValue(wish.Group, out var group) && group.Owner == TagGroupOwner.Crm && group.Tags.Contains(wish.Tag)))
            desires.Add(new TagDesire(new TagName(wish.Group, wish.Tag), TagOwners.Crm, wish.CommandId.ToString("D")));
        return desires;
    }

    /// <summary>Desires for which it is remembered that a person took the tag away: of an exclusive group only what would be set now.</summary>
    public static IEnumerable<TagDesire> Remembered(TagsOptions options, IReadOnlyList<TagDesire> desires) =>
        desires.GroupBy(desire => desire.Name.Group, StringComparer.Ordinal)
            .SelectMany(group => options.Groups[group.Key].Exclusive ? group.TakeWhile(desire => desire.IsOpen).Concat(group.Where(desire => !desire.IsOpen).Take(1)) : group);
}
