using System.Globalization;
using MassTransit;

namespace WecomBridge.Broker;

/// <summary>Moves poison to <c>&lt;queue&gt;.dlq</c>: the original body, clean headers, a reason without exception texts. The message leaves its queue only when the dead letters have confirmed it.</summary>
internal sealed class DeadLetterFilter(string queue, RabbitPublisher publisher, BrokerMetrics metrics, TimeProvider time, ILogger logger) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    /// <summary>Header with the reason.</summary>
    public const string ReasonHeader = "wb-reason";

    /// <summary>Header with the queue it comes from.</summary>
    public const string QueueHeader = "wb-queue";

    /// <summary>Header with the time, RFC 3339 UTC.</summary>
    public const string TimeHeader = "wb-dead-lettered-at";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await MoveAsync(context, DeadLetterReason.Of(context.Exception));

        // Without this MassTransit would handle what could not be deserialized a second time.
        await context.NotifyFaulted(context.Exception);
    }

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => MoveAsync(context, "no consumer takes this type");

    public void Probe(ProbeContext context) => context.CreateFilterScope("deadLetter");

    private async Task MoveAsync(ReceiveContext context, string reason)
    {
        var message = Letter(context, reason);
        while (true)
        {
            try
            {
                await publisher.PublishAsync(message, within: null, context.CancellationToken);
                break;
            }
            catch (BrokerUnavailableException)
            {
                await Task.Delay(Pause, time, context.CancellationToken);
            }
        }

        metrics.DeadLettered(queue, reason);
        logger.DeadLettered(queue, message.Id.ToString(), reason);
    }

    private OutgoingMessage Letter(ReceiveContext context, string reason)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in context.TransportHeaders)
        {
            if (header.Value is string text && header.Key.StartsWith("cloudEvents_", StringComparison.Ordinal)) attributes[header.Key] = text;
        }

        attributes[ReasonHeader] = reason;
        attributes[QueueHeader] = queue;
        attributes[TimeHeader] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new OutgoingMessage
        {
            Exchange = "",
            RoutingKey = Topology.DeadLettersOf(queue),
            Id = context.GetMessageId() ?? Guid.Empty,
            Type = attributes.GetValueOrDefault("cloudEvents_type", ""),
            Time = time.GetUtcNow(),
            PartitionKey = queue,
            Body = context.Body.GetBytes(),
            Attributes = attributes,
            ContentType = context.ContentType?.ToString() ?? "application/octet-stream",
        };
    }
}
