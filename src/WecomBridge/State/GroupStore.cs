namespace WecomBridge.State;

/// <summary>Keeps groups. A group is loaded whole, changed in memory and saved; the row of the group is locked meanwhile.</summary>
internal static partial class GroupStore
{
    private const string Key = "corp = @Corp AND chat_id = @ChatId";

    /// <summary>The group as it stands; null when no event has told of it.</summary>
    public static async Task<Group?> FindAsync(StateSession session, string corp, string chatId)
    {
        var row = await session.FindAsync<GroupRow>($"SELECT * FROM chat_groups WHERE {Key}", new { Corp = corp, ChatId = chatId });
        return row is null ? null : await LoadAsync(session, row);
    }

    /// <summary>Changes a group, new or known, and saves what differs.</summary>
    /// <param name="session">Inside a transaction.</param>
    /// <param name="corp">Configured name of the corp.</param>
    /// <param name="chatId">The platform's id.</param>
    /// <param name="change">What is done with it.</param>
    /// <param name="now">Time of the change.</param>
    public static async Task<T> ChangeAsync<T>(StateSession session, string corp, string chatId, Func<Group, T> change, DateTimeOffset now)
    {
        var key = new { Corp = corp, ChatId = chatId, Now = now.ToDb() };
        await session.ExecuteAsync("INSERT INTO chat_groups (corp, chat_id, changed_at) VALUES (@Corp, @ChatId, @Now) ON CONFLICT (corp, chat_id) DO NOTHING", key);
        var row = await session.FindAsync<GroupRow>($"SELECT * FROM chat_groups WHERE {Key} {session.ForUpdate}", key);
        var group = await LoadAsync(session, row!);
        var (members, changes, news) = (group.Members.Values.ToDictionary(member => member.Id), group.Changes.ToDictionary(known => known.EventId), group.News.ToDictionary(known => known.Seq));
        var result = change(group);
        await SaveHeadAsync(session, group, now);
        await SaveMembersAsync(session, group, members);
        await SaveChangesAsync(session, group, changes);
        await SaveNewsAsync(session, group, news);
        return result;
    }

    private static async Task<Group> LoadAsync(StateSession session, GroupRow row)
    {
        var key = new { row.Corp, row.ChatId };
        var group = row.ToGroup();
        foreach (var member in await session.QueryAsync<MemberRow>($"SELECT member_id, joined_at, kind FROM chat_group_members WHERE {Key}", key))
            group.Members[member.MemberId] = new GroupMember(member.MemberId, member.JoinedAt.ToTime(), member.Kind);
        group.Changes.AddRange((await session.QueryAsync<ChangeRow>($"SELECT * FROM chat_group_changes WHERE {Key} ORDER BY event_time, event_id", key)).Select(change => change.ToChange()));
        group.News.AddRange((await session.QueryAsync<NewsRow>($"SELECT * FROM chat_group_news WHERE {Key} ORDER BY seq", key)).Select(news => news.ToNews()));
        return group;
    }

    private static Task<int> SaveHeadAsync(StateSession session, Group group, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            UPDATE chat_groups SET member_version = @MemberVersion, version_at = @VersionAt, owner_id = @OwnerId, first_event_at = @FirstEventAt, read_at = @ReadAt, baseline_at = @BaselineAt,
                dismissed_at = @DismissedAt, announced_owner = @AnnouncedOwner, announced_profile = @AnnouncedProfile, last_news = @LastNews, changed_at = @Now WHERE {Key}
            """,
            new
            {
                group.Corp,
                group.ChatId,
                group.MemberVersion,
                VersionAt = group.VersionAt?.ToDb(),
                group.OwnerId,
                FirstEventAt = group.FirstEventAt?.ToDb(),
                ReadAt = group.ReadAt?.ToDb(),
                BaselineAt = group.BaselineAt?.ToDb(),
                DismissedAt = group.DismissedAt?.ToDb(),
                group.AnnouncedOwner,
                group.AnnouncedProfile,
                group.LastNews,
                Now = now.ToDb(),
            });

    private static async Task SaveMembersAsync(StateSession session, Group group, Dictionary<string, GroupMember> loaded)
    {
        foreach (var member in group.Members.Values.Where(member => loaded.GetValueOrDefault(member.Id) != member))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO chat_group_members (corp, chat_id, member_id, joined_at, kind) VALUES (@Corp, @ChatId, @Id, @JoinedAt, @Kind)
                ON CONFLICT (corp, chat_id, member_id) DO UPDATE SET joined_at = excluded.joined_at, kind = excluded.kind
                """,
                new { group.Corp, group.ChatId, member.Id, JoinedAt = member.JoinedAt.ToDb(), member.Kind });
        }

        // By the id as it is stored: a staff id may have come back in another case.
        foreach (var id in loaded.Keys.Except(group.Members.Values.Select(member => member.Id)))
            await session.ExecuteAsync($"DELETE FROM chat_group_members WHERE {Key} AND member_id = @id", new { group.Corp, group.ChatId, id });
    }

    private static async Task SaveChangesAsync(StateSession session, Group group, Dictionary<Guid, GroupChange> loaded)
    {
        foreach (var change in group.Changes.Where(change => loaded.GetValueOrDefault(change.EventId) != change))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO chat_group_changes (corp, chat_id, event_id, app, event_time, joined, scene, members, is_complete, previous_version, version, placed_at)
                VALUES (@Corp, @ChatId, @EventId, @App, @EventTime, @Joined, @Scene, @Members, @IsComplete, @PreviousVersion, @Version, @PlacedAt)
                ON CONFLICT (corp, chat_id, event_id) DO UPDATE SET placed_at = excluded.placed_at
                """,
                ChangeRow.Parameters(group, change));
        }

        foreach (var id in loaded.Keys.Except(group.Changes.Select(change => change.EventId)))
            await session.ExecuteAsync($"DELETE FROM chat_group_changes WHERE {Key} AND event_id = @Id", new { group.Corp, group.ChatId, Id = id.ToDb() });
    }

    private static async Task SaveNewsAsync(StateSession session, Group group, Dictionary<long, GroupNews> loaded)
    {
        foreach (var news in group.News.Where(news => loaded.GetValueOrDefault(news.Seq) != news))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO chat_group_news (corp, chat_id, seq, kind, cause_id, discriminator, app, member_id, member_kind, scene, inviter, at, expected, found, is_open, noted_at, told_at)
                VALUES (@Corp, @ChatId, @Seq, @Kind, @CauseId, @Discriminator, @App, @Member, @MemberKind, @Scene, @Inviter, @At, @Expected, @Found, @IsOpen, @NotedAt, @ToldAt)
                ON CONFLICT (corp, chat_id, seq) DO UPDATE SET member_kind = excluded.member_kind, scene = excluded.scene, inviter = excluded.inviter, is_open = excluded.is_open, noted_at = excluded.noted_at, told_at = excluded.told_at
                """,
                NewsRow.Parameters(group, news));
        }

        foreach (var seq in loaded.Keys.Except(group.News.Select(news => news.Seq)))
            await session.ExecuteAsync($"DELETE FROM chat_group_news WHERE {Key} AND seq = @seq", new { group.Corp, group.ChatId, seq });
    }
}
