using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WecomBridge.Operations;
using WecomBridge.Routing;
using WecomBridge.Spool;
using WecomBridge.State;

namespace WecomBridge.Broker;

internal static class BrokerRegistration
{
    private const int Prefetch = 64;

    /// <summary>A greeting may stay until its deadline; those of other corps must not wait for it.</summary>
    private const int WelcomePrefetch = 1024;
    private static readonly TimeSpan StatePause = TimeSpan.FromSeconds(1);

    /// <summary>The durable road of events and the bus that feeds our consumers, over the transport that the settings name.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services, bool isEmbedded, Action<IBusRegistrationConfigurator> features)
    {
        services.AddSettings<BrokerOptions, BrokerOptionsValidator>(BrokerOptions.Section);
        services.AddSingleton<IValidateOptions<BrokerOptions>, BrokerUriValidator>();
        services.AddSettings<SpoolOptions, SpoolOptionsValidator>(SpoolOptions.Section);
        services.AddRouting(isEmbedded);
        services.AddSingleton<Topology>();
        services.AddSingleton<SpoolStore>();
        services.AddSingleton<CrashPoints>();
        services.AddSingleton<MessageTypes>();
        services.AddSingleton<EventFactory>();
        services.AddSingleton<DeadLetterStore>();
        services.TryAddSingleton<BrokerMetrics>();
        services.AddHostedService<BrokerGauges>();
        services.AddHealthChecks().AddCheck<BrokerHealth>("durable", tags: [HealthEndpoints.Ready]);

        if (isEmbedded) AddEmbedded(services, features);
        else AddRabbitMq(services, features);
        services.AddHostedService<SpoolRelay>();
        return services;
    }

    private static void AddRabbitMq(IServiceCollection services, Action<IBusRegistrationConfigurator> features)
    {
        services.AddSingleton<RabbitConnectionFactory>();
        services.AddSingleton(provider => new DirectGate(RabbitOutbox.MaxInFlight, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RabbitPublisher>();
        services.AddHostedService(provider => provider.GetRequiredService<RabbitPublisher>());
        services.AddSingleton<IOutbox, RabbitOutbox>();
        services.AddSingleton<ISpoolTarget, RabbitRelayTarget>();
        services.AddSingleton<GreetingDispatcher>();
        services.AddSingleton<IReceiveEndpointDispatcherFactory, ReceiveEndpointDispatcherFactory>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            features(bus);
            bus.AddConfigureEndpointsCallback((context, queue, endpoint) => ConfigureEndpoint(context, queue, (IRabbitMqReceiveEndpointConfigurator)endpoint));
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(context.GetRequiredService<RabbitConnectionFactory>().Uri, host =>
                {
                    host.ConnectionName("wecombridge consumers");
                    host.Heartbeat(RabbitConnectionFactory.Heartbeat);
                });
                rabbit.AddDeserializer(new CloudEventSerializerFactory(context.GetRequiredService<MessageTypes>()), isDefault: true);
                rabbit.ConfigureEndpoints(context);
            });
        });

        // A bus that cannot connect must not keep intake from starting.
        services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = false);
    }

    private static void ConfigureEndpoint(IRegistrationContext context, string queue, IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        var letters = new DeadLetterFilter(queue, context.GetRequiredService<RabbitPublisher>(), context.GetRequiredService<BrokerMetrics>(), context.GetRequiredService<TimeProvider>(), context.GetRequiredService<ILogger<DeadLetterFilter>>());
        endpoint.ConfigureConsumeTopology = false;
        endpoint.BindQueue = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = queue == Topology.WelcomeQueue ? WelcomePrefetch : Prefetch;
        foreach (var (name, value) in context.GetRequiredService<Topology>().ArgumentsOf(queue)) endpoint.SetQueueArgument(name, value);
        endpoint.ConfigureError(pipe => pipe.UseFilter((IFilter<ExceptionReceiveContext>)letters));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter((IFilter<ReceiveContext>)letters));

        // A store that is away is nobody's poison: the endpoint holds what it has and takes no more until it is back.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<StateUnavailableException>();
            retry.Handle<NotDurableException>();
            retry.Incremental(int.MaxValue, StatePause, TimeSpan.Zero);
        });
    }

    private static void AddEmbedded(IServiceCollection services, Action<IBusRegistrationConfigurator> features)
    {
        services.AddSingleton<IOutbox, EmbeddedOutbox>();
        services.AddSingleton<ISpoolTarget, EmbeddedRelayTarget>();
        services.AddSingleton<IReceiveEndpointDispatcherFactory, ReceiveEndpointDispatcherFactory>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            features(bus);
            bus.UsingInMemory((context, memory) => memory.AddDeserializer(new CloudEventSerializerFactory(context.GetRequiredService<MessageTypes>()), isDefault: true));
        });
    }
}
