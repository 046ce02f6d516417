using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WecomBridge.Simulator.Api;
using WecomBridge.Simulator.Callbacks;
using WecomBridge.Simulator.Control;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Simulator;

/// <summary>A WeCom and three kinds of CRM on one loopback port, with a control API that makes things happen and go wrong.</summary>
public sealed class WecomSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CallbackSender _sender;
    private readonly ApiEndpoint _api;
    private readonly SuiteCrmEndpoint _suite;

    private WecomSimulator(SimulatorOptions options, WebApplication app)
    {
        _app = app;
        var ids = new SeededIds(options.Seed);
        Options = options;
        Ledger = new SimulatorLedger(options.TimeProvider);
        Faults = new FaultPlan(options.Seed);
        Crm = new SimulatedCrm();
        _sender = new CallbackSender(options, Faults, Ledger, ids);
        Wecom = new SimulatedWecom(options, ids, _sender);
        Tokens = new TokenDesk(Wecom, options, ids);
        var api = _api = new ApiEndpoint(options, Tokens, Faults, Interventions, Ledger);
        var crm = new CrmEndpoint(Crm, options.CrmToken, Faults, Ledger);
        var espo = new EspoCrmEndpoint(Crm, options.CrmToken, Faults, Ledger);
        var suite = _suite = new SuiteCrmEndpoint(Crm, options.CrmToken, Faults, Ledger);
        app.Map("/cgi-bin/{**path}", (HttpContext context, string path) => api.AnswerAsync(context, path));
        app.Map("/crm/{**path}", (HttpContext context, string path) => crm.AnswerAsync(context, path));
        app.Map("/espocrm/api/v1/{**path}", (HttpContext context, string path) => espo.AnswerAsync(context, path));
        app.Map("/suitecrm/legacy/Api/{**path}", (HttpContext context, string path) => suite.AnswerAsync(context, path));
        new ControlEndpoint(this).Map(app);
    }

    /// <summary>What the service calls instead of <c>https://qyapi.weixin.qq.com/</c>.</summary>
    public Uri ApiBaseUrl { get; private set; } = null!;

    /// <summary>The CRM; ends with <c>/crm/</c>.</summary>
    public Uri CrmBaseUrl { get; private set; } = null!;

    /// <summary>The same customers as an EspoCRM shows them; ends with <c>/espocrm/api/v1/</c>. <see cref="SimulatorOptions.CrmToken"/> is its API key.</summary>
    public Uri EspoCrmBaseUrl => new(ApiBaseUrl, "espocrm/api/v1/");

    /// <summary>The same customers as a SuiteCRM 8 shows them; ends with <c>/suitecrm/legacy/Api/</c>. <see cref="SimulatorOptions.CrmToken"/> is the secret of the client <see cref="SuiteCrmClientId"/>.</summary>
    public Uri SuiteCrmBaseUrl => new(ApiBaseUrl, "suitecrm/legacy/Api/");

    /// <summary>Id of the client that the SuiteCRM gives tokens to.</summary>
    public static string SuiteCrmClientId => SuiteCrmEndpoint.ClientId;

    /// <summary>The control API; ends with <c>/control/</c>. A GET lists its calls.</summary>
    public Uri ControlUrl { get; private set; } = null!;

    /// <summary>The seed of this run.</summary>
    public int Seed => Options.Seed;

    /// <summary>People, customers, groups, tags, and what happens to them.</summary>
    public SimulatedWecom Wecom { get; }

    /// <summary>The CRM's customers.</summary>
    public SimulatedCrm Crm { get; }

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What people do between a caller's reading and its writing.</summary>
    public Interventions Interventions { get; } = new();

    /// <summary>Everything sent and received.</summary>
    public SimulatorLedger Ledger { get; }

    /// <summary>How often each API was called, and how close to its limits.</summary>
    public IReadOnlyList<ApiRate> Rates => [.. _api.Gate.Rates];

    internal SimulatorOptions Options { get; }

    internal TokenDesk Tokens { get; }

    /// <summary>Starts listening on 127.0.0.1.</summary>
    /// <param name="options">Not copied: limits and lags may be changed while running.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">There is no corp, or an EncodingAESKey is malformed.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WecomSimulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Corps.Count == 0) throw new ArgumentException("The simulator needs at least one corp.", nameof(options));
        // The empty builder reads no settings file, environment or signal of the process that hosts the simulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, options.Port, l => l.Protocols = HttpProtocols.Http1));
        var simulator = new WecomSimulator(options, builder.Build());
        try
        {
            await simulator._app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        simulator.ApiBaseUrl = new Uri(simulator._app.Urls.First() + "/");
        simulator.CrmBaseUrl = new Uri(simulator.ApiBaseUrl, "crm/");
        simulator.ControlUrl = new Uri(simulator.ApiBaseUrl, "control/");
        return simulator;
    }

    /// <summary>Stops callbacks, then the listener. Deliveries under way end as <c>stopped</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        Wecom.Dispose();
    }

    /// <summary>Another system of the corp sets and removes corp tags through the API, as <c>externalcontact/mark_tag</c> does: no callback, and 45035 when somebody writes the same relation at the moment.</summary>
    /// <param name="app">The other system's app.</param>
    /// <param name="userId">The member.</param>
    /// <param name="externalUserId">The customer.</param>
    /// <param name="add">Ids of tags.</param>
    /// <param name="remove">Ids of tags.</param>
    /// <param name="corpId">Null: the first corp.</param>
    /// <returns>The code that was answered; 0 is success.</returns>
    public async Task<int> MarkTagsAsync(SimulatedApp app, string userId, string externalUserId, IEnumerable<string> add, IEnumerable<string> remove, string? corpId = null)
    {
        var body = new JsonObject
        {
            ["userid"] = userId,
            ["external_userid"] = externalUserId,
            ["add_tag"] = new JsonArray([.. add.Select(id => (JsonNode)id)]),
            ["remove_tag"] = new JsonArray([.. remove.Select(id => (JsonNode)id)]),
        };
        return Answer.CodeOf(await _api.CallAsync(Wecom.Corp(corpId), app, "externalcontact/mark_tag", body).ConfigureAwait(false));
    }

    /// <summary>Ends the present access token of an app, as the platform may at any time.</summary>
    public void RevokeToken(SimulatedApp app) => Tokens.Revoke(app);

    /// <summary>Ends every access token that the SuiteCRM has given.</summary>
    public void EndSuiteCrmTokens() => _suite.EndTokens();

    /// <summary>The calls of one API since the start; all zero when it was never called.</summary>
    /// <param name="path">Path after <c>/cgi-bin/</c>.</param>
    /// <param name="corpId">Null: the first corp.</param>
    public ApiRate RateOf(string path, string? corpId = null)
    {
        var corp = Wecom.Corp(corpId).CorpId;
        return _api.Gate.Rates.FirstOrDefault(r => r.Path == path && r.CorpId == corp) ?? new ApiRate(corp, path, 0, 0, 0, 0);
    }

    /// <summary>Lifts every block and ban and forgets what was counted; the peaks of <see cref="Rates"/> stay.</summary>
    public void LiftLimits()
    {
        _api.Gate.Reset();
        Tokens.Pardon();
    }

    /// <summary>Starts and stops when told; signals belong to the process around it.</summary>
    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
