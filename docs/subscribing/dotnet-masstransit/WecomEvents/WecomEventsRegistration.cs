using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace Subscriber.WecomEvents;

/// <summary>The kit: MassTransit consumers for the bridge's events, such as <c>IConsumer&lt;CloudEvent&lt;CustomerAdded&gt;&gt;</c>. Copy this folder into your project.</summary>
internal static class WecomEventsRegistration
{
    /// <summary>Feeds the consumers from a queue that the bridge declared and bound.</summary>
    /// <remarks>MassTransit's own RabbitMQ endpoint would declare an exchange of the queue's name, for which a subscriber has no permission, and move what fails to queues of its own.
    /// Here its dispatcher runs the consumers with their definitions, scopes and filters, and the queue is read as it is.</remarks>
    /// <param name="services">Of the application.</param>
    /// <param name="broker">Address with user, password and virtual host.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="consumers">Registers the consumers.</param>
    public static IServiceCollection AddWecomEvents(this IServiceCollection services, Uri broker, string queue, Action<IBusRegistrationConfigurator> consumers)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            consumers(bus);
            bus.UsingInMemory((_, memory) => memory.AddDeserializer(new CloudEventFormat(), isDefault: true));
        });
        services.AddSingleton<IReceiveEndpointDispatcherFactory, ReceiveEndpointDispatcherFactory>();
        return services.AddHostedService(provider => ActivatorUtilities.CreateInstance<QueueReader>(provider, broker, queue));
    }
}
