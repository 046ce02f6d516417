using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>One member came to or went from a customer group.</summary>
public abstract record GroupMemberEventData : GroupEventData
{
    /// <summary>The member's id: a staff id, a customer's id, or the id of another outsider.</summary>
    [JsonPropertyName("member")]
    public required string Member { get; init; }

    /// <summary>What the member is; <see cref="MemberKinds"/> names the known words.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>How; <see cref="JoinScenes"/> and <see cref="QuitScenes"/> name the known words.</summary>
    [JsonPropertyName("scene")]
    public required string Scene { get; init; }

    /// <summary>Who invited; null when nobody did or it is not known.</summary>
    [JsonPropertyName("inviter")]
    public string? Inviter { get; init; }

    /// <summary>When, by WeCom's clock; null when only a comparison showed that the member had gone.</summary>
    [JsonPropertyName("at"), JsonConverter(typeof(UtcTimeConverter))]
    public DateTimeOffset? At { get; init; }
}

/// <summary>Known words of <see cref="GroupMemberEventData.Kind"/>.</summary>
public static class MemberKinds
{
    /// <summary>A customer.</summary>
    public const string Customer = "customer";

    /// <summary>A staff member.</summary>
    public const string Staff = "staff";

    /// <summary>Neither.</summary>
    public const string Other = "other";
}

/// <summary><c>group.member_joined</c></summary>
[EventType("group.member_joined")]
public sealed record GroupMemberJoined : GroupMemberEventData;

/// <summary><c>group.member_left</c></summary>
[EventType("group.member_left")]
public sealed record GroupMemberLeft : GroupMemberEventData;

/// <summary><c>group.resynced</c>: a gap in the chain of member versions was found and healed.</summary>
[EventType("group.resynced")]
public sealed record GroupResynced : GroupEventData
{
    /// <summary>The version the bridge had; null when it had none.</summary>
    [JsonPropertyName("expected")]
    public string? Expected { get; init; }

    /// <summary>The version WeCom has.</summary>
    [JsonPropertyName("found")]
    public required string Found { get; init; }
}

/// <summary><c>group.updated</c>: who owns a group, as read after it was created or handed over.</summary>
[EventType("group.updated")]
public sealed record GroupUpdated : GroupEventData
{
    /// <summary>The staff member who owns the group; null when WeCom did not say.</summary>
    [JsonPropertyName("ownerId")]
    public string? OwnerId { get; init; }
}

/// <summary><c>profile.group_updated</c>: what a group is called and what it announces, as read after either had changed.</summary>
[EventType("profile.group_updated", Exchange = EventExchange.Profiles)]
public sealed record GroupProfileUpdated : GroupEventData
{
    /// <summary>Name of the group; empty for an unnamed one.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Its announcement; empty when there is none.</summary>
    [JsonPropertyName("notice")]
    public required string Notice { get; init; }
}
