using MassTransit.Transports;
using WecomBridge.State;

namespace WecomBridge.Broker;

/// <summary>Works spooled greeting commands in this instance, through the same consumer that the queue feeds; the ledger keeps a greeting single wherever else its command went.</summary>
internal sealed class GreetingDispatcher
{
    private readonly IReceiveEndpointDispatcher? _dispatcher;

    public GreetingDispatcher(IEnumerable<ConsumerEndpoint> endpoints, IReceiveEndpointDispatcherFactory factory) =>
        _dispatcher = endpoints.SingleOrDefault(endpoint => endpoint.Queue == Topology.WelcomeQueue)?.CreateDispatcher(factory);

    /// <summary>Whether this instance sends greetings at all (role <c>Welcome</c>).</summary>
    public bool CanWork => _dispatcher is not null;

    /// <summary>Works one command to its end, which may be its deadline.</summary>
    /// <returns>False when a store is away: the command stays where it is.</returns>
    /// <exception cref="Exception">Whatever else the consumer throws: the message is poison.</exception>
    public async Task<bool> TryWorkAsync(OutgoingMessage command, CancellationToken cancellationToken)
    {
        try
        {
            await _dispatcher!.Dispatch(command.Body.ToArray(), DispatchHeaders.Of(command), cancellationToken);
            return true;
        }
        catch (Exception away) when (away is StateUnavailableException or NotDurableException)
        {
            return false;
        }
    }
}
