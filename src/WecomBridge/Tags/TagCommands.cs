using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Tags;

/// <summary>Reads <c>tags.apply</c>.</summary>
internal static class TagCommands
{
    /// <summary>A command names few tags; more is a mistake of the sender's.</summary>
    private const int MaxTags = 100;

    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>Why a command is refused, with a word of <see cref="CommandRejectReasons"/>; null when it is good. No personal data.</summary>
    /// <param name="settings">Which groups are the CRM's.</param>
    /// <param name="command">The command.</param>
    /// <param name="isCorpKnown">Its corp is configured, and has an app that can make calls.</param>
    /// <param name="ahead">How far its time lies ahead of the present.</param>
    public static (string Reason, string Detail)? FindFault(TagsOptions settings, ApplyTags command, bool isCorpKnown, TimeSpan ahead)
    {
        if (ahead > MaxAhead) return (CommandRejectReasons.Invalid, "time lies ahead: the newest word for a tag stands, and this one would outlast all others.");
        if (!isCorpKnown) return (CommandRejectReasons.Invalid, "No such corp, or no app of it that can make calls.");
        if (string.IsNullOrWhiteSpace(command.ExternalUserId)) return (CommandRejectReasons.Invalid, "externalUserId is empty.");
        if (command.UserId is { } userId && string.IsNullOrWhiteSpace(userId)) return (CommandRejectReasons.Invalid, "userId is empty: leave it out where every member is meant.");
        if (command.Add.Count + command.Remove.Count is 0 or > MaxTags) return (CommandRejectReasons.Invalid, $"add and remove must name 1 to {MaxTags} tags.");
        if (command.Add.Intersect(command.Remove, StringComparer.Ordinal).Any()) return (CommandRejectReasons.Invalid, "A tag stands in both add and remove.");
        foreach (var (list, tags) in new[] { ("add", command.Add), ("remove", command.Remove) })
        {
            for (var i = 0; i < tags.Count; i++)
            {
                if (FindFault(settings, $"{list}[{i}]", tags[i]) is { } fault) return fault;
            }
        }

        return null;
    }

    /// <summary>What a good command says of each tag.</summary>
    public static IReadOnlyList<TagWish> WishesOf(ApplyTags command, DateTimeOffset at, Guid commandId)
    {
        return [.. command.Add.Select(text => Wish(text, isWanted: true)), .. command.Remove.Select(text => Wish(text, isWanted: false))];

        TagWish Wish(string text, bool isWanted) =>
            TagName.TryParse(text, out var name) ? new TagWish(name.Group, name.Tag, isWanted, at, commandId) : throw new ArgumentException("The command was not checked.", nameof(command));
    }

    private static (string Reason, string Detail)? FindFault(TagsOptions settings, string path, string text)
    {
        if (!TagName.TryParse(text ?? "", out var name)) return (CommandRejectReasons.Invalid, $"{path} must look like Group/Tag.");
        if (!settings.Groups.TryGetValue(name.Group, out var group) || group.Owner != TagGroupOwner.Crm || !group.IsManaged) return (CommandRejectReasons.NotAllowed, $"{path} is of a group that crm does not own.");
        return group.Tags.Contains(name.Tag) ? null : (CommandRejectReasons.NotFound, $"{path} names no tag of its group in the bridge's settings.");
    }
}
