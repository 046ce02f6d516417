using System.Text.Json.Serialization;
using WecomBridge.Contracts;

namespace WecomBridge.Welcome;

/// <summary>Greet this customer now. Travels on the private queue <c>wecom.welcome</c> only: the code in it lets its holder write to the customer.</summary>
internal sealed record SendWelcome
{
    /// <summary>CloudEvents type.</summary>
    public const string MessageType = "com.wecombridge.welcome.send.v1";

    /// <summary>Word of <see cref="Kind"/>.</summary>
    public const string Added = "added";

    /// <summary>Word of <see cref="Kind"/>: the member has yet to confirm.</summary>
    public const string HalfAdded = "half_added";

    /// <summary>Word of <see cref="Kind"/>: the customer has agreed to message archiving.</summary>
    public const string ArchiveAgreed = "archive_agreed";

    [JsonPropertyName("eventId")]
    public required Guid EventId { get; init; }

    [JsonPropertyName("corp")]
    public required string Corp { get; init; }

    [JsonPropertyName("corpId")]
    public required string CorpId { get; init; }

    [JsonPropertyName("app")]
    public required string App { get; init; }

    [JsonPropertyName("userId")]
    public required string UserId { get; init; }

    [JsonPropertyName("externalUserId")]
    public required string ExternalUserId { get; init; }

    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>Null when WeCom sent none.</summary>
    [JsonPropertyName("welcomeCode")]
    public string? WelcomeCode { get; init; }

    /// <summary><see cref="Added"/>, <see cref="HalfAdded"/> or <see cref="ArchiveAgreed"/>.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>When the platform says the add happened; the code's 20 seconds run from here.</summary>
    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("receivedAt")]
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Never shows the code.</summary>
    public override string ToString() => $"SendWelcome {EventId}";
}

/// <summary>How the command is written and read.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CloudEvent<SendWelcome>))]
internal sealed partial class WelcomeJson : JsonSerializerContext;
