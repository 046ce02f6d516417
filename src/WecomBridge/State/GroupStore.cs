namespace WecomBridge.State;

/// <summary>A customer group as last known.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="ChatId">The platform's id.</param>
/// <param name="MemberVersion">Version of <paramref name="Members"/>; null until the group was read from the platform or a chain began.</param>
/// <param name="Gap">A break in the chain of versions that has not been healed yet.</param>
/// <param name="OwnerId">Member who owns it; null until read.</param>
/// <param name="DismissedAt">When it was dissolved.</param>
/// <param name="Members">Ids of members and customers as received.</param>
/// <param name="ChangedAt">When the row was last written.</param>
internal sealed record Group(
    string Corp, string ChatId, string? MemberVersion, GroupGap? Gap, string? OwnerId, DateTimeOffset? DismissedAt, IReadOnlySet<string> Members, DateTimeOffset ChangedAt);

/// <summary>An event built on another version than the one stored: something was missed or came out of order.</summary>
/// <param name="Expected">The version the event was built on; null when the event did not say.</param>
/// <param name="Found">The version stored; null when none was.</param>
internal sealed record GroupGap(string? Expected, string? Found);

/// <summary>What one event says about a group.</summary>
/// <param name="Corp">Configured name of the corp.</param>
/// <param name="ChatId">The platform's id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When, by the platform's clock.</param>
/// <param name="Members">Who joined or left; null when the event did not say.</param>
/// <param name="PreviousVersion">Member version before.</param>
/// <param name="Version">Member version after.</param>
internal sealed record GroupChange(
    string Corp, string ChatId, GroupChangeKind Kind, DateTimeOffset Time, IReadOnlyList<string>? Members = null, string? PreviousVersion = null, string? Version = null);

internal enum GroupChangeKind
{
    /// <summary>Created, or changed in a way that only reading it shows (owner, name, notice).</summary>
    Touched,
    MembersAdded,
    MembersRemoved,
    Dismissed,
}

/// <summary>What became of a change.</summary>
internal enum GroupApplied
{
    /// <summary>The row says now what the event said.</summary>
    Applied,

    /// <summary>The stored members are of this version already.</summary>
    AlreadyKnown,

    /// <summary>The members were left alone; the group must be read from the platform.</summary>
    Gap,
}

/// <summary>Groups with the chain of their member versions: a change is applied only onto the version it was built on.</summary>
internal static class GroupStore
{
    private const string Key = "corp = @Corp AND chat_id = @ChatId";

    /// <summary>Takes in one event.</summary>
    public static async Task<GroupApplied> ApplyAsync(StateSession session, GroupChange change, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "INSERT INTO chat_groups (corp, chat_id, changed_at) VALUES (@Corp, @ChatId, @Now) ON CONFLICT (corp, chat_id) DO NOTHING",
            new { change.Corp, change.ChatId, Now = now.ToDb() });
        var stored = await session.FindAsync<string?>(
            $"SELECT member_version FROM chat_groups WHERE {Key} {session.ForUpdate}", new { change.Corp, change.ChatId });
        switch (change.Kind)
        {
            case GroupChangeKind.Touched:
                return GroupApplied.Applied;
            case GroupChangeKind.Dismissed:
                await session.ExecuteAsync(
                    $"UPDATE chat_groups SET dismissed_at = @At, gap_expected = NULL, gap_found = NULL, changed_at = @Now WHERE {Key}",
                    new { change.Corp, change.ChatId, At = change.Time.ToDb(), Now = now.ToDb() });
                return GroupApplied.Applied;
            default:
                return await ApplyMembersAsync(session, change, stored, now);
        }
    }

    /// <summary>The platform's own list: replaces the members and heals a gap.</summary>
    public static async Task ReplaceAsync(
        StateSession session, string corp, string chatId, string? memberVersion, string? ownerId, IReadOnlyCollection<string> members, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO chat_groups (corp, chat_id, member_version, owner_id, changed_at) VALUES (@corp, @chatId, @memberVersion, @ownerId, @Now)
            ON CONFLICT (corp, chat_id) DO UPDATE SET member_version = excluded.member_version, owner_id = excluded.owner_id,
                gap_expected = NULL, gap_found = NULL, changed_at = excluded.changed_at
            """,
            new { corp, chatId, memberVersion, ownerId, Now = now.ToDb() });
        var present = await MembersAsync(session, corp, chatId);
        await LeaveAsync(session, corp, chatId, present.Except(members));
        await JoinAsync(session, corp, chatId, members.Except(present), now);
    }

    /// <summary>The group with its members; null when no event has told of it.</summary>
    public static async Task<Group?> FindAsync(StateSession session, string corp, string chatId)
    {
        var row = await session.FindAsync<Row>(
            "SELECT member_version, gap_expected, gap_found, owner_id, dismissed_at, changed_at FROM chat_groups WHERE corp = @corp AND chat_id = @chatId",
            new { corp, chatId });
        if (row is null) return null;
        var members = await MembersAsync(session, corp, chatId);
        var gap = row.GapExpected is null ? null : new GroupGap(row.GapExpected.Length == 0 ? null : row.GapExpected, row.GapFound);
        return new Group(
            corp, chatId, row.MemberVersion, gap, row.OwnerId, row.DismissedAt.ToTime(), members, row.ChangedAt.ToTime());
    }

    private static async Task<GroupApplied> ApplyMembersAsync(StateSession session, GroupChange change, string? stored, DateTimeOffset now)
    {
        if (change.Version is not null && change.Version == stored) return GroupApplied.AlreadyKnown;
        if (change.Members is null || change.Version is null || change.PreviousVersion is null || change.PreviousVersion != stored)
        {
            // The first gap is kept: it says where the chain broke.
            await session.ExecuteAsync(
                $"UPDATE chat_groups SET gap_expected = @Expected, gap_found = @stored, changed_at = @Now WHERE {Key} AND gap_expected IS NULL",
                new { change.Corp, change.ChatId, Expected = change.PreviousVersion ?? "", stored, Now = now.ToDb() });
            return GroupApplied.Gap;
        }

        if (change.Kind == GroupChangeKind.MembersAdded) await JoinAsync(session, change.Corp, change.ChatId, change.Members, change.Time);
        else await LeaveAsync(session, change.Corp, change.ChatId, change.Members);
        await session.ExecuteAsync(
            $"UPDATE chat_groups SET member_version = @Version, changed_at = @Now WHERE {Key}",
            new { change.Corp, change.ChatId, change.Version, Now = now.ToDb() });
        return GroupApplied.Applied;
    }

    private static async Task<IReadOnlySet<string>> MembersAsync(StateSession session, string corp, string chatId)
    {
        var members = await session.QueryAsync<string>("SELECT member_id FROM chat_group_members WHERE corp = @corp AND chat_id = @chatId", new { corp, chatId });
        return members.ToHashSet(StringComparer.Ordinal);
    }

    private static async Task JoinAsync(StateSession session, string corp, string chatId, IEnumerable<string> members, DateTimeOffset at)
    {
        foreach (var member in members)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO chat_group_members (corp, chat_id, member_id, joined_at) VALUES (@corp, @chatId, @member, @At)
                ON CONFLICT (corp, chat_id, member_id) DO NOTHING
                """,
                new { corp, chatId, member, At = at.ToDb() });
        }
    }

    private static async Task LeaveAsync(StateSession session, string corp, string chatId, IEnumerable<string> members)
    {
        foreach (var member in members)
        {
            await session.ExecuteAsync(
                "DELETE FROM chat_group_members WHERE corp = @corp AND chat_id = @chatId AND member_id = @member", new { corp, chatId, member });
        }
    }

    private sealed class Row
    {
        public string? MemberVersion { get; set; }

        public string? GapExpected { get; set; }

        public string? GapFound { get; set; }

        public string? OwnerId { get; set; }

        public long? DismissedAt { get; set; }

        public long ChangedAt { get; set; }
    }
}
