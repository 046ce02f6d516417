using WecomBridge.Spool;

namespace WecomBridge.Broker;

/// <summary>Without a broker the spool is the place where messages are durable.</summary>
internal sealed class EmbeddedOutbox(SpoolStore spool, CrashPoints crash) : IOutbox
{
    public async ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        await spool.AppendAsync(messages, ticket: null);
        crash.At(CrashPoint.AfterSpool);
    }
}
