using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Groups;

/// <summary>What the platform says of a group at one moment.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Version">Version of the members; null when not said.</param>
/// <param name="Members">Who is in it, by id.</param>
internal sealed record GroupReading(DateTimeOffset At, string? Version, IReadOnlyDictionary<string, ReadMember> Members)
{
    private static readonly Dictionary<string, ReadMember> Nobody = [];

    /// <summary>The group was dissolved.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Member who owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Empty for an unnamed group.</summary>
    public string Name { get; init; } = "";

    /// <summary>Empty when there is no announcement.</summary>
    public string Notice { get; init; } = "";

    /// <summary>When the group was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>An answer of <c>groupchat/get</c>.</summary>
    public static GroupReading Of(GroupChat group, DateTimeOffset at)
    {
        var members = new Dictionary<string, ReadMember>(MemberIds.Comparer);
        foreach (var member in group.MemberList.Where(member => !string.IsNullOrEmpty(member.Userid))) members[member.Userid!] = ReadMember.Of(member, at);
        return new GroupReading(at, string.IsNullOrEmpty(group.MemberVersion) ? null : group.MemberVersion, members)
        {
            Owner = group.Owner,
            Name = group.Name ?? "",
            Notice = group.Notice ?? "",
            CreatedAt = group.CreateTime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        };
    }

    /// <summary>The platform's answer for a group that is no more.</summary>
    public static GroupReading Gone(DateTimeOffset at) => new(at, null, Nobody) { IsGone = true };
}

/// <summary>Someone in a group, as the platform says or State knows.</summary>
/// <param name="Id">As received.</param>
/// <param name="JoinedAt">By the platform's clock.</param>
/// <param name="Kind">A word of <see cref="MemberKinds"/>; null when State alone is asked and does not know.</param>
/// <param name="Scene">A word of <see cref="JoinScenes"/>.</param>
/// <param name="Inviter">Who invited; null when nobody did.</param>
internal sealed record ReadMember(string Id, DateTimeOffset JoinedAt, string? Kind, string Scene = JoinScenes.Unknown, string? Inviter = null)
{
    private const int CorpMember = 1;
    private const int ByQrCode = 3;

    /// <summary>Of a member who has gone before the group could be read: the platform's ids of outsiders are told by their form.</summary>
    public static string KindById(string id) => MemberIds.IsExternal(id) ? MemberKinds.Customer : MemberKinds.Staff;

    public static ReadMember Of(GroupChatMember member, DateTimeOffset at) =>
        new(
            member.Userid!,
            member.JoinTime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : at,
            member.Type switch
            {
                null => KindById(member.Userid!),
                CorpMember => MemberKinds.Staff,
                _ => MemberIds.HasExternalPrefix(member.Userid!) ? MemberKinds.Customer : MemberKinds.Other,
            },
            member.JoinScene switch { null or 0 => JoinScenes.Unknown, ByQrCode => JoinScenes.QrCode, _ => JoinScenes.Invited },
            string.IsNullOrEmpty(member.Invitor?.Userid) ? null : member.Invitor.Userid);
}
