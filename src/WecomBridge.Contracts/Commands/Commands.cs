using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary><c>tags.apply</c>: the desired state of some tags of a customer, within groups that the CRM owns: 1 to 100 of them, each in one list only. Answered by <c>profile.tags_changed</c> or <c>command.rejected</c>.</summary>
[EventType("tags.apply", Exchange = EventExchange.Commands)]
public sealed record ApplyTags : CommandData
{
    /// <summary>The customer.</summary>
    [JsonPropertyName("externalUserId")]
    public required string ExternalUserId { get; init; }

    /// <summary>The staff member whose relation is meant; null for every staff member of the customer.</summary>
    [JsonPropertyName("userId")]
    public string? UserId { get; init; }

    /// <summary>Tags the customer shall have, each <c>Group/Tag</c>.</summary>
    [JsonPropertyName("add")]
    public IReadOnlyList<string> Add { get; init => field = value ?? []; } = [];

    /// <summary>Tags the customer shall not have, each <c>Group/Tag</c>.</summary>
    [JsonPropertyName("remove")]
    public IReadOnlyList<string> Remove { get; init => field = value ?? []; } = [];
}

/// <summary><c>profile.refresh</c>: look the customer up again now.</summary>
[EventType("profile.refresh", Exchange = EventExchange.Commands)]
public sealed record RefreshProfile : CommandData
{
    /// <summary>The customer.</summary>
    [JsonPropertyName("externalUserId")]
    public required string ExternalUserId { get; init; }
}

/// <summary><c>command.rejected</c>: a command was not carried out; the command itself is among the dead letters.</summary>
[EventType("command.rejected")]
public sealed record CommandRejected : EventData
{
    /// <summary>Id of the command.</summary>
    [JsonPropertyName("commandId")]
    public required string CommandId { get; init; }

    /// <summary>CloudEvents type of the command, as sent.</summary>
    [JsonPropertyName("command")]
    public required string Command { get; init; }

    /// <summary>Why; <see cref="CommandRejectReasons"/> names the known words.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>The field or value at fault, in words for a developer; no personal data.</summary>
    [JsonPropertyName("detail")]
    public string? Detail { get; init; }
}

/// <summary>Known words of <see cref="CommandRejected.Reason"/>.</summary>
public static class CommandRejectReasons
{
    /// <summary>The data does not fit the command's schema.</summary>
    public const string Invalid = "invalid";

    /// <summary>No such command.</summary>
    public const string UnknownCommand = "unknown_command";

    /// <summary>The group of tags is not the CRM's to change.</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>No such customer, staff member or tag.</summary>
    public const string NotFound = "not_found";
}
