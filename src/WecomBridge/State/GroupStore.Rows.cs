namespace WecomBridge.State;

/// <content>How groups lie in the database.</content>
internal static partial class GroupStore
{
    private sealed class GroupRow
    {
        public string Corp { get; set; } = "";

        public string ChatId { get; set; } = "";

        public string? MemberVersion { get; set; }

        public long? VersionAt { get; set; }

        public string? OwnerId { get; set; }

        public long? FirstEventAt { get; set; }

        public long? ReadAt { get; set; }

        public long? BaselineAt { get; set; }

        public long? DismissedAt { get; set; }

        public string? AnnouncedOwner { get; set; }

        public string? AnnouncedProfile { get; set; }

        public long LastNews { get; set; }

        public Group ToGroup() => new(Corp, ChatId)
        {
            MemberVersion = MemberVersion,
            VersionAt = VersionAt.ToTime(),
            OwnerId = OwnerId,
            FirstEventAt = FirstEventAt.ToTime(),
            ReadAt = ReadAt.ToTime(),
            BaselineAt = BaselineAt.ToTime(),
            DismissedAt = DismissedAt.ToTime(),
            AnnouncedOwner = AnnouncedOwner,
            AnnouncedProfile = AnnouncedProfile,
            LastNews = LastNews,
        };
    }

    private sealed class MemberRow
    {
        public string MemberId { get; set; } = "";

        public long JoinedAt { get; set; }

        public string? Kind { get; set; }
    }

    private sealed class ChangeRow
    {
        public string EventId { get; set; } = "";

        public string App { get; set; } = "";

        public long EventTime { get; set; }

        public long Joined { get; set; }

        public string Scene { get; set; } = "";

        public string? Members { get; set; }

        public long IsComplete { get; set; }

        public string? PreviousVersion { get; set; }

        public string? Version { get; set; }

        public long? PlacedAt { get; set; }

        public static object Parameters(Group group, GroupChange change) => new
        {
            group.Corp,
            group.ChatId,
            EventId = change.EventId.ToDb(),
            change.App,
            EventTime = change.Time.ToDb(),
            Joined = change.Joined ? 1L : 0L,
            change.Scene,
            Members = change.Members.Count == 0 ? null : string.Join('\n', change.Members),
            IsComplete = change.IsComplete ? 1L : 0L,
            change.PreviousVersion,
            change.Version,
            PlacedAt = change.PlacedAt?.ToDb(),
        };

        public GroupChange ToChange() =>
            new(Guid.Parse(EventId), App, EventTime.ToTime(), Joined == 1, Scene, Members?.Split('\n') ?? [], IsComplete == 1, PreviousVersion, Version) { PlacedAt = PlacedAt.ToTime() };
    }

    private sealed class NewsRow
    {
        public long Seq { get; set; }

        public string Kind { get; set; } = "";

        public string CauseId { get; set; } = "";

        public string Discriminator { get; set; } = "";

        public string App { get; set; } = "";

        public string? MemberId { get; set; }

        public string? MemberKind { get; set; }

        public string? Scene { get; set; }

        public string? Inviter { get; set; }

        public long? At { get; set; }

        public string? Expected { get; set; }

        public string? Found { get; set; }

        public long IsOpen { get; set; }

        public long NotedAt { get; set; }

        public long? ToldAt { get; set; }

        public static object Parameters(Group group, GroupNews news) => new
        {
            group.Corp,
            group.ChatId,
            news.Seq,
            Kind = news.Kind.ToString(),
            CauseId = news.CauseId.ToDb(),
            news.Discriminator,
            news.App,
            news.Member,
            news.MemberKind,
            news.Scene,
            news.Inviter,
            At = news.At?.ToDb(),
            news.Expected,
            news.Found,
            IsOpen = news.IsOpen ? 1L : 0L,
            NotedAt = news.NotedAt.ToDb(),
            ToldAt = news.ToldAt?.ToDb(),
        };

        public GroupNews ToNews() => new(Seq, Enum.Parse<GroupNewsKind>(Kind), Guid.Parse(CauseId), Discriminator, App, NotedAt.ToTime())
        {
            Member = MemberId,
            MemberKind = MemberKind,
            Scene = Scene,
            Inviter = Inviter,
            At = At.ToTime(),
            Expected = Expected,
            Found = Found,
            IsOpen = IsOpen == 1,
            ToldAt = ToldAt.ToTime(),
        };
    }
}
