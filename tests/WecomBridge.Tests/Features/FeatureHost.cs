using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Tests.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Features;

/// <summary>Consumers and reconcilers as the service runs them without a broker, on a state file of their own, with a platform and a CRM made by hand.</summary>
internal sealed class FeatureHost : IAsyncDisposable, IOutbox, ICrmClient
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _provider;
    private readonly IReceiveEndpointDispatcher _dispatcher;

    private readonly bool _ownsState;

    private FeatureHost(StateFile state, ManualTimeProvider? time, Action<IBusRegistrationConfigurator> feature, (string Key, string? Value)[] settings)
    {
        State = state;
        Time = time ?? new ManualTimeProvider(Now);
        _ownsState = time is null;
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Wecom:Corps:acme:CorpId"] = "wwEXAMPLE",
            ["Wecom:Corps:acme:Apps:contact:Secret"] = "s",
            ["Wecom:Corps:acme:Apps:contact:Keys:0:Token"] = "t",
            ["Wecom:Corps:acme:Apps:contact:Keys:0:EncodingAesKey"] = new string('a', 43),
        };
        foreach (var (key, value) in settings) values[key] = value;

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" });
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IStateDatabase>(state);
        services.AddWork(run: false);
        services.AddWecom();
        services.AddCrm();
        services.Replace(ServiceDescriptor.Singleton<IWecomClientFactory>(Wecom));
        services.Replace(ServiceDescriptor.Singleton<ICrmClient>(this));
        services.AddSingleton<IOutbox>(this);
        services.AddSingleton<EventFactory>();
        services.AddSingleton<CrashPoints>();
        services.AddSingleton<MessageTypes>();
        services.AddSingleton<IReceiveEndpointDispatcherFactory, ReceiveEndpointDispatcherFactory>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            feature(bus);
            bus.UsingInMemory((context, memory) => memory.AddDeserializer(new CloudEventSerializerFactory(context.GetRequiredService<MessageTypes>()), isDefault: true));
        });
        _provider = services.BuildServiceProvider();
        Wecom.Interceptors = [.. _provider.GetServices<IWecomInterceptor>()];
        _dispatcher = _provider.GetRequiredService<ConsumerEndpoint>().CreateDispatcher(_provider.GetRequiredService<IReceiveEndpointDispatcherFactory>());
    }

    public StateFile State { get; }

    public ManualTimeProvider Time { get; }

    public FakeWecom Wecom { get; } = new();

    /// <summary>What the CRM answers.</summary>
    public Func<CrmQuery, CrmMatch?> Crm { get; set; } = _ => null;

    /// <summary>The CRM knows several customers by one key.</summary>
    public bool Ambiguous { get; set; }

    public ConcurrentQueue<CrmQuery> CrmQueries { get; } = new();

    public ConcurrentQueue<OutgoingMessage> Published { get; } = new();

    /// <summary>Nobody learns that messages have become durable, though they have.</summary>
    public bool Refuses { get; set; }

    public static async Task<FeatureHost> StartAsync(Action<IBusRegistrationConfigurator> feature, params (string Key, string? Value)[] settings) =>
        new(await StateFile.CreateAsync(), null, feature, settings);

    /// <summary>Another instance of the service with the same state and the same clock.</summary>
    public FeatureHost StartBeside(Action<IBusRegistrationConfigurator> feature, params (string Key, string? Value)[] settings) => new(State, Time, feature, settings);

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Data of what was published of one type, in order.</summary>
    public IReadOnlyList<TData> PublishedOf<TData>()
        where TData : class => [.. Published.Where(m => m.Type == EventTypes.Of<TData>().CloudEventType).Select(m => EventReader.Read<TData>(m.Body.Span).Data)];

    /// <summary>Hands a message to the feature's consumer.</summary>
    public Task DispatchBodyAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        _dispatcher.Dispatch(body.ToArray(), new Dictionary<string, object> { ["Content-Type"] = "application/cloudevents+json; charset=utf-8", ["MessageId"] = Guid.NewGuid().ToString() }, cancellationToken);

    /// <summary>Hands an event or command to the feature's consumer.</summary>
    public Task DispatchAsync<TData>(TData data, DateTimeOffset? time = null, Guid? id = null)
        where TData : class
    {
        var type = EventTypes.Of<TData>();
        var cloudEvent = new CloudEvent<TData> { Id = id ?? Guid.NewGuid(), Source = "/wecom/acme/contact", Type = type.CloudEventType, Subject = "wm1", PartitionKey = "wm1", Time = time ?? Now, Received = Now, Data = data };
        return DispatchBodyAsync(JsonSerializer.SerializeToUtf8Bytes(cloudEvent, EventJson.EnvelopeOf<TData>()));
    }

    public Task AddedAsync(string userId = "zhang", string? state = "store-7", DateTimeOffset? time = null) =>
        DispatchAsync(new CustomerAdded { Corp = "acme", CorpId = "wwEXAMPLE", App = "contact", UserId = userId, ExternalUserId = "wm1", State = state }, time);

    /// <summary>Runs all due work of a lane once, as the runner would; returns what failed.</summary>
    public async Task<IReadOnlyList<Exception>> WorkAsync(string lane)
    {
        var failures = new List<Exception>();
        var reconciler = Get<IEnumerable<IReconciler>>().Single(r => r.Lane == lane);
        var items = await State.WriteAsync(s => WorkStore.ClaimAsync(s, lane, "test", 100, Time.GetUtcNow(), TimeSpan.FromMinutes(1)));
        foreach (var item in items)
        {
            try
            {
                await reconciler.ReconcileAsync(item, default);
                if (item.RestDue is { } rest) await State.WriteAsync(s => WorkStore.DeferAsync(s, item, rest, "rest"));
                else await State.WriteAsync(s => WorkStore.CompleteAsync(s, item));
            }
            catch (Exception failure)
            {
                failures.Add(failure);
                await State.WriteAsync(s => WorkStore.RetryAsync(s, item, Time.GetUtcNow(), "test"));
            }
        }

        return failures;
    }

    public ValueTask StoreAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        messages.Count.ShouldBeLessThanOrEqualTo(IOutbox.MostTogether);
        foreach (var message in messages) Published.Enqueue(message);
        return Refuses ? ValueTask.FromException(new NotDurableException("told to refuse", null)) : ValueTask.CompletedTask;
    }

    public Task<CrmFinding> FindAsync(CrmQuery query, CancellationToken cancellationToken)
    {
        CrmQueries.Enqueue(query);
        if (Ambiguous) return Task.FromResult(new CrmFinding(CrmResult.Several));
        var match = Crm(query);
        var isAsked = query.UnionId is not null || query.Mobiles.Count > 0;
        return Task.FromResult(match is not null ? new CrmFinding(CrmResult.One, match) : new CrmFinding(isAsked ? CrmResult.Nobody : CrmResult.NotAsked));
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        if (_ownsState) await State.DisposeAsync();
    }
}
