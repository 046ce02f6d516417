using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
using WecomBridge.Routing;

namespace WecomBridge.Operations;

/// <summary>The broker takes the connection, the topology is there as it is declared, and the user may declare, publish and consume. Nothing is made, published or taken.</summary>
internal sealed class BrokerCheck(IOptions<BrokerOptions> options, Topology topology, RoutingTable routing) : IDoctorCheck
{
    public string Name => "broker";

    public bool IsOfSettings => true;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Transport == BrokerTransport.Embedded) return [Finding.Well("", "The embedded transport needs no broker.")];
        var factory = new RabbitConnectionFactory(options).Create("wecombridge doctor");
        var where = $"{factory.HostName}:{factory.Port}";
        try
        {
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
            var found = new List<Finding> { Finding.Well(where, "The broker takes the connection.") };
            found.AddRange(await new TopologyProbe(connection, topology, routing).LookAsync(cancellationToken));
            return found;
        }
        catch (Exception failure) when (failure is BrokerUnreachableException or OperationInterruptedException or IOException)
        {
            var (text, remedy) = Explain(failure, factory.VirtualHost);
            return [Finding.Fault(where, text, remedy)];
        }
    }

    private static (string Text, string Remedy) Explain(Exception failure, string virtualHost) => (failure.InnerException ?? failure) switch
    {
        AuthenticationFailureException => ("The broker refuses user or password.", "Correct them in Broker:Uri, or make the user on the broker."),
        OperationInterruptedException { ShutdownReason.ReplyCode: 530 } => ($"The broker does not let the user into the virtual host '{virtualHost}', or there is none.", "Make the virtual host and give the user permissions in it (rabbitmqctl set_permissions), or correct Broker:Uri."),
        _ => ("The broker cannot be reached.", "Start it, or correct host, port and scheme (amqp, amqps) of Broker:Uri; see that no firewall stands between."),
    };
}
