namespace WecomBridge.State;

/// <summary>A customer group as last known, with what waits to be understood and to be told. Loaded, changed in memory and saved within one transaction.</summary>
/// <param name="corp">Configured name of the corp.</param>
/// <param name="chatId">The platform's id.</param>
internal sealed class Group(string corp, string chatId)
{
    /// <summary>Configured name of the corp.</summary>
    public string Corp { get; } = corp;

    /// <summary>The platform's id.</summary>
    public string ChatId { get; } = chatId;

    /// <summary>Version of <see cref="Members"/>; null until the group was read from the platform.</summary>
    public string? MemberVersion { get; set; }

    /// <summary>The time that <see cref="Members"/> are known to be true for: of the newest change in the chain, or of the reading.</summary>
    public DateTimeOffset? VersionAt { get; set; }

    /// <summary>Member who owns it; null until read.</summary>
    public string? OwnerId { get; set; }

    /// <summary>The earliest event that told of it.</summary>
    public DateTimeOffset? FirstEventAt { get; set; }

    /// <summary>When it was last read from the platform.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it was first read, if it had been there before any event told of it: who was in it then is told to nobody.</summary>
    public DateTimeOffset? BaselineAt { get; set; }

    /// <summary>When it was dissolved.</summary>
    public DateTimeOffset? DismissedAt { get; set; }

    /// <summary>Print of the owner last published; null when none was.</summary>
    public string? AnnouncedOwner { get; set; }

    /// <summary>Print of name and notice last published; null when none were.</summary>
    public string? AnnouncedProfile { get; set; }

    /// <summary>Number of the newest of <see cref="News"/> ever.</summary>
    public long LastNews { get; set; }

    /// <summary>Who is in it.</summary>
    public Dictionary<string, GroupMember> Members { get; } = new(MemberIds.Comparer);

    /// <summary>What events said about members: what waits for its place in the chain, and for some days what has found it.</summary>
    public List<GroupChange> Changes { get; } = [];

    /// <summary>What is to be told, in order, and what was told in the last days.</summary>
    public List<GroupNews> News { get; } = [];

    /// <summary>Changes that have not found their place.</summary>
    public IEnumerable<GroupChange> Pending => Changes.Where(change => change.PlacedAt is null);
}

/// <summary>Someone in a group.</summary>
/// <param name="Id">As received.</param>
/// <param name="JoinedAt">By the platform's clock.</param>
/// <param name="Kind">A word of <c>MemberKinds</c>; null until the group was read with them in it.</param>
internal sealed record GroupMember(string Id, DateTimeOffset JoinedAt, string? Kind = null);

/// <summary>What one event said about members.</summary>
/// <param name="EventId">The event.</param>
/// <param name="App">App it came through.</param>
/// <param name="Time">When, by the platform's clock; whole seconds.</param>
/// <param name="Joined">They joined; else they left.</param>
/// <param name="Scene">How, in the contract's words.</param>
/// <param name="Members">Who; empty when the event did not list them.</param>
/// <param name="IsComplete">The list is whole.</param>
/// <param name="PreviousVersion">Member version before; null when not said.</param>
/// <param name="Version">Member version after; null when not said.</param>
internal sealed record GroupChange(
    Guid EventId, string App, DateTimeOffset Time, bool Joined, string Scene, IReadOnlyList<string> Members, bool IsComplete, string? PreviousVersion = null, string? Version = null)
{
    /// <summary>When <see cref="Group.Members"/> took it in; null while it waits.</summary>
    public DateTimeOffset? PlacedAt { get; init; }
}

internal enum GroupNewsKind
{
    Joined,
    Left,
    Resynced,
}

/// <summary>One thing to be told of a group, once.</summary>
/// <param name="Seq">Its number within the group.</param>
/// <param name="Kind">What happened.</param>
/// <param name="CauseId">The event it follows from.</param>
/// <param name="Discriminator">With cause and kind it gives the id under which it is published, however often.</param>
/// <param name="App">App of the cause.</param>
/// <param name="NotedAt">When it became known here.</param>
internal sealed record GroupNews(long Seq, GroupNewsKind Kind, Guid CauseId, string Discriminator, string App, DateTimeOffset NotedAt)
{
    /// <summary>Who; null for <see cref="GroupNewsKind.Resynced"/>.</summary>
    public string? Member { get; init; }

    /// <summary>A word of <c>MemberKinds</c>; null while it is not known.</summary>
    public string? MemberKind { get; init; }

    /// <summary>How, in the contract's words.</summary>
    public string? Scene { get; init; }

    /// <summary>Who invited, if anyone.</summary>
    public string? Inviter { get; init; }

    /// <summary>When, by the platform's clock; null when it is not known.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Of a resync: the version that was stored.</summary>
    public string? Expected { get; init; }

    /// <summary>Of a resync: the platform's version.</summary>
    public string? Found { get; init; }

    /// <summary>No event has listed it yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>When it was published; null while it is to be.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}
