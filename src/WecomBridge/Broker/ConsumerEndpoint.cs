using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WecomBridge.Broker;

/// <summary>One of the bridge's own consumers and the queue it works.</summary>
/// <param name="Queue">A queue of the contract.</param>
/// <param name="CreateDispatcher">Makes the consumer callable without a transport, for the embedded road.</param>
internal sealed record ConsumerEndpoint(string Queue, Func<IReceiveEndpointDispatcherFactory, IReceiveEndpointDispatcher> CreateDispatcher);

internal static class ConsumerEndpointExtensions
{
    /// <summary>Registers a consumer on a queue of the contract, for both transports.</summary>
    public static void AddConsumerOn<TConsumer>(this IBusRegistrationConfigurator bus, string queue)
        where TConsumer : class, IConsumer
    {
        bus.TryAddSingleton<BrokerMetrics>();
        bus.AddConsumer<TConsumer>((context, consumer) => consumer.UseFilter(new HandledFilter<TConsumer>(
            queue, context.GetRequiredService<BrokerMetrics>(), context.GetRequiredService<ILogger<HandledFilter<TConsumer>>>()))).Endpoint(endpoint => endpoint.Name = queue);
        bus.AddSingleton(new ConsumerEndpoint(queue, factory => factory.CreateConsumerReceiver<TConsumer>(queue)));
    }
}
