using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Wecom.Callbacks;

namespace WecomBridge.Callbacks;

/// <summary>A callback as the event it gives.</summary>
internal sealed record MappedEvent
{
    /// <summary>The message for <see cref="Exchanges.Events"/>.</summary>
    public required OutgoingMessage Message { get; init; }

    /// <summary>The event's type.</summary>
    public required EventTypeInfo Type { get; init; }

    /// <summary>What the event says, for conditions on it.</summary>
    public required EventData Data { get; init; }

    /// <summary>What a greeting needs; null where nobody is to be greeted.</summary>
    public WelcomeOffer? Welcome { get; init; }

    /// <summary>Whether the original must be kept in <c>wecom.unrecognized</c>.</summary>
    public bool IsUnrecognized => Data is CallbackUnrecognized;
}

/// <summary>A customer to greet: of an add, a half-add, or an agreement to chat archiving.</summary>
internal sealed record WelcomeOffer
{
    /// <summary>Id of the event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Which of the three it was.</summary>
    public required ExternalContactChange Change { get; init; }

    /// <summary>The staff member.</summary>
    public required string UserId { get; init; }

    /// <summary>The customer.</summary>
    public required string ExternalUserId { get; init; }

    /// <summary>Channel the customer came by.</summary>
    public string? State { get; init; }

    /// <summary>Single-use code, 20 s from <see cref="CreatedAt"/>; null when WeCom sent none. Secret.</summary>
    public string? WelcomeCode { get; init; }

    /// <summary>By WeCom's clock, whole seconds; when received if WeCom sent no time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Never shows the code.</summary>
    public override string ToString() => $"WelcomeOffer {{ EventId = {EventId}, Change = {Change}, HasWelcomeCode = {WelcomeCode is not null} }}";
}
