using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Groups;

/// <summary>What is noted to be told of a group. It is noted in the transaction that changes the members, so neither happens without the other.</summary>
internal static class GroupTelling
{
    /// <summary>An event listed the member. Its id follows from the event and the member, so it is the same on whatever road the event came.</summary>
    public static void NoteListed(Group group, GroupChange change, string member, string? kind, DateTimeOffset now) =>
        group.News.Add(new GroupNews(++group.LastNews, KindOf(change.Joined), change.EventId, member, change.App, now) { Member = member, MemberKind = kind, Scene = change.Scene, At = change.Time });

    /// <summary>A comparison showed what no event has listed so far.</summary>
    public static void NoteUnlisted(Group group, bool joined, Guid causeId, string app, DateTimeOffset now, Func<GroupNews, GroupNews> details)
    {
        var seq = ++group.LastNews;
        var news = details(new GroupNews(seq, KindOf(joined), causeId, "", app, now) { IsOpen = true });
        group.News.Add(news with { Discriminator = $"{news.Member}+{seq}" });
    }

    /// <summary>A gap in the chain was healed.</summary>
    public static void NoteResync(Group group, string expected, string found, Guid causeId, string app, DateTimeOffset now) =>
        group.News.Add(new GroupNews(++group.LastNews, GroupNewsKind.Resynced, causeId, found, app, now) { Expected = expected, Found = found });

    /// <summary>An event lists what was noted without one: it stays noted as long as the event is remembered.</summary>
    public static void Close(Group group, GroupChange change, string member, DateTimeOffset now)
    {
        var index = group.News.FindIndex(news => news.IsOpen && news.Kind == KindOf(change.Joined) && MemberIds.Comparer.Equals(news.Member, member));
        if (index >= 0) group.News[index] = group.News[index] with { IsOpen = false, NotedAt = now };
    }

    /// <summary>Completes what waits to be told with what a reading says of those concerned.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reading">Who is in it.</param>
    /// <param name="isLast">Nobody who is not in the reading will be in a later one.</param>
    public static void Complete(Group group, IReadOnlyDictionary<string, ReadMember> reading, bool isLast)
    {
        for (var n = 0; n < group.News.Count; n++)
        {
            if (group.News[n] is not { ToldAt: null, Member: { } member } news) continue;
            var read = reading.GetValueOrDefault(member);
            if (read is not null && news.Kind == GroupNewsKind.Joined)
                news = news with { Scene = news.Scene is null or JoinScenes.Unknown ? read.Scene : news.Scene, Inviter = news.Inviter ?? read.Inviter };
            group.News[n] = news with { MemberKind = news.MemberKind ?? read?.Kind ?? group.Members.GetValueOrDefault(member)?.Kind ?? (isLast ? ReadMember.KindById(member) : null) };
        }

        foreach (var read in reading.Values)
        {
            if (group.Members.TryGetValue(read.Id, out var known) && known.Kind is null) group.Members[read.Id] = known with { Kind = read.Kind };
        }
    }

    /// <summary>What can be told now: in order, up to the first of which the kind of member is not known.</summary>
    public static IReadOnlyList<GroupNews> Ready(Group group) => [.. group.News.Where(news => news.ToldAt is null).TakeWhile(news => news.Member is null || news.MemberKind is not null)];

    /// <summary>It was published. What concerns a member is remembered: what comes later is told only as far as it adds to it.</summary>
    public static bool Told(Group group, IReadOnlyList<GroupNews> told, DateTimeOffset now)
    {
        foreach (var seq in told.Select(news => news.Seq))
        {
            var index = group.News.FindIndex(news => news.Seq == seq);
            if (index < 0) continue;
            if (group.News[index].Member is null) group.News.RemoveAt(index);
            else group.News[index] = group.News[index] with { ToldAt = now };
        }

        return true;
    }

    private static GroupNewsKind KindOf(bool joined) => joined ? GroupNewsKind.Joined : GroupNewsKind.Left;
}
