using System.Diagnostics;
using WecomBridge.Spool;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>Without a broker the spool is the place where messages are durable.</summary>
internal sealed class EmbeddedOutbox(SpoolStore spool, CrashPoints crash) : IOutbox
{
    public async ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        using var span = Traces.Start("spool", ActivityKind.Producer);
        await spool.AppendAsync(messages, ticket: null);
        crash.At(CrashPoint.AfterSpool);
    }
}
