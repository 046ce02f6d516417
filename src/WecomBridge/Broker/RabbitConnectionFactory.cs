using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Operations;

namespace WecomBridge.Broker;

/// <summary>Connection settings shared by the publisher and the consumers' dead-letter road.</summary>
internal sealed class RabbitConnectionFactory(IOptions<BrokerOptions> options)
{
    /// <summary>How often both ends show that they live; a line that swallows everything is found out after two.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public Uri Uri { get; } = new(SecretText.Resolve(options.Value.Uri));

    /// <summary>A factory whose connections never recover by themselves: the publisher must know what has happened to each confirm.</summary>
    public ConnectionFactory Create(string name) => new()
    {
        Uri = Uri,
        ClientProvidedName = name,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = Heartbeat,
        RequestedConnectionTimeout = Timeout,
        ContinuationTimeout = Timeout,
        HandshakeContinuationTimeout = Timeout,
        SocketReadTimeout = TimeSpan.FromSeconds(30),
        SocketWriteTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Connects, for verbs.</summary>
    /// <exception cref="InvalidOperationException">The broker cannot be reached, or refuses; the message holds no password.</exception>
    public async Task<IConnection> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Create(name).CreateConnectionAsync(cancellationToken);
        }
        catch (BrokerUnreachableException failure)
        {
            var reason = failure.InnerException is AuthenticationFailureException or PossibleAuthenticationFailureException ? "it refuses user and password" : failure.InnerException?.GetType().Name ?? "no answer";
            throw new InvalidOperationException($"The broker at {Uri.Host}:{Uri.Port} cannot be used ({reason}): check Broker:Uri and that RabbitMQ runs.", failure);
        }
    }
}
