using WecomBridge.State;
using WecomBridge.Tests.Wecom.Api;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.State;

/// <summary>Instances that share tokens through one State.</summary>
public sealed class SharedTokenTests : IAsyncLifetime
{
    private static readonly WecomApp App = new("acme", "contact", "wwEXAMPLE", "s3cret");

    private StateFile _state = null!;
    private StandIn _platform = null!;
    private WecomTransport _transport = null!;
    private int _given;

    public async ValueTask InitializeAsync()
    {
        _state = await StateFile.CreateAsync();
        _platform = await StandIn.StartAsync();
        _platform.Answer = async (request, context) =>
        {
            if (request.Path.EndsWith("gettoken", StringComparison.Ordinal)) await StandIn.Json(context, $$"""{"access_token":"t{{Interlocked.Increment(ref _given)}}","expires_in":7200}""");
            else await StandIn.Json(context, request.Query["access_token"] == "t1" ? """{"errcode":40014}""" : """{"errcode":0}""");
        };
        _transport = new WecomTransport(new HttpClient(), _platform.Address, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _platform.DisposeAsync();
        await _state.DisposeAsync();
    }

    [Fact]
    public async Task Ten_instances_that_start_at_once_fetch_one_token()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Instance().GetAsync(default).AsTask()));

        tokens.ShouldAllBe(token => token.Value == "t1");
        _platform.CountOf("gettoken").ShouldBe(1);
    }

    [Fact]
    public async Task A_token_revoked_under_200_calls_of_three_instances_is_fetched_once_and_each_call_repeated_once()
    {
        var instances = Enumerable.Range(0, 3).Select(_ => Instance()).ToArray();
        foreach (var instance in instances) (await instance.GetAsync(default)).Value.ShouldBe("t1");
        var clients = instances.Select(tokens => new WecomClient(App, CallLane.Welcome, _transport, tokens, new CallGovernor(new CallLimits(), new InMemoryCallBudgetStore(), TimeProvider.System), [], TimeProvider.System)).ToArray();

        var calls = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => clients[n % 3].ExecuteAsync(new CgibinExternalContactGetRequest { ExternalUserid = $"wm{n}" }, default)));

        calls.Length.ShouldBe(200);
        _platform.CountOf("gettoken").ShouldBe(2);
        var attempts = _platform.Requests.Where(request => request.Path.EndsWith("externalcontact/get", StringComparison.Ordinal)).GroupBy(request => request.Query["external_userid"]).Select(group => group.Count()).ToList();
        attempts.Count.ShouldBe(200);
        attempts.ShouldAllBe(count => count <= 2);
    }

    [Fact]
    public async Task A_wrong_secret_is_tried_at_most_five_times_in_any_hour_by_all_instances_together()
    {
        var time = new ManualTimeProvider();
        var tries = new List<DateTimeOffset>();
        _platform.Answer = (_, context) =>
        {
            tries.Add(time.GetUtcNow());
            return StandIn.Json(context, """{"errcode":40001,"errmsg":"invalid credential"}""");
        };
        var instances = Enumerable.Range(0, 3).Select(_ => Instance(time: time)).ToArray();

        for (var minute = 0; minute < 24 * 60; minute += 2)
        {
            foreach (var instance in instances) (await Should.ThrowAsync<WecomException>(() => instance.GetAsync(default).AsTask())).Failure.ShouldBe(WecomFailure.Denied);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        tries.Count.ShouldBeInRange(20, 40);
        foreach (var first in tries) tries.Count(at => at >= first && at < first.AddHours(1)).ShouldBeLessThanOrEqualTo(5);
        instances[0].Refusal!.Remedy.ShouldContain("secret");
    }

    [Fact]
    public async Task A_restart_does_not_end_the_back_off_and_a_changed_secret_does()
    {
        var right = _platform.Answer;
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":40001}""");
        await Should.ThrowAsync<WecomException>(() => Instance().GetAsync(default).AsTask());
        await _state.ReopenAsync();
        _platform.Answer = right;

        var refused = await Should.ThrowAsync<WecomException>(() => Instance().GetAsync(default).AsTask());

        refused.ErrorCode.ShouldBe(40001);
        refused.RetryAfter!.Value.TotalMinutes.ShouldBeInRange(4.8, 5);
        (await Instance(App with { Secret = "corrected" }).GetAsync(default)).Value.ShouldBe("t1");
        _platform.CountOf("gettoken").ShouldBe(2);
    }

    [Fact]
    public async Task While_State_is_away_a_token_in_memory_goes_on_and_none_is_fetched()
    {
        var flaky = new FlakyState(_state);
        var holder = Instance(state: flaky);
        await holder.GetAsync(default);
        flaky.IsAway = true;

        (await holder.GetAsync(default)).Value.ShouldBe("t1");
        (await Should.ThrowAsync<WecomException>(() => Instance(state: flaky).GetAsync(default).AsTask())).Failure.ShouldBe(WecomFailure.Transient);
        _platform.CountOf("gettoken").ShouldBe(1);
    }

    [Fact]
    public async Task The_lease_of_a_crashed_instance_ends_by_itself()
    {
        var store = new StateAccessTokenStore(_state);
        var now = DateTimeOffset.UtcNow;
        (await store.TryLeaseAsync("acme", "contact", "crashed", now, now.AddSeconds(0.4), default)).ShouldNotBeNull();
        (await store.TryLeaseAsync("acme", "contact", "other", now, now.AddSeconds(10), default)).ShouldBeNull();

        (await Instance().GetAsync(default)).Value.ShouldBe("t1");
        (DateTimeOffset.UtcNow - now).TotalSeconds.ShouldBeGreaterThan(0.3);
    }

    [Fact]
    public async Task A_lease_binds_one_who_looked_at_the_clock_a_moment_earlier_and_one_of_a_wrong_clock_binds_nobody()
    {
        var store = new StateAccessTokenStore(_state);
        var now = DateTimeOffset.UtcNow;
        (await store.TryLeaseAsync("acme", "contact", "one", now, now.AddSeconds(10), default)).ShouldNotBeNull();
        (await store.TryLeaseAsync("acme", "contact", "earlier", now.AddSeconds(-0.1), now.AddSeconds(9.9), default)).ShouldBeNull();
        (await store.TryLeaseAsync("acme", "contact", "hour behind", now.AddHours(-1), now.AddHours(-1).AddSeconds(10), default)).ShouldNotBeNull();
    }

    private AccessTokenSource Instance(WecomApp? app = null, IStateDatabase? state = null, TimeProvider? time = null) =>
        new(app ?? App, _transport, new StateAccessTokenStore(state ?? _state), time ?? TimeProvider.System);
}
