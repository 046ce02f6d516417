using WecomBridge.State;

namespace WecomBridge.Crm;

/// <summary>What the CRM should know of a customer: a fixed set of things, of which the settings choose.</summary>
internal sealed record CrmContent
{
    public required string ExternalUserId { get; init; }

    /// <summary>A word of <see cref="CrmStatuses"/>: how the customer stands with the company as a whole.</summary>
    public required string Status { get; init; }

    /// <summary>Members who have the customer, in the order of their ids.</summary>
    public IReadOnlyList<string> StaffUserIds { get; init; } = [];

    /// <summary>Channel of the latest add that had one; null without.</summary>
    public string? State { get; init; }

    /// <summary>Tags by the name of their group, each once, in the order of their names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Puts together what every member's relation says; null when no relation is known.</summary>
    public static CrmContent? Of(string externalUserId, IReadOnlyList<Relation> relations, IReadOnlyList<RelationTags> tags)
    {
        if (relations.Count == 0) return null;
        var held = relations.Where(relation => relation.Status != RelationStatus.RemovedByStaff).ToList();
        var standing = tags.Where(seen => held.Exists(relation => relation.Key == seen.Key)).SelectMany(seen => seen.Tags);
        return new CrmContent
        {
            ExternalUserId = externalUserId,
            Status = CrmStatuses.Of(relations),
            StaffUserIds = [.. held.Select(relation => relation.Key.UserId).Order(StringComparer.Ordinal)],
            State = relations.Where(relation => !string.IsNullOrEmpty(relation.State)).OrderBy(relation => relation.AddedAt).LastOrDefault()?.State,
            Tags = standing.GroupBy(tag => tag.Group, StringComparer.Ordinal).ToDictionary(
                group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(tag => tag.Tag).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], StringComparer.Ordinal),
        };
    }

    /// <summary>Id only: the rest is personal.</summary>
    public override string ToString() => ExternalUserId;
}

/// <summary>Words for how a customer stands with the company: the closest of all members' relations.</summary>
internal static class CrmStatuses
{
    public const string Added = "added";
    public const string HalfAdded = "half_added";

    /// <summary>The customer deleted every member who has them.</summary>
    public const string Left = "left";

    /// <summary>No member has the customer any more.</summary>
    public const string Removed = "removed";

    public static string Of(IReadOnlyList<Relation> relations)
    {
        var standings = relations.Select(relation => relation.Status).ToHashSet();
        return standings.Contains(RelationStatus.Added) ? Added
            : standings.Contains(RelationStatus.HalfAdded) ? HalfAdded
            : standings.Contains(RelationStatus.LeftByCustomer) ? Left
            : Removed;
    }
}
