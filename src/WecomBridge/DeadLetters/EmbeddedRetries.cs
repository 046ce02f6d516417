using System.Text.Json;
using WecomBridge.Broker;
using WecomBridge.Spool;
using WecomBridge.State;

namespace WecomBridge.DeadLetters;

/// <summary>Takes up dead letters that an operator wants to be tried again, in the order they died: the spool belongs to the running service, so a verb beside it can only ask.</summary>
internal sealed class EmbeddedRetries(IStateDatabase database, IOutbox outbox, TimeProvider time, ILogger<EmbeddedRetries> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Gives back everything that is asked for, and returns how much. One that breaks off in between is given back again: consumers take a message twice.</summary>
    /// <exception cref="StateUnavailableException">State is away.</exception>
    /// <exception cref="NotDurableException">The spool is full.</exception>
    public async Task<int> TakeUpAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            session => session.QueryAsync<Row>("SELECT queue, message_id, type, at, content_type, attributes, body FROM dead_letters WHERE retry_at IS NOT NULL ORDER BY queue, at, message_id LIMIT 1000"), cancellationToken);
        foreach (var row in rows)
        {
            await outbox.StoreAsync([row.ToMessage()], cancellationToken);
            await database.WriteAsync(session => session.ExecuteAsync("DELETE FROM dead_letters WHERE queue = @Queue AND message_id = @MessageId AND retry_at IS NOT NULL", new { row.Queue, row.MessageId }), cancellationToken);
        }

        return rows.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await TakeUpAsync(stoppingToken) is > 0 and var count) logger.LettersTakenUp(count);
            }
            catch (Exception away) when (away is StateUnavailableException or NotDurableException)
            {
                // They stay marked, and the next look is made when both are back; health names what is away.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Row
    {
        public string Queue { get; set; } = "";

        public string MessageId { get; set; } = "";

        public string Type { get; set; } = "";

        public long At { get; set; }

        public string ContentType { get; set; } = "";

        public string Attributes { get; set; } = "{}";

        public string Body { get; set; } = "";

        public OutgoingMessage ToMessage() => new()
        {
            Exchange = "",
            RoutingKey = Queue,
            Id = Guid.Parse(MessageId),
            Type = Type,
            Time = At.ToTime(),
            PartitionKey = Queue,
            Body = Convert.FromBase64String(Body),
            ContentType = ContentType,
            Attributes = JsonSerializer.Deserialize(Attributes, SpoolJson.Default.IReadOnlyDictionaryStringString)!,
        };
    }
}
