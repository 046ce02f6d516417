using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Broker;

/// <summary>Where messages become durable: the broker has confirmed them, or the spool has synced them.</summary>
internal interface IOutbox
{
    /// <summary>Most messages of one call.</summary>
    const int MostTogether = 8;

    /// <summary>Returns when every message is durable. They may be durable in different places.</summary>
    /// <param name="messages">At most <see cref="MostTogether"/>, stored in this order.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NotDurableException">Neither the broker nor the spool could take them; the outcome may be partial, and sending again with the same ids is safe.</exception>
    ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);
}

/// <summary>A message could be made durable nowhere. The callback must not be answered; work tries again later.</summary>
internal sealed class NotDurableException(string message, Exception? innerException) : Exception(message, innerException), IClassifiedFailure
{
    public WecomFailure Failure => WecomFailure.Transient;

    public TimeSpan? RetryAfter => null;

    public string Reason => "neither broker nor spool takes messages";

    public string Remedy => "See /health/ready: the broker is away and the spool is full or cannot be written.";
}
