using System.Text.Json.Serialization;

namespace WecomBridge.Contracts;

/// <summary><c>welcome.sent</c>: WeCom accepted the greeting.</summary>
[EventType("welcome.sent")]
public sealed record WelcomeSent : CustomerEventData
{
    /// <summary>Name of the rule that chose the greeting.</summary>
    [JsonPropertyName("rule")]
    public required string Rule { get; init; }

    /// <summary>From the add to WeCom's acceptance, milliseconds; WeCom gives the add in whole seconds.</summary>
    [JsonPropertyName("ageMs")]
    public required long AgeMs { get; init; }
}

/// <summary><c>welcome.missed</c>: nobody was greeted. An add without a code after a greeted half-add is not missed.</summary>
[EventType("welcome.missed")]
public sealed record WelcomeMissed : CustomerEventData
{
    /// <summary>Name of the rule that chose the greeting; null when it did not come to that.</summary>
    [JsonPropertyName("rule")]
    public string? Rule { get; init; }

    /// <summary>From the add to giving up, milliseconds; WeCom gives the add in whole seconds.</summary>
    [JsonPropertyName("ageMs")]
    public required long AgeMs { get; init; }

    /// <summary>Why; <see cref="WelcomeMissReasons"/> names the known words.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }
}

/// <summary>Known words of <see cref="WelcomeMissed.Reason"/>.</summary>
public static class WelcomeMissReasons
{
    /// <summary>WeCom sent no code.</summary>
    public const string NoCode = "no_code";

    /// <summary>The code lapsed.</summary>
    public const string Expired = "expired";

    /// <summary>They already talk to each other.</summary>
    public const string AlreadyChatting = "already_chatting";

    /// <summary>Another app or the console greeted.</summary>
    public const string SentElsewhere = "sent_elsewhere";

    /// <summary>WeCom refused the greeting.</summary>
    public const string Rejected = "rejected";

    /// <summary>The customer has not agreed to chat archiving.</summary>
    public const string NoConsent = "no_consent";

    /// <summary>No rule matched.</summary>
    public const string NoRule = "no_rule";

    /// <summary>WeCom or the bridge's state could not be reached in time.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Greetings are switched off.</summary>
    public const string Disabled = "disabled";
}
