using System.Text.Json;
using WecomBridge.Spool;
using WecomBridge.State;

namespace WecomBridge.Broker;

/// <summary>Dead letters and kept callbacks of the embedded transport, which has no queues for them: a bounded table in State.</summary>
internal sealed class DeadLetterStore(IStateDatabase database, TimeProvider time)
{
    /// <summary>Messages kept a queue; the oldest go first.</summary>
    public const int MaxPerQueue = 10_000;

    private const string Insert = """
        INSERT INTO dead_letters (message_id, queue, reason, at, exchange, routing_key, type, content_type, attributes, body)
        VALUES (@Id, @Queue, @Reason, @At, @Exchange, @RoutingKey, @Type, @ContentType, @Attributes, @Body)
        ON CONFLICT (queue, message_id) DO UPDATE SET reason = excluded.reason, at = excluded.at, retry_at = NULL
        """;

    private const string Trim = "DELETE FROM dead_letters WHERE queue = @Queue AND at < (SELECT at FROM dead_letters WHERE queue = @Queue ORDER BY at DESC LIMIT 1 OFFSET @Max)";

    private const string Select = "SELECT message_id, reason, body FROM dead_letters WHERE queue = @Queue ORDER BY at, message_id";

    /// <exception cref="StateUnavailableException">State is away; the message stays where it is.</exception>
    public Task AddAsync(string queue, OutgoingMessage message, string reason, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(Insert, new
            {
                Id = message.Id.ToString(),
                Queue = queue,
                Reason = reason,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                message.Exchange,
                message.RoutingKey,
                message.Type,
                message.ContentType,
                Attributes = JsonSerializer.Serialize(message.Attributes, SpoolJson.Default.IReadOnlyDictionaryStringString),
                Body = Convert.ToBase64String(message.Body.Span),
            });
            await session.ExecuteAsync(Trim, new { Queue = queue, Max = MaxPerQueue });
        },
        cancellationToken);

    /// <summary>What a queue holds, oldest first.</summary>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(string queue, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryAsync<DeadLetter>(Select, new { Queue = queue }), cancellationToken);
}

/// <summary>A kept message.</summary>
internal sealed record DeadLetter
{
    public required string MessageId { get; init; }

    public required string Reason { get; init; }

    /// <summary>Base64.</summary>
    public required string Body { get; init; }
}
