using System.Text.Json;
using WecomBridge.Spool;
using WecomBridge.State;

namespace WecomBridge.DeadLetters;

/// <summary>The dead letters that the embedded transport keeps in State. What is to be retried is marked there, and the running service takes it up.</summary>
internal sealed class EmbeddedDeadLetters(IStateDatabase database, TimeProvider time) : IDeadLetters
{
    /// <summary>Rows looked at together: a body may have 320 KiB.</summary>
    private const int Page = 100;

    public async Task WalkAsync(Func<string, bool> queues, int max, Func<Letter, ReadOnlyMemory<byte>, LetterFate> decide, CancellationToken cancellationToken)
    {
        var names = await database.ReadAsync(session => session.QueryAsync<string>("SELECT DISTINCT queue FROM dead_letters WHERE retry_at IS NULL ORDER BY queue"), cancellationToken);
        foreach (var queue in names.Where(queues))
        {
            var (after, seen) = (new Row { At = long.MinValue }, 0);
            while (seen < max && await PageAsync(queue, after, Math.Min(Page, max - seen), cancellationToken) is { Count: > 0 } rows)
            {
                // Decided outside of a transaction, once each: the running service writes to the same database.
                var fates = rows.ToLookup(row => decide(row.ToLetter(queue), Convert.FromBase64String(row.Body)), row => row.MessageId);
                await ChangeAsync(queue, [.. fates[LetterFate.Retry]], [.. fates[LetterFate.Discard]], cancellationToken);
                (after, seen) = (rows[^1], seen + rows.Count);
            }
        }
    }

    private Task<IReadOnlyList<Row>> PageAsync(string queue, Row after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.QueryAsync<Row>(
                "SELECT message_id, reason, at, attributes, body FROM dead_letters WHERE queue = @queue AND retry_at IS NULL AND (at, message_id) > (@At, @MessageId) ORDER BY at, message_id LIMIT @count",
                new { queue, after.At, after.MessageId, count = (long)count }),
            cancellationToken);

    private async Task ChangeAsync(string queue, List<string> retry, List<string> discard, CancellationToken cancellationToken)
    {
        if (retry.Count + discard.Count == 0) return;
        await database.WriteAsync(
            async session =>
            {
                foreach (var id in retry) await session.ExecuteAsync("UPDATE dead_letters SET retry_at = @Now WHERE queue = @queue AND message_id = @id", new { queue, id, Now = time.GetUtcNow().ToDb() });
                foreach (var id in discard) await session.ExecuteAsync("DELETE FROM dead_letters WHERE queue = @queue AND message_id = @id", new { queue, id });
            },
            cancellationToken);
    }

    private sealed class Row
    {
        public string MessageId { get; set; } = "";

        public string Reason { get; set; } = "";

        public long At { get; set; }

        public string Attributes { get; set; } = "{}";

        public string Body { get; set; } = "";

        public Letter ToLetter(string queue) =>
            Letter.Of(queue, MessageId, Reason, At.ToTime(), JsonSerializer.Deserialize(Attributes, SpoolJson.Default.IReadOnlyDictionaryStringString)!, Body.Length / 4 * 3);
    }
}
