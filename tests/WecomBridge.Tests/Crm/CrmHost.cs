using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Ledger;
using WecomBridge.State;
using WecomBridge.Tests.Features;
using WecomBridge.Tests.Simulator;
using WecomBridge.Tests.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Crm;

/// <summary>The CRM's client and its lane of work as the service has them, with a simulated CRM, a platform made by hand and a clock that is moved.</summary>
internal sealed class CrmHost : IAsyncDisposable
{
    public const string Customer = "wm1";
    private readonly ServiceProvider _provider;
    private readonly StateFile _state;
    private readonly SimulatorFixture _simulator;

    private CrmHost(StateFile state, SimulatorFixture simulator, IEnumerable<(string Key, string? Value)> settings)
    {
        (_state, _simulator) = (state, simulator);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" });
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IStateDatabase>(state);
        services.AddWork(run: false);
        services.AddWecom();
        services.Replace(ServiceDescriptor.Singleton<IWecomClientFactory>(Wecom));
        services.AddCrm();
        services.AddCrmWork();
        _provider = services.BuildServiceProvider();
        Wecom.Contact = new CgibinExternalContactGetResponse
        {
            ExternalContact = new ExternalContact { ExternalUserid = Customer, Name = "Lin", Unionid = "u1" },
            FollowUser = [new FollowUser { Userid = "zhang", RemarkMobiles = ["13800000000"] }],
        };
    }

    public ManualTimeProvider Time { get; } = new(FeatureHost.Now);

    public FakeWecom Wecom { get; } = new();

    public StateFile State => _state;

    public WecomBridge.Simulator.WecomSimulator Simulator => _simulator.Simulator;

    public ICrmClient Client => _provider.GetRequiredService<ICrmClient>();

    /// <summary>Changes of customers that the CRM was asked for, in order.</summary>
    public IReadOnlyList<CrmEntry> Writes => [.. Simulator.Ledger.CrmCalls.Where(call => call.Method is "PATCH" or "PUT" || (call.Method == "POST" && !call.Path.StartsWith("access_token", StringComparison.Ordinal)))];

    /// <summary>The plain CRM with writing, unless <paramref name="settings"/> say otherwise.</summary>
    public static Task<CrmHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(simulator => [.. Plain(simulator), .. settings]);

    public static async Task<CrmHost> StartAsync(Func<SimulatorFixture, IEnumerable<(string Key, string? Value)>> settings)
    {
        var simulator = await SimulatorFixture.StartAsync();
        return new CrmHost(await StateFile.CreateAsync(), simulator, settings(simulator).GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last()).Where(setting => setting.Value is not null));
    }

    /// <summary>A record of the customer.</summary>
    public CrmCustomer Put(CrmCustomer? customer = null)
    {
        customer ??= new CrmCustomer("c1", "Lin Wei") { Level = "gold", UnionId = "u1", Mobile = "13800000000" };
        Simulator.Crm.Put(customer);
        return customer;
    }

    /// <summary>The relation and its tags as State has them now, marked for the CRM.</summary>
    public Task KnowAsync(string[] tags, string member = "zhang", RelationChangeKind kind = RelationChangeKind.Added, string? channel = "store-7") => _state.WriteAsync(async session =>
    {
        var (key, now) = (new RelationKey("acme", member, Customer), Time.GetUtcNow());
        await RelationStore.ApplyAsync(session, new RelationChange(key, kind, now, Guid.NewGuid(), channel));
        await RelationTagStore.PutAsync(session, new RelationTags(key, [.. tags.Select(tag => new StandingTag("et-" + tag, tag.Split('/')[0], tag.Split('/')[1], TagOwners.Rule))], [], now));
        await MarkAsync(session);
    });

    public Task MarkAsync() => _state.WriteAsync(MarkAsync);

    /// <summary>The profile has learned of the customer's record.</summary>
    public Task NameAsync(string crmId) => _state.WriteAsync(session => _provider.GetRequiredService<CrmWriteBack>().MarkRecordAsync(session, "acme", "contact", Customer, crmId, Guid.NewGuid(), Time.GetUtcNow()));

    /// <summary>Runs the lane's due work once, as the runner would; returns what it threw.</summary>
    public async Task<Exception?> WorkAsync()
    {
        var reconciler = _provider.GetServices<IReconciler>().Single();
        var items = await _state.WriteAsync(session => WorkStore.ClaimAsync(session, WorkLane.Crm, "test", 10, Time.GetUtcNow(), TimeSpan.FromMinutes(1)));
        Exception? failure = null;
        foreach (var item in items)
        {
            try
            {
                await reconciler.ReconcileAsync(item, default);
                await _state.WriteAsync(session => item.RestDue is { } due ? WorkStore.DeferAsync(session, item, due, "rest_waits") : WorkStore.CompleteAsync(session, item));
            }
            catch (Exception thrown)
            {
                failure = thrown;
                var decision = RetryPolicy.Decide(thrown, item.Attempt, Time.GetUtcNow(), deadline: null, jitter: 0);
                await _state.WriteAsync(session => decision.Action == RetryAction.Park
                    ? WorkStore.ParkAsync(session, item, decision.Reason, decision.Remedy, Time.GetUtcNow())
                    : WorkStore.RetryAsync(session, item, decision.At ?? Time.GetUtcNow(), decision.Reason));
            }
        }

        return failure;
    }

    /// <summary>Works, and again as time passes, until nothing is due within ten minutes.</summary>
    public async Task SettleAsync()
    {
        for (var step = 0; step < 200; step++)
        {
            await WorkAsync();
            Time.Advance(TimeSpan.FromSeconds(3));
        }
    }

    public Task<WorkCounts> CountAsync() => _state.ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Crm, Time.GetUtcNow()));

    public async Task<(HealthStatus Status, string Text)> HealthAsync()
    {
        var report = await ActivatorUtilities.CreateInstance<CrmHealth>(_provider).CheckHealthAsync(new HealthCheckContext());
        return (report.Status, report.Description!);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _simulator.DisposeAsync();
        await _state.DisposeAsync();
    }

    public static (string, string?)[] Plain(SimulatorFixture simulator) =>
    [
        ("Crm:Provider", "Http"),
        ("Crm:Http:BaseUrl", simulator.Simulator.CrmBaseUrl.ToString()),
        ("Crm:Http:Auth:Bearer", "crm-token"),
        ("Crm:Http:FindByUnionId", "customers?unionid={unionId}"),
        ("Crm:Http:FindByMobile", "customers?mobile={mobile}"),
        ("Crm:Http:Fields:id", "/0/id"),
        ("Crm:Http:Fields:tags", "/0/tags"),
        ("Crm:Http:Fields:status", "/0/status"),
        ("Crm:Http:Write:Request", "PATCH customers/{id}"),
        ("Crm:Http:Write:Set:/tags", "{{tags.list}}"),
        ("Crm:Http:Write:Set:/owner", "{{staff.text}}"),
        ("Crm:Http:Write:Set:/status", "{{customer.status}}"),
        ("Crm:Http:Write:Check:tags", "{{tags.text}}"),
    ];

    private Task MarkAsync(StateSession session) => _provider.GetRequiredService<CrmWriteBack>().MarkAsync(session, "acme", "contact", Customer, Guid.NewGuid(), Time.GetUtcNow());
}
