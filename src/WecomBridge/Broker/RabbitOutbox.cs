using System.Diagnostics;
using WecomBridge.Spool;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>Straight to the broker while it confirms in time; into the spool otherwise.</summary>
internal sealed class RabbitOutbox(RabbitPublisher publisher, SpoolStore spool, DirectGate gate, CrashPoints crash, ILogger<RabbitOutbox> logger) : IOutbox
{
    /// <summary>Messages in flight to the broker above which the broker counts as slow.</summary>
    public const int MaxInFlight = 1024;

    /// <summary>How long one publish may wait for its confirm. Well inside the callback's answer budget, so that the spool still can take the event.</summary>
    private static readonly TimeSpan PublishDeadline = TimeSpan.FromMilliseconds(1500);

    public async ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        if (!gate.TryEnter())
        {
            await SpoolAsync(messages, cancellationToken);
            return;
        }

        try
        {
            var ticket = spool.TakeTicket();
            var unconfirmed = await PublishAsync(messages, cancellationToken);
            if (unconfirmed.Count > 0)
            {
                await spool.AppendAsync(unconfirmed, ticket);
                crash.At(CrashPoint.AfterSpool);
            }
        }
        finally
        {
            gate.Leave();
        }

        crash.At(CrashPoint.AfterConfirm);
    }

    private async Task SpoolAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            using var span = Traces.Start("spool", ActivityKind.Producer);
            await spool.AppendAsync(messages, ticket: null);
            crash.At(CrashPoint.AfterSpool);
        }
        catch (NotDurableException) when (publisher.Ready)
        {
            // The spool is full or cannot be written, and the broker confirms: durability goes before order.
            if ((await PublishAsync(messages, cancellationToken)).Count > 0) throw;
        }
    }

    private async Task<IReadOnlyList<OutgoingMessage>> PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        // Begun together, one confirm round-trip for all; the first is nearly always alone.
        var publishes = new Task[messages.Count];
        for (var i = 0; i < publishes.Length; i++) publishes[i] = publisher.PublishAsync(messages[i], PublishDeadline, cancellationToken);
        List<OutgoingMessage>? unconfirmed = null;
        for (var i = 0; i < publishes.Length; i++)
        {
            try
            {
                await publishes[i];
            }
            catch (BrokerUnavailableException failure)
            {
                if (gate.Close(failure.Message)) logger.Spooling(failure.Message);
                (unconfirmed ??= []).Add(messages[i]);
            }
        }

        return unconfirmed ?? (IReadOnlyList<OutgoingMessage>)[];
    }
}
