using WecomBridge.Broker;

namespace WecomBridge.Demo;

/// <summary>Lets the demo tell which events become durable; the real outbox does the work.</summary>
internal sealed class NarratedOutbox(EmbeddedOutbox outbox, DemoNarrator narrator) : IOutbox
{
    public async ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        await outbox.StoreAsync(messages, cancellationToken);
        foreach (var message in messages) narrator.Durable(message);
    }
}
