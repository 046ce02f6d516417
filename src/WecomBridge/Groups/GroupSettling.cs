using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>Takes in what the platform says of a group: compares it with the members that stand, heals them, and notes what is to be told.</summary>
internal static class GroupSettling
{
    /// <summary>How long the platform is given to catch up with its own events, and lost events to arrive; then what it says is taken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A version passed so lately may still be answered.</summary>
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(1);

    /// <summary>A group whose first event came so soon after its creation was seen from its beginning: its first members joined before our eyes.</summary>
    private static readonly TimeSpan Birth = TimeSpan.FromHours(1);

    /// <summary>Takes a reading in. False when it is older than an event, or newer than all of them: then it is to be read again.</summary>
    public static bool Take(Group group, GroupReading reading, WorkItem item)
    {
        if (reading.IsGone) group.DismissedAt ??= reading.At;
        if (group.DismissedAt is not null) return Close(group, item, reading.At);
        group.OwnerId = reading.Owner;
        var isSettled = TakeMembers(group, reading, item);
        GroupTelling.Complete(group, reading.Members, isSettled);
        return isSettled;
    }

    /// <summary>The group is no more: whoever was still in it has left with it.</summary>
    public static bool Close(Group group, WorkItem item, DateTimeOffset now)
    {
        MemberStory.Settle(group, [.. group.Pending], new Dictionary<string, ReadMember>(), item.CauseId, item.App, now, group.ReadAt is null);
        group.ReadAt ??= now;
        GroupTelling.Complete(group, new Dictionary<string, ReadMember>(), isLast: true);
        return true;
    }

    private static bool TakeMembers(Group group, GroupReading reading, WorkItem item)
    {
        var pending = group.Pending.ToList();
        var isPatient = item.MarkedAt + Patience > reading.At;
        var isNew = reading.Version != group.MemberVersion;
        if (isNew && group.ReadAt is not null)
        {
            if (WasPassed(group, reading.Version, reading.At)) return pending.Count == 0 && !isPatient;
            if (pending.Count == 0 && isPatient) return false;
        }

        // The platform catches up with its own events in that time: what it still does not show, it will not show.
        var ahead = GroupChain.BuiltOn(reading.Version, pending).Where(change => change.Time + LongestLag > reading.At).ToList();
        var behind = pending.Except(ahead).ToList();
        var leading = GroupChain.LeadingTo(reading.Version, behind);
        var old = behind.Where(change => change.Time + Patience <= reading.At).ToList();
        var within = behind.Where(change => leading.Contains(change) || old.Contains(change) || Agrees(change, reading)).ToList();
        if (within.Count < behind.Count && old.Count == 0) return false;
        Heal(group, reading, within, leading, item);
        GroupChain.Follow(group, reading.At);
        return !group.Pending.Any();
    }

    private static void Heal(Group group, GroupReading reading, List<GroupChange> within, IReadOnlyList<GroupChange> leading, WorkItem item)
    {
        var (isFirst, before) = (group.ReadAt is null, group.MemberVersion);
        if (isFirst && !(reading.CreatedAt >= group.FirstEventAt - Birth)) group.BaselineAt = reading.At;
        MemberStory.Settle(group, within, reading.Members, item.CauseId, item.App, reading.At, isFirst);
        group.ReadAt = reading.At;
        group.VersionAt = reading.At;
        group.MemberVersion = reading.Version;
        if (before is null || reading.Version is null || reading.Version == before) return;
        if (within.Exists(change => change.Version is null) || leading.Any(change => change.PreviousVersion == before)) return;
        GroupTelling.NoteResync(group, before, reading.Version, item.CauseId, item.App, reading.At);
    }

    private static bool WasPassed(Group group, string? version, DateTimeOffset now) =>
        group.Changes.Exists(change => change.PlacedAt + LongestLag > now && (change.Version == version || change.PreviousVersion == version));

    // Where versions cannot tell, the list can: it says no more than what is so.
    private static bool Agrees(GroupChange change, GroupReading reading) =>
        (change.Version is null || reading.Version is null) && change.IsComplete && change.Members.All(id => reading.Members.ContainsKey(id) == change.Joined);
}
