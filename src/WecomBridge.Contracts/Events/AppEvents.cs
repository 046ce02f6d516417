using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary><c>app.*</c>: somebody used the app, or its life changed. Ids only: no position, picture, scanned text or response code.</summary>
[EventType("app.*")]
public sealed record AppNotified : EventData
{
    /// <summary>WeCom's event in snake case, the action of the type; <see cref="AppActions.All"/> names the known words.</summary>
    [JsonPropertyName("event")]
    public required string Event { get; init; }

    /// <summary>WeCom's <c>ChangeType</c>, when sent.</summary>
    [JsonPropertyName("changeType")]
    public string? ChangeType { get; init; }

    /// <summary>The staff member; null when the platform acted.</summary>
    [JsonPropertyName("userId")]
    public string? UserId { get; init; }

    /// <summary>Key or address of the menu entry or button, as the app configured it; null when empty.</summary>
    [JsonPropertyName("eventKey")]
    public string? EventKey { get; init; }

    /// <summary>Task of a card.</summary>
    [JsonPropertyName("taskId")]
    public string? TaskId { get; init; }

    /// <summary>WeCom's word for the kind of card.</summary>
    [JsonPropertyName("cardType")]
    public string? CardType { get; init; }

    /// <summary>The upload job that finished.</summary>
    [JsonPropertyName("jobId")]
    public string? JobId { get; init; }

    /// <summary>The chain (上下游) that changed.</summary>
    [JsonPropertyName("chainId")]
    public string? ChainId { get; init; }

    /// <summary>Customer service accounts granted to the app.</summary>
    [JsonPropertyName("addedOpenKfIds")]
    public IReadOnlyList<string>? AddedOpenKfIds { get; init; }

    /// <summary>Customer service accounts withdrawn from the app.</summary>
    [JsonPropertyName("removedOpenKfIds")]
    public IReadOnlyList<string>? RemovedOpenKfIds { get; init; }
}

/// <summary><c>message.received</c>: a staff member wrote to the app. Customers' messages never arrive this way.</summary>
[EventType("message.received")]
public sealed record MessageReceived : EventData
{
    /// <summary>The staff member; null when WeCom did not say.</summary>
    [JsonPropertyName("userId")]
    public string? UserId { get; init; }

    /// <summary>WeCom's word in lower case: <c>text</c>, <c>image</c>, <c>voice</c>, <c>video</c>, <c>location</c>, <c>link</c> …</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>The message, a 64-bit number as text; null when WeCom did not say.</summary>
    [JsonPropertyName("messageId")]
    public string? MessageId { get; init; }

    /// <summary>Text of a text message; only where the setting <c>Callbacks:IncludeMessageContent</c> is true.</summary>
    [JsonPropertyName("content")]
    public string? Content { get; init; }
}

/// <summary><c>suite.*</c>: a command of the platform to a third-party suite. Ids only: no ticket, no code.</summary>
[EventType("suite.*")]
public sealed record SuiteNotified : EventData
{
    /// <summary>WeCom's <c>InfoType</c> in lower case.</summary>
    [JsonPropertyName("infoType")]
    public required string InfoType { get; init; }

    /// <summary>The suite.</summary>
    [JsonPropertyName("suiteId")]
    public string? SuiteId { get; init; }

    /// <summary>The corp that authorised it.</summary>
    [JsonPropertyName("authCorpId")]
    public string? AuthCorpId { get; init; }
}

/// <summary><c>callback.unrecognized</c>: WeCom sent something this version does not know, or that could not be read. The original waits in the private queue <c>wecom.unrecognized</c> under the event's id.</summary>
[EventType("callback.unrecognized")]
public sealed record CallbackUnrecognized : EventData
{
    /// <summary>Why; <see cref="UnrecognizedReasons"/> names the known words.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>WeCom's <c>Event</c> or <c>InfoType</c>, as sent.</summary>
    [JsonPropertyName("event")]
    public string? Event { get; init; }

    /// <summary>WeCom's <c>ChangeType</c>, as sent.</summary>
    [JsonPropertyName("changeType")]
    public string? ChangeType { get; init; }

    /// <summary>Path to value, without credentials and personal fields: at most 64 elements, each value at most 256 characters.</summary>
    [JsonPropertyName("elements")]
    public required IReadOnlyDictionary<string, string> Elements { get; init; }

    /// <summary>Whether elements or ends of values were left out for size.</summary>
    [JsonPropertyName("truncated")]
    public bool Truncated { get; init; }
}

/// <summary>Known words of <see cref="CallbackUnrecognized.Reason"/>.</summary>
public static class UnrecognizedReasons
{
    /// <summary>A kind this version does not know, or a known kind without its key fields.</summary>
    public const string Unknown = "unknown";

    /// <summary>Neither XML nor JSON.</summary>
    public const string Unreadable = "unreadable";
}
