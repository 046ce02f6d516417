using WecomBridge.State;

namespace WecomBridge.Groups;

/// <summary>The chain of a group's member versions: a change is applied onto the version it was built on, whenever it comes, and waits until then.</summary>
internal static class GroupChain
{
    /// <summary>WeCom answers old data for about so long after an event (groupchat/get, page 92122).</summary>
    public static readonly TimeSpan PlatformLag = TimeSpan.FromSeconds(2);

    /// <summary>How long what has found its place, and what was told of it, is remembered: events are brought late or again within hours.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(2);

    /// <summary>Takes in what an event says. False when it is known.</summary>
    public static bool Add(Group group, GroupChange change, DateTimeOffset now)
    {
        if (group.Changes.Exists(known => known.EventId == change.EventId)) return false;
        group.Changes.RemoveAll(known => known.PlacedAt < now - Memory);
        group.News.RemoveAll(news => news.ToldAt is not null && news.NotedAt < now - Memory);
        Seen(group, change.Time);
        group.Changes.Add(change);
        Follow(group, now);
        var late = group.Pending.Where(pending => IsBehind(group, pending)).ToList();
        if (late.Count > 0 && group.DismissedAt is null) MemberStory.Settle(group, late, MemberStory.AsKnown(group), late[0].EventId, late[0].App, now);
        return true;
    }

    /// <summary>An event of this time told of the group.</summary>
    public static void Seen(Group group, DateTimeOffset time)
    {
        if (group.FirstEventAt is null || time < group.FirstEventAt) group.FirstEventAt = time;
    }

    /// <summary>Applies whatever is built on the version that stands, and what is built on that.</summary>
    public static void Follow(Group group, DateTimeOffset now)
    {
        while (group.DismissedAt is null && group.MemberVersion is { } version && group.Pending.FirstOrDefault(change => change.IsComplete && change.Version is not null && change.PreviousVersion == version) is { } next)
        {
            foreach (var id in next.Members.Distinct(MemberIds.Comparer)) Apply(group, next, id, now);
            group.MemberVersion = next.Version;
            if (group.VersionAt is null || next.Time > group.VersionAt) group.VersionAt = next.Time;
            Place(group, next, now);
        }
    }

    /// <summary>The change has found its place.</summary>
    public static void Place(Group group, GroupChange change, DateTimeOffset now) =>
        group.Changes[group.Changes.FindIndex(known => known.EventId == change.EventId)] = change with { PlacedAt = now };

    /// <summary>Of some changes those that lead to a version, one built on the other.</summary>
    public static IReadOnlyList<GroupChange> LeadingTo(string? version, IReadOnlyList<GroupChange> changes)
    {
        var chain = new List<GroupChange>();
        while (version is not null && changes.FirstOrDefault(change => change.Version == version && !chain.Contains(change)) is { } before)
        {
            chain.Add(before);
            version = before.PreviousVersion;
        }

        return chain;
    }

    /// <summary>Of some changes those built on a version, directly or on one another.</summary>
    public static IReadOnlyList<GroupChange> BuiltOn(string? version, IReadOnlyList<GroupChange> changes)
    {
        var chain = new List<GroupChange>();
        while (version is not null && changes.FirstOrDefault(change => change.PreviousVersion == version && !chain.Contains(change)) is { } next)
        {
            chain.Add(next);
            version = next.Version;
        }

        return chain;
    }

    // A list that says what is known already is an inconsistency of the platform's; the same membership is never told twice.
    private static void Apply(Group group, GroupChange change, string id, DateTimeOffset now)
    {
        var known = group.Members.GetValueOrDefault(id);
        if (known is not null == change.Joined) return;
        if (change.Joined) group.Members[id] = new GroupMember(id, change.Time);
        else group.Members.Remove(id);
        GroupTelling.NoteListed(group, change, id, change.Joined ? null : known!.Kind, now);
    }

    // What the members of a version took in that is known to lie before the one that stands.
    private static bool IsBehind(Group group, GroupChange change) =>
        change.Version is { } version
        && (version == group.MemberVersion
            || (change.Time <= group.VersionAt && group.Changes.Exists(known => known.PlacedAt is not null && (known.Version == version || known.PreviousVersion == version))));
}
