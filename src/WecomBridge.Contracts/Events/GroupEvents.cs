using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>Something happened to a customer group.</summary>
public abstract record GroupEventData : EventData
{
    /// <summary>The group (<c>chat_id</c>).</summary>
    [JsonPropertyName("chatId")]
    public required string ChatId { get; init; }
}

/// <summary>Members came or went. WeCom merges several changes at once into one event.</summary>
public abstract record GroupMembersEventData : GroupEventData
{
    /// <summary>How many members changed; 0 when WeCom sent neither number nor list.</summary>
    [JsonPropertyName("count")]
    public required int Count { get; init; }

    /// <summary>Ids of the members, staff and customers mixed; null when WeCom sent no list.</summary>
    [JsonPropertyName("members")]
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>Member version before the change. Another one than yours means that a change was missed.</summary>
    [JsonPropertyName("previousVersion")]
    public string? PreviousVersion { get; init; }

    /// <summary>Member version after the change.</summary>
    [JsonPropertyName("version")]
    public string? Version { get; init; }
}

/// <summary><c>group.created</c></summary>
[EventType("group.created")]
public sealed record GroupCreated : GroupEventData;

/// <summary><c>group.members_added</c></summary>
[EventType("group.members_added")]
public sealed record GroupMembersAdded : GroupMembersEventData
{
    /// <summary>How they came; <see cref="JoinScenes"/> names the known words.</summary>
    [JsonPropertyName("joinScene")]
    public required string JoinScene { get; init; }
}

/// <summary>Known words of <see cref="GroupMembersAdded.JoinScene"/>.</summary>
public static class JoinScenes
{
    /// <summary>Invited by a member, directly or by a link.</summary>
    public const string Invited = "invited";

    /// <summary>Scanned the group's QR code.</summary>
    public const string QrCode = "qr_code";

    /// <summary>WeCom did not say.</summary>
    public const string Unknown = "unknown";
}

/// <summary><c>group.members_removed</c></summary>
[EventType("group.members_removed")]
public sealed record GroupMembersRemoved : GroupMembersEventData
{
    /// <summary>How they went; <see cref="QuitScenes"/> names the known words.</summary>
    [JsonPropertyName("quitScene")]
    public required string QuitScene { get; init; }
}

/// <summary>Known words of <see cref="GroupMembersRemoved.QuitScene"/>.</summary>
public static class QuitScenes
{
    /// <summary>Left by themselves.</summary>
    public const string Left = "left";

    /// <summary>Removed by the owner or an administrator of the group.</summary>
    public const string Removed = "removed";

    /// <summary>The group was dissolved; only in <see cref="GroupMemberLeft"/>.</summary>
    public const string Dismissed = "dismissed";

    /// <summary>WeCom did not say.</summary>
    public const string Unknown = "unknown";
}

/// <summary><c>group.owner_changed</c>; the new owner must be fetched.</summary>
[EventType("group.owner_changed")]
public sealed record GroupOwnerChanged : GroupEventData;

/// <summary><c>group.renamed</c>; the new name must be fetched.</summary>
[EventType("group.renamed")]
public sealed record GroupRenamed : GroupEventData;

/// <summary><c>group.notice_changed</c>; the new notice must be fetched.</summary>
[EventType("group.notice_changed")]
public sealed record GroupNoticeChanged : GroupEventData;

/// <summary><c>group.dismissed</c></summary>
[EventType("group.dismissed")]
public sealed record GroupDismissed : GroupEventData;
