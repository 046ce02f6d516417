using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary>Something happened between a staff member and a customer.</summary>
public abstract record CustomerEventData : EventData
{
    /// <summary>The staff member, spelled as WeCom sent it; compare ignoring case.</summary>
    [JsonPropertyName("userId")]
    public required string UserId { get; init; }

    /// <summary>The customer (<c>external_userid</c>); differs between app families of different owners.</summary>
    [JsonPropertyName("externalUserId")]
    public required string ExternalUserId { get; init; }
}

/// <summary><c>customer.added</c>: staff member and customer became contacts.</summary>
[EventType("customer.added")]
public sealed record CustomerAdded : CustomerEventData
{
    /// <summary>Channel of the contact way (at most 30 characters) or acquisition link (at most 64 bytes); null when added another way.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>Whether WeCom sent a welcome code. The code itself travels on no shared exchange.</summary>
    [JsonPropertyName("hasWelcomeCode")]
    public bool HasWelcomeCode { get; init; }
}

/// <summary><c>customer.half_added</c>: the customer added a staff member who has not added back; calls that need a real contact may fail until <c>customer.added</c>.</summary>
[EventType("customer.half_added")]
public sealed record CustomerHalfAdded : CustomerEventData
{
    /// <summary>Channel of the contact way (at most 30 characters) or acquisition link (at most 64 bytes); null when added another way.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>Whether WeCom sent a welcome code.</summary>
    [JsonPropertyName("hasWelcomeCode")]
    public bool HasWelcomeCode { get; init; }
}

/// <summary><c>customer.edited</c>: remark, mobile number or tags may have changed; WeCom does not say which.</summary>
[EventType("customer.edited")]
public sealed record CustomerEdited : CustomerEventData;

/// <summary><c>customer.removed</c>: the staff member deleted the customer.</summary>
[EventType("customer.removed")]
public sealed record CustomerRemoved : CustomerEventData
{
    /// <summary>Why; <see cref="RemovalReasons"/> names the known words. Null when the staff member did it by hand.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }
}

/// <summary>Known words of <see cref="CustomerRemoved.Reason"/>.</summary>
public static class RemovalReasons
{
    /// <summary>The customer was handed over to another staff member.</summary>
    public const string Transfer = "transfer";
}

/// <summary><c>customer.left</c>: the customer deleted the staff member, who still has the customer in the list.</summary>
[EventType("customer.left")]
public sealed record CustomerLeft : CustomerEventData;

/// <summary><c>customer.transfer_failed</c>: a customer could not be handed over.</summary>
[EventType("customer.transfer_failed")]
public sealed record CustomerTransferFailed : CustomerEventData
{
    /// <summary>Why; <see cref="TransferFailReasons"/> names the known words.</summary>
    [JsonPropertyName("failReason")]
    public required string FailReason { get; init; }
}

/// <summary>Known words of <see cref="CustomerTransferFailed.FailReason"/>.</summary>
public static class TransferFailReasons
{
    /// <summary>The customer refused.</summary>
    public const string CustomerRefused = "customer_refused";

    /// <summary>The receiving staff member has as many customers as allowed.</summary>
    public const string CustomerLimitExceeded = "customer_limit_exceed";

    /// <summary>WeCom did not say.</summary>
    public const string Unknown = "unknown";
}

/// <summary><c>customer.archive_agreed</c>: the customer agreed to chat archiving.</summary>
[EventType("customer.archive_agreed")]
public sealed record CustomerArchiveAgreed : CustomerEventData
{
    /// <summary>Whether WeCom sent a welcome code.</summary>
    [JsonPropertyName("hasWelcomeCode")]
    public bool HasWelcomeCode { get; init; }
}
