using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Groups;

/// <summary>Finds out what must have happened to each member between what was known and what is so now, given what events listed in between.</summary>
/// <remarks>
/// For one member joining and leaving take turns. Where the listed ones do not, one was not seen and is told as unlisted; so what is told always adds up to who is there.
/// An event that comes after its effect was told unlisted changes nothing but that: it is counted as told.
/// </remarks>
internal static class MemberStory
{
    /// <summary>Who is in the group by what is known already.</summary>
    public static IReadOnlyDictionary<string, ReadMember> AsKnown(Group group) =>
        group.Members.Values.ToDictionary(member => member.Id, member => new ReadMember(member.Id, member.JoinedAt, member.Kind), MemberIds.Comparer);

    /// <summary>Takes in changes whose effect is in what stands now, and makes the members what they are now.</summary>
    /// <param name="group">The group; of one that was there before us, first read just now, little more than what events listed is told.</param>
    /// <param name="changes">What events listed.</param>
    /// <param name="now">Who is there.</param>
    /// <param name="causeId">Cause of what no event listed.</param>
    /// <param name="app">App of that cause.</param>
    /// <param name="at">Present time.</param>
    /// <param name="isFirst">Nothing was known of the members before.</param>
    public static void Settle(Group group, IReadOnlyList<GroupChange> changes, IReadOnlyDictionary<string, ReadMember> now, Guid causeId, string app, DateTimeOffset at, bool isFirst = false)
    {
        var steps = new List<Step>();
        foreach (var id in changes.SelectMany(change => change.Members).Concat(group.Members.Keys).Concat(now.Keys).Distinct(MemberIds.Comparer))
            steps.AddRange(StepsOf(group, id, changes, now.GetValueOrDefault(id), isFirst, at).ToList());
        foreach (var step in steps.OrderBy(step => step.Time)) Note(group, step, changes, now, causeId, app, at);

        var left = group.Members.Keys.Where(id => !now.ContainsKey(id)).ToList();
        foreach (var id in left) group.Members.Remove(id);
        foreach (var member in now.Values) group.Members[member.Id] = new GroupMember(member.Id, member.JoinedAt, member.Kind);
        foreach (var change in changes) GroupChain.Place(group, change, at);
    }

    // What must have happened, less what is told already; in turns, as coming and going does.
    private static IEnumerable<Step> StepsOf(Group group, string id, IReadOnlyList<GroupChange> changes, ReadMember? now, bool isFirst, DateTimeOffset at)
    {
        var told = group.News.Where(news => MemberIds.Comparer.Equals(news.Member, id)).ToList();
        var listed = group.Changes.Where(change => (change.PlacedAt is not null || changes.Contains(change)) && change.Members.Contains(id, MemberIds.Comparer)).OrderBy(change => change.Time).ToList();
        var fresh = listed.Where(changes.Contains).ToList();
        var wasThere = group.Members.ContainsKey(id);
        if (told.Count == 0 && StoodBefore(group, id, fresh.FirstOrDefault(), now, isFirst) is { } stood) return Missing(id, stood, now is not null, fresh, Count(stood, now is not null, fresh));

        var balance = told.Sum(news => news.Kind == GroupNewsKind.Joined ? 1 : -1);
        var needed = Count((wasThere ? 1 : 0) - balance > 0, now is not null, listed);
        var (joins, leaves) = (needed.Joins - told.Count(news => news.Kind == GroupNewsKind.Joined), needed.Leaves - told.Count(news => news.Kind == GroupNewsKind.Left));
        // What was told too often can no longer be taken back; it has its counterpart.
        var spare = Math.Max(0, -Math.Min(joins, leaves));
        var steps = Missing(id, wasThere, now is not null, fresh, (joins + spare, leaves + spare)).ToList();
        foreach (var change in fresh.Where(change => !steps.Exists(step => step.Listed == change))) GroupTelling.Close(group, change, id, at);
        return steps;
    }

    // Of a group older than our knowledge of it, who was there before is nobody's news; the first listed step of a member tells where they stood.
    private static bool? StoodBefore(Group group, string id, GroupChange? first, ReadMember? now, bool isFirst)
    {
        if (isFirst && group.BaselineAt is not null) return first is not null ? !first.Joined : now is null || now.JoinedAt < group.FirstEventAt;
        var isOfBaseline = first?.Time <= group.BaselineAt && (!group.Members.TryGetValue(id, out var known) || known.JoinedAt <= first.Time + GroupChain.PlatformLag);
        return isOfBaseline ? !first!.Joined : null;
    }

    // How often someone must have come and gone who stood here, then there, and of whom events list this much.
    private static (int Joins, int Leaves) Count(bool isThere, bool isThereNow, IReadOnlyList<GroupChange> listed)
    {
        var (joins, leaves, left) = (0, 0, listed.ToList());
        while (left.Count > 0)
        {
            // Times are whole seconds: within one, what fits comes first.
            var next = left.Find(change => change.Time == left[0].Time && change.Joined != isThere) ?? left[0];
            left.Remove(next);
            if (next.Joined == isThere) Add(!isThere);
            Add(next.Joined);
        }

        if (isThere != isThereNow) Add(isThereNow);
        return (joins, leaves);

        void Add(bool joined)
        {
            isThere = joined;
            if (joined) joins++;
            else leaves++;
        }
    }

    private static IEnumerable<Step> Missing(string id, bool isThere, bool isThereNow, IReadOnlyList<GroupChange> listed, (int Joins, int Leaves) count)
    {
        var (left, total, time) = (listed.ToList(), count.Joins + count.Leaves, DateTimeOffset.MinValue);
        for (var n = 0; n < total; n++)
        {
            isThere = !isThere;
            var next = left.Find(change => change.Joined == isThere);
            if (next is not null) left.Remove(next);
            var isEnd = n == total - 1 && isThere == isThereNow;
            time = next is null ? (isEnd ? DateTimeOffset.MaxValue : time) : next.Time > time ? next.Time : time;
            yield return new Step(id, isThere, time, next, isEnd);
        }
    }

    private static void Note(Group group, Step step, IReadOnlyList<GroupChange> changes, IReadOnlyDictionary<string, ReadMember> now, Guid causeId, string app, DateTimeOffset at)
    {
        var kind = group.Members.GetValueOrDefault(step.Member)?.Kind ?? now.GetValueOrDefault(step.Member)?.Kind;
        if (step.Listed is { } listed)
        {
            GroupTelling.NoteListed(group, listed, step.Member, kind, at);
            return;
        }

        // An event that did not say who is the cause of what was found out by reading after it.
        var unnamed = changes.LastOrDefault(change => !change.IsComplete && change.Joined == step.Joined);
        var read = step is { Joined: true, IsEnd: true } ? now.GetValueOrDefault(step.Member) : null;
        var isEnd = step is { Joined: false, IsEnd: true } && group.DismissedAt is not null;
        GroupTelling.NoteUnlisted(group, step.Joined, unnamed?.EventId ?? causeId, unnamed?.App ?? app, at, news => news with
        {
            Member = step.Member,
            MemberKind = kind,
            Scene = isEnd ? QuitScenes.Dismissed : unnamed?.Scene ?? read?.Scene ?? (step.Joined ? JoinScenes.Unknown : QuitScenes.Unknown),
            Inviter = read?.Inviter,
            At = isEnd ? group.DismissedAt : read?.JoinedAt ?? unnamed?.Time,
        });
    }

    private sealed record Step(string Member, bool Joined, DateTimeOffset Time, GroupChange? Listed, bool IsEnd);
}
