using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using WecomBridge.Broker;

namespace WecomBridge.IntegrationTests.Servers;

/// <summary>One message as a CRM team sees it.</summary>
internal sealed record Seen(string RoutingKey, string MessageId, string Type, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>A subscriber of its own with a plain client: binds a queue to an exchange and keeps what comes.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private Subscriber(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public ConcurrentQueue<Seen> Messages { get; } = new();

    /// <summary>Binds a new quorum queue; the exchange is declared as the contract says, in case the bridge is not up yet.</summary>
    public static async Task<Subscriber> BindAsync(Uri broker, string exchange, string pattern)
    {
        var subscriber = await ConnectAsync(broker);
        await subscriber._channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true);
        var queue = "crm.test." + Guid.NewGuid().ToString("N")[..8];
        await subscriber._channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await subscriber._channel.QueueBindAsync(queue, exchange, pattern);
        await subscriber.ConsumeAsync(queue);
        return subscriber;
    }

    /// <summary>Consumes a queue that is there.</summary>
    public static async Task<Subscriber> OfQueueAsync(Uri broker, string queue)
    {
        var subscriber = await ConnectAsync(broker);
        await subscriber.ConsumeAsync(queue);
        return subscriber;
    }

    /// <summary>Publishes a body as a CloudEvent straight into a queue.</summary>
    public Task PublishAsync(string queue, string body) => PublishAsync("", queue, body);

    /// <summary>Publishes a body as a CloudEvent to an exchange.</summary>
    public async Task PublishAsync(string exchange, string routingKey, string body) =>
        await _channel.BasicPublishAsync(exchange, routingKey, mandatory: true, new BasicProperties { ContentType = "application/cloudevents+json; charset=utf-8", Persistent = true }, Encoding.UTF8.GetBytes(body));

    /// <summary>Publishes a command as the contract asks for it.</summary>
    /// <param name="corp">Configured name.</param>
    /// <param name="command">Entity and action, such as <c>tags.apply</c>.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="data">The command's data as JSON.</param>
    /// <param name="age">How long ago it was given.</param>
    public async Task CommandAsync(string corp, string command, string externalUserId, string data, TimeSpan age = default)
    {
        var partition = PartitionKeys.WordOf(externalUserId);
        var id = Guid.NewGuid();
        var body = $$"""{"specversion":"1.0","id":"{{id:D}}","source":"/crm/sales","type":"com.wecombridge.{{command}}.v1","subject":"{{externalUserId}}","time":"{{DateTimeOffset.UtcNow - age:yyyy-MM-ddTHH:mm:ss.fffZ}}","datacontenttype":"application/json","data":{{data}}}""";
        var properties = new BasicProperties { ContentType = "application/cloudevents+json; charset=utf-8", Persistent = true, MessageId = id.ToString("D") };
        await _channel.BasicPublishAsync("wecom.commands", $"v1.{corp}.{command}.{partition}", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    public IEnumerable<Seen> Of(string name) => Messages.Where(message => message.Type == $"com.wecombridge.{name}.v1");

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<Subscriber> ConnectAsync(Uri broker)
    {
        // Recovers by itself: a subscriber outlives the broker's restarts.
        var connection = await new ConnectionFactory { Uri = broker, NetworkRecoveryInterval = TimeSpan.FromMilliseconds(500) }.CreateConnectionAsync();
        return new Subscriber(connection, await connection.CreateChannelAsync());
    }

    private async Task ConsumeAsync(string queue)
    {
        await _channel.BasicQosAsync(0, 500, global: false);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += async (_, delivered) =>
        {
            var seen = new Seen(delivered.RoutingKey, delivered.BasicProperties.MessageId ?? "", delivered.BasicProperties.Type ?? "", Encoding.UTF8.GetString(delivered.Body.Span), Headers(delivered.BasicProperties));
            Messages.Enqueue(seen);
            // CRM facts may travel on wecom.profiles, and only there.
            // A dead letter keeps its body as it came; what we add are its headers.
            var body = seen.Headers.ContainsKey("wb-reason") ? "" : seen.Body;
            if (delivered.Exchange != "wecom.profiles") Recorder.Write($"{seen.RoutingKey} {body} {string.Join(' ', seen.Headers.Select(header => $"{header.Key}={header.Value}"))}");
            await _channel.BasicAckAsync(delivered.DeliveryTag, multiple: false);
        };
        await _channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    private static Dictionary<string, string> Headers(IReadOnlyBasicProperties properties) =>
        (properties.Headers ?? new Dictionary<string, object?>()).Where(header => header.Value is byte[]).ToDictionary(header => header.Key, header => Encoding.UTF8.GetString((byte[])header.Value!));
}
