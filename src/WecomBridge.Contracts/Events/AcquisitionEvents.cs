using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>The acquisition assistant's quota of the corp changed.</summary>
public abstract record QuotaEventData : EventData
{
    /// <summary>When the batch of quota expires, UTC; only of <c>quota.expiring</c>.</summary>
    [JsonPropertyName("expireAt"), JsonConverter(typeof(UtcTimeConverter))]
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>How many customers the expiring batch is good for; only of <c>quota.expiring</c>.</summary>
    [JsonPropertyName("expireCount")]
    public int? ExpireCount { get; init; }
}

/// <summary><c>quota.low</c>: fewer than 20 are left.</summary>
[EventType("quota.low")]
public sealed record QuotaLow : QuotaEventData;

/// <summary><c>quota.exhausted</c></summary>
[EventType("quota.exhausted")]
public sealed record QuotaExhausted : QuotaEventData;

/// <summary><c>quota.increased</c>: from none to some.</summary>
[EventType("quota.increased")]
public sealed record QuotaIncreased : QuotaEventData;

/// <summary><c>quota.expiring</c>: a batch expires in 14, 7, 3, 2 or 1 days; one event each.</summary>
[EventType("quota.expiring")]
public sealed record QuotaExpiring : QuotaEventData;

/// <summary><c>link.unavailable</c>: WeCom reports an acquisition link as abnormal.</summary>
[EventType("link.unavailable")]
public sealed record LinkUnavailable : EventData
{
    /// <summary>The link.</summary>
    [JsonPropertyName("linkId")]
    public required string LinkId { get; init; }
}

/// <summary><c>link.deleted</c></summary>
[EventType("link.deleted")]
public sealed record LinkDeleted : EventData
{
    /// <summary>The link.</summary>
    [JsonPropertyName("linkId")]
    public required string LinkId { get; init; }
}

/// <summary>Somebody used a link and is no customer yet.</summary>
public abstract record LinkVisitEventData : EventData
{
    /// <summary>The link.</summary>
    [JsonPropertyName("linkId")]
    public required string LinkId { get; init; }

    /// <summary><c>customer_channel</c> of the link that was clicked; empty when there was none.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }
}

/// <summary><c>link.profile_opened</c>: the staff member's profile was opened through the link.</summary>
[EventType("link.profile_opened")]
public sealed record LinkProfileOpened : LinkVisitEventData;

/// <summary><c>link.friend_requested</c></summary>
[EventType("link.friend_requested")]
public sealed record LinkFriendRequested : LinkVisitEventData;

/// <summary>A customer won by a link did something. WeCom leaves out what it does not want to tell.</summary>
public abstract record LinkCustomerEventData : EventData
{
    /// <summary>The link.</summary>
    [JsonPropertyName("linkId")]
    public string? LinkId { get; init; }

    /// <summary>The staff member.</summary>
    [JsonPropertyName("userId")]
    public string? UserId { get; init; }

    /// <summary>The customer.</summary>
    [JsonPropertyName("externalUserId")]
    public string? ExternalUserId { get; init; }

    /// <summary><c>customer_channel</c> of the link.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }
}

/// <summary><c>link.chat_started</c>: the customer's first message arrived.</summary>
[EventType("link.chat_started")]
public sealed record LinkChatStarted : LinkCustomerEventData;

/// <summary><c>link.message_received</c>: the customer's third, fifth or tenth message arrived.</summary>
[EventType("link.message_received")]
public sealed record LinkMessageReceived : LinkCustomerEventData;

/// <summary><c>link.customer_left</c>: the customer deleted the staff member.</summary>
[EventType("link.customer_left")]
public sealed record LinkCustomerLeft : LinkCustomerEventData;
