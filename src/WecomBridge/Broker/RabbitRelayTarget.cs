using WecomBridge.Spool;

namespace WecomBridge.Broker;

/// <summary>Relays the spool to the broker, many confirms at once, each partition key in order.</summary>
internal sealed class RabbitRelayTarget(RabbitPublisher publisher, SpoolStore spool, DirectGate gate, ILogger<RabbitRelayTarget> logger) : ISpoolTarget
{
    public int BatchSize => 512;

    public bool WorksGreetings => false;

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        if (gate.Close("the spool is not empty")) logger.Spooling("the spool is not empty");
        await gate.SettledAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SpooledMessage>> DeliverAsync(IReadOnlyList<SpooledMessage> messages, CancellationToken cancellationToken)
    {
        if (!publisher.Ready) return [];
        var publishes = new Task[messages.Count];
        for (var i = 0; i < publishes.Length; i++) publishes[i] = publisher.PublishAsync(messages[i].Message, cancellationToken);
        var arrived = new List<SpooledMessage>(messages.Count);
        for (var i = 0; i < publishes.Length; i++)
        {
            try
            {
                await publishes[i];
                arrived.Add(messages[i]);
            }
            catch (BrokerUnavailableException failure)
            {
                logger.RelayRefused(failure.Message);
            }
        }

        return arrived;
    }

    public void SpoolEmpty()
    {
        var empty = spool.Bytes == 0;
        if (empty && publisher.Ready && gate.Open()) logger.Direct();
    }
}
