using System.Text.Json;
using WecomBridge.Spool;
using WecomBridge.State;

namespace WecomBridge.DeadLetters;

/// <summary>The dead letters that the embedded transport keeps in State. What is to be retried is marked there, and the running service takes it up.</summary>
internal sealed class EmbeddedDeadLetters(IStateDatabase database, TimeProvider time) : IDeadLetters
{
    public Task WalkAsync(Func<string, bool> queues, int max, Func<Letter, ReadOnlyMemory<byte>, LetterFate> decide, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var queue in (await session.QueryAsync<string>("SELECT DISTINCT queue FROM dead_letters WHERE retry_at IS NULL ORDER BY queue")).Where(queues)) await WalkAsync(session, queue, max, decide);
            },
            cancellationToken);

    private async Task WalkAsync(StateSession session, string queue, int max, Func<Letter, ReadOnlyMemory<byte>, LetterFate> decide)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT message_id, reason, at, attributes, body FROM dead_letters WHERE queue = @queue AND retry_at IS NULL ORDER BY at, message_id LIMIT @max", new { queue, max = (long)max });
        foreach (var row in rows)
        {
            var body = Convert.FromBase64String(row.Body);
            var headers = JsonSerializer.Deserialize(row.Attributes, SpoolJson.Default.IReadOnlyDictionaryStringString)!;
            var letter = Letter.Of(queue, row.MessageId, row.Reason, row.At.ToTime(), headers, body.Length);
            var key = new { queue, row.MessageId, Now = time.GetUtcNow().ToDb() };
            switch (decide(letter, body))
            {
                case LetterFate.Retry:
                    await session.ExecuteAsync("UPDATE dead_letters SET retry_at = @Now WHERE queue = @queue AND message_id = @MessageId", key);
                    break;
                case LetterFate.Discard:
                    await session.ExecuteAsync("DELETE FROM dead_letters WHERE queue = @queue AND message_id = @MessageId", key);
                    break;
                default:
                    break;
            }
        }
    }

    private sealed class Row
    {
        public string MessageId { get; set; } = "";

        public string Reason { get; set; } = "";

        public long At { get; set; }

        public string Attributes { get; set; } = "{}";

        public string Body { get; set; } = "";
    }
}
