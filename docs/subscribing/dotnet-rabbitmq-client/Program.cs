// Prints every new customer once. Settings: WECOM_AMQP, the broker's address, and WECOM_QUEUE, your queue.
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Contracts;

// Enough for a start. With a database, write the id in the transaction of your work: INSERT ... ON CONFLICT DO NOTHING.
const string HandledFile = "handled.txt";
var handled = File.Exists(HandledFile) ? File.ReadLines(HandledFile).ToHashSet() : [];

// A connection that breaks is made again, and consumes again, by itself.
var factory = new ConnectionFactory { Uri = new Uri(Environment.GetEnvironmentVariable("WECOM_AMQP")!), NetworkRecoveryInterval = TimeSpan.FromSeconds(1) };
await using var connection = await ConnectAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.BasicQosAsync(0, 50, global: false);
var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
channel.ChannelShutdownAsync += (_, reason) => Task.FromResult(connection.IsOpen && ended.TrySetResult(reason.ReplyText));
var consumer = new Consumer(channel, ended);
consumer.ReceivedAsync += async (_, delivery) =>
{
    try { Handle(delivery.Body.Span); }
    catch (Exception failure) // A store that is away throws what it likes; uncaught, the message would stay unanswered.
    {
        var isPoison = failure is JsonException;
        Console.Error.WriteLine($"{(isPoison ? "to the dead letters" : "again")}: {failure.GetType().Name}");
        if (!isPoison) await Task.Delay(1000); // The broker counts deliveries: without a pause they are soon used up.
        await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: !isPoison);
        return;
    }
    await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
};
await channel.BasicConsumeAsync(Environment.GetEnvironmentVariable("WECOM_QUEUE")!, autoAck: false, consumer);
Console.Error.WriteLine($"ended: {await ended.Task}"); // What runs the program starts it again.
return 1;

void Handle(ReadOnlySpan<byte> body)
{
    var type = JsonSerializer.Deserialize<JsonElement>(body) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("type", out var word) ? word.ToString() : throw new JsonException("no CloudEvent");
    if (type != EventTypes.Of<CustomerAdded>().CloudEventType) return; // Other types, also ones to come, are fetched and forgotten.
    var added = JsonSerializer.Deserialize<CloudEvent<CustomerAdded>>(body);
    if (added?.Data is not { } data) throw new JsonException("no data");
    if (handled.Contains($"{added.Id}")) return;
    Console.WriteLine($"customer.added id={added.Id} corp={data.Corp} userId={data.UserId} externalUserId={data.ExternalUserId} state={data.State ?? "-"} time={UtcTimeConverter.Format(added.Time)}");
    File.AppendAllLines(HandledFile, [$"{added.Id}"]);
    handled.Add($"{added.Id}");
}

async Task<IConnection> ConnectAsync()
{
    while (true)
        try { return await factory.CreateConnectionAsync(); }
        catch (BrokerUnreachableException) { await Task.Delay(1000); }
}

internal sealed class Consumer(IChannel channel, TaskCompletionSource<string> ended) : AsyncEventingBasicConsumer(channel)
{
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.FromResult(ended.TrySetResult("the queue was deleted"));
}
