using System.Collections.Concurrent;
using WecomBridge.Spool;

namespace WecomBridge.Broker;

/// <summary>Relays the spool to the broker, many confirms at once, each partition key in order. Greetings do not wait for the broker: an instance that sends them works them itself.</summary>
internal sealed class RabbitRelayTarget(RabbitPublisher publisher, SpoolStore spool, DirectGate gate, GreetingDispatcher greetings, ILogger<RabbitRelayTarget> logger) : ISpoolTarget
{
    /// <summary>Commands that no try will mend; they wait for their queue.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _poison = new();

    public int BatchSize => 512;

    public bool WorksGreetings => greetings.CanWork;

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        if (gate.Close("the spool is not empty")) logger.Spooling("the spool is not empty");
        await gate.SettledAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SpooledMessage>> DeliverAsync(IReadOnlyList<SpooledMessage> messages, CancellationToken cancellationToken)
    {
        if (WorksGreetings && messages[0].Message.Lane == MessageLane.Welcome) return await WorkGreetingsAsync(messages, cancellationToken);
        return await RelayAsync(messages, cancellationToken);
    }

    public void SpoolEmpty()
    {
        // A greeting may stay until its deadline; only events that wait keep the direct road closed.
        if (spool.HasEvents || !publisher.Ready || !gate.Open()) return;

        // An event that was on its way into the spool at that moment keeps its place before those that come after it.
        if (spool.HasEvents) gate.Close("an event was still on its way into the spool");
        else logger.Direct();
    }

    private async Task<IReadOnlyList<SpooledMessage>> WorkGreetingsAsync(IReadOnlyList<SpooledMessage> commands, CancellationToken cancellationToken)
    {
        var done = new List<SpooledMessage>(commands.Count);
        foreach (var command in commands)
        {
            if (_poison.ContainsKey(command.Message.Id))
            {
                done.AddRange(await RelayAsync([command], cancellationToken));
                continue;
            }

            try
            {
                if (await greetings.TryWorkAsync(command.Message, cancellationToken)) done.Add(command);
            }
            catch (Exception poison) when (poison is not OperationCanceledException)
            {
                // Whatever the consumer cannot work goes to the queue, whose error pipe moves it to the dead letters.
                logger.GreetingNotWorked(command.Message.Id.ToString(), poison.GetType().Name);
                _poison[command.Message.Id] = true;
                done.AddRange(await RelayAsync([command], cancellationToken));
            }
        }

        return done;
    }

    private async Task<IReadOnlyList<SpooledMessage>> RelayAsync(IReadOnlyList<SpooledMessage> messages, CancellationToken cancellationToken)
    {
        if (!publisher.Ready) return [];
        var publishes = new List<Task>(messages.Count);

        // Behind one that was refused at once nothing more is sent: the next try would bring it after those it came before.
        for (var i = 0; i < messages.Count && (i == 0 || !publishes[i - 1].IsFaulted); i++) publishes.Add(publisher.PublishAsync(messages[i].Message, within: null, cancellationToken));
        var arrived = new List<SpooledMessage>(messages.Count);
        for (var i = 0; i < publishes.Count; i++)
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
}
