using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using WecomBridge.Operations;

namespace WecomBridge.Broker;

/// <summary>Connection settings shared by the publisher and the consumers' dead-letter road.</summary>
internal sealed class RabbitConnectionFactory(IOptions<BrokerOptions> options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public Uri Uri { get; } = new(SecretText.Resolve(options.Value.Uri));

    /// <summary>A factory whose connections never recover by themselves: the publisher must know what has happened to each confirm.</summary>
    public ConnectionFactory Create(string name) => new()
    {
        Uri = Uri,
        ClientProvidedName = name,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(10),
        RequestedConnectionTimeout = Timeout,
        ContinuationTimeout = Timeout,
        HandshakeContinuationTimeout = Timeout,
        SocketReadTimeout = TimeSpan.FromSeconds(30),
        SocketWriteTimeout = TimeSpan.FromSeconds(30),
    };
}
