using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using WecomBridge.Calls;
using WecomBridge.Tests.State;
using WecomBridge.Tests.Wecom.Api;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Calls;

/// <summary>What an operator sees of calls.</summary>
public sealed class CallObservationTests : IAsyncLifetime
{
    private static readonly WecomApp App = new("acme", "contact", "wwEXAMPLE", "s3cret");

    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private StateFile _state = null!;
    private StandIn _platform = null!;
    private WecomTransport _transport = null!;
    private StateCallBudgetStore _budgets = null!;
    private CallGovernor _governor = null!;
    private CallMetrics _metrics = null!;
    private WecomClientFactory _clients = null!;
    private string _answer = """{"errcode":0}""";

    public async ValueTask InitializeAsync()
    {
        _state = await StateFile.CreateAsync();
        _platform = await StandIn.StartAsync();
        _platform.Answer = (request, context) => StandIn.Json(context, request.Path.EndsWith("gettoken", StringComparison.Ordinal) && !_answer.Contains("40001") ? """{"access_token":"t","expires_in":7200}""" : _answer);
        _transport = new WecomTransport(new HttpClient(), _platform.Address, TimeProvider.System);
        _budgets = new StateCallBudgetStore(_state, _time, NullLogger<StateCallBudgetStore>.Instance);
        _governor = new CallGovernor(new CallLimits(100, 1000, 1), _budgets, _time);
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(Note);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        _metrics = new CallMetrics(meters, _governor);
        _listener.Start();
        _clients = new WecomClientFactory((_, _) => App, _transport, new InMemoryAccessTokenStore(), _governor, [_metrics], _time);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _services.DisposeAsync();
        _governor.Dispose();
        _transport.Dispose();
        await _platform.DisposeAsync();
        await _state.DisposeAsync();
    }

    [Fact]
    public async Task A_call_is_counted_with_its_lane_and_code_and_timed()
    {
        await CallAsync(CallLane.Welcome);
        _answer = """{"errcode":84061}""";
        await Should.ThrowAsync<WecomException>(() => CallAsync(CallLane.Sync));

        Of("wecombridge.wecom.calls").Select(call => (call.Tags["api"], call.Tags["lane"], call.Tags["outcome"], call.Tags["code"])).ShouldBe(
            [(WecomPaths.ExternalContactGet, "welcome", "ok", "0"), (WecomPaths.ExternalContactGet, "sync", "gone", "84061")]);
        Of("wecombridge.wecom.call.duration").Count.ShouldBe(2);
        Of("wecombridge.wecom.call.wait").Select(wait => wait.Tags["lane"]).ShouldBe(["welcome", "sync"]);
    }

    [Fact]
    public async Task What_is_left_can_be_watched()
    {
        await CallAsync(CallLane.Sync);

        _listener.RecordObservableInstruments();

        Of("wecombridge.wecom.budget.left").Select(left => (left.Tags["window"], left.Value)).ShouldBe([("minute", 96), ("hour", 996)]);
        Of("wecombridge.wecom.concurrency.limit").ShouldHaveSingleItem().Value.ShouldBe(8);
    }

    [Fact]
    public async Task A_limit_met_stops_calls_tells_when_to_come_back_and_counts_what_was_withheld()
    {
        _answer = """{"errcode":45009,"errmsg":"limit"}""";
        var first = await Should.ThrowAsync<WecomException>(() => CallAsync(CallLane.Sync));
        var second = await Should.ThrowAsync<WecomException>(() => CallAsync(CallLane.Welcome));

        (first.ErrorCode, first.RetryAfter).ShouldBe((45009, TimeSpan.FromMinutes(1)));
        (second.Failure, second.ErrorCode, second.RetryAfter).ShouldBe((WecomFailure.Throttled, null, TimeSpan.FromMinutes(1)));
        _platform.CountOf(WecomPaths.ExternalContactGet).ShouldBe(1);
        Of("wecombridge.wecom.calls").Select(call => call.Tags["outcome"]).ShouldBe(["throttled", "withheld"]);
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Healthy, "once is the limit doing its work");

        _time.Advance(TimeSpan.FromMinutes(1));
        (await Should.ThrowAsync<WecomException>(() => CallAsync(CallLane.Sync))).RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        var health = await HealthAsync();
        (health.Status, health.Description!.Contains(WecomPaths.ExternalContactGet)).ShouldBe((HealthStatus.Degraded, true));

        _time.Advance(TimeSpan.FromMinutes(20));
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Healthy, "nobody has called since");
    }

    [Fact]
    public async Task A_refused_secret_is_named_in_health_with_its_remedy_and_without_itself()
    {
        _answer = """{"errcode":40001,"errmsg":"invalid credential s3cret"}""";
        await Should.ThrowAsync<WecomException>(() => CallAsync(CallLane.Sync));

        var health = await HealthAsync();

        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description!.ShouldContain("acme/contact");
        health.Description!.ShouldContain(WecomErrorCodes.RemedyFor(WecomErrorCodes.RemedyOf(40001, null), "acme", "contact"));
        health.Description!.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Writes_to_one_customer_do_not_run_side_by_side()
    {
        var (running, most) = (0, 0);
        _platform.Answer = async (request, context) =>
        {
            if (request.Path.EndsWith("gettoken", StringComparison.Ordinal))
            {
                await StandIn.Json(context, """{"access_token":"t","expires_in":7200}""");
                return;
            }

            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            await StandIn.Json(context, """{"errcode":0}""");
        };

        await Task.WhenAll(Enumerable.Range(0, 30).Select(n =>
            _clients.For("acme", "contact", (CallLane)(n % 4)).ExecuteAsync(new CgibinExternalContactMarkTagRequest { Userid = "a", ExternalUserid = "wm1", AddTag = ["t"] }, default)));

        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gives_its_place_back()
    {
        await CallAsync(CallLane.Sync);
        var asked = new TaskCompletionSource();
        _platform.Answer = async (_, context) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var patience = new CancellationTokenSource();
        var call = _clients.For("acme", "contact", CallLane.Sync).ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = "wm" }, patience.Token);
        await asked.Task;
        _governor.Read().Sum(api => api.InFlight).ShouldBe(1);

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        _governor.Read().Sum(api => api.InFlight).ShouldBe(0);
    }

    private Task<CgibinExternalContactGetResponse> CallAsync(CallLane lane) => _clients.For("acme", "contact", lane).ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = "wm" }, default);

    private Task<HealthCheckResult> HealthAsync() => new CallHealth(_clients, _governor, _budgets, _time).CheckHealthAsync(new HealthCheckContext(), default);

    private List<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name) => [.. _measured.Where(measured => measured.Name == name)];

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _measured.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
}
