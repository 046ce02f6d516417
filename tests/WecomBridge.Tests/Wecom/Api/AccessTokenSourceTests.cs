using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api;

public sealed class AccessTokenSourceTests : IAsyncLifetime
{
    private static readonly WecomApp App = new("acme", "contact", "wwEXAMPLE", "s3cret");

    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryAccessTokenStore _store = new();
    private StandIn _platform = null!;
    private WecomTransport _transport = null!;
    private int _fetched;

    public async ValueTask InitializeAsync()
    {
        _platform = await StandIn.StartAsync();
        _platform.Answer = (_, context) => StandIn.Json(context, $$"""{"errcode":0,"access_token":"t{{Interlocked.Increment(ref _fetched)}}","expires_in":1000}""");
        _transport = new WecomTransport(new HttpClient(), _platform.Address, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task A_hundred_callers_share_one_fetch()
    {
        var source = Source();

        var tokens = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => source.GetAsync(default).AsTask()));

        tokens.ShouldAllBe(t => t.Value == "t1");
        _fetched.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_failures_of_one_generation_make_one_renewal()
    {
        var source = Source();
        var failed = await source.GetAsync(default);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => source.ReplaceAsync(failed, default)));

        tokens.ShouldAllBe(t => t.Generation == failed.Generation + 1);
        _fetched.ShouldBe(2);
    }

    [Fact]
    public async Task Several_instances_make_one_renewal_of_a_failed_generation()
    {
        var instances = Enumerable.Range(0, 3).Select(_ => Source()).ToArray();
        var failed = await instances[0].GetAsync(default);
        foreach (var instance in instances) (await instance.GetAsync(default)).ShouldBe(failed);

        var first = await instances[0].ReplaceAsync(failed, default);
        foreach (var instance in instances) (await instance.ReplaceAsync(failed, default)).ShouldBe(first);

        _fetched.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_is_renewed_after_four_fifths_of_its_life()
    {
        var source = Source();
        await source.GetAsync(default);

        _time.Advance(TimeSpan.FromSeconds(799));
        (await source.GetAsync(default)).Value.ShouldBe("t1");
        _time.Advance(TimeSpan.FromSeconds(51));
        (await source.GetAsync(default)).Value.ShouldBe("t2");
    }

    [Fact]
    public async Task A_failed_early_renewal_keeps_the_token_that_is_still_good()
    {
        var source = Source();
        await source.GetAsync(default);
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":-1}""");

        _time.Advance(TimeSpan.FromSeconds(900));

        (await source.GetAsync(default)).Value.ShouldBe("t1");
    }

    [Fact]
    public async Task An_expired_token_is_never_handed_out()
    {
        var source = Source();
        await source.GetAsync(default);
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":-1}""");

        _time.Advance(TimeSpan.FromSeconds(1000));

        (await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask())).Failure.ShouldBe(WecomFailure.Transient);
    }

    [Fact]
    public async Task A_token_another_instance_stored_is_used_without_a_fetch()
    {
        await _store.TryReplaceAsync("acme", "contact", 0, new AccessToken("shared", _time.GetUtcNow().AddMinutes(30), 1), App.Fingerprint, default);

        (await Source().GetAsync(default)).Value.ShouldBe("shared");
        _fetched.ShouldBe(0);
    }

    [Fact]
    public async Task Losing_the_race_for_the_store_means_taking_the_winners_token()
    {
        _platform.Answer = async (_, context) =>
        {
            await _store.TryReplaceAsync("acme", "contact", 0, new AccessToken("winner", _time.GetUtcNow().AddHours(2), 1), App.Fingerprint, default);
            await StandIn.Json(context, """{"access_token":"loser","expires_in":7200}""");
        };

        (await Source().GetAsync(default)).Value.ShouldBe("winner");
    }

    [Fact]
    public async Task A_wrong_secret_is_tried_at_most_five_times_in_its_first_hour()
    {
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":40001,"errmsg":"invalid credential","access_token":""}""");
        var source = Source();

        for (var minute = 0; minute < 60; minute++)
        {
            (await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask())).Failure.ShouldBe(WecomFailure.Denied);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _platform.CountOf("gettoken").ShouldBeInRange(2, 5);
    }

    [Fact]
    public async Task A_corrected_secret_is_taken_after_the_back_off()
    {
        var right = _platform.Answer;
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":40001}""");
        var source = Source();
        await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask());
        _platform.Answer = right;

        _time.Advance(TimeSpan.FromMinutes(5));

        (await source.GetAsync(default)).Value.ShouldBe("t1");
    }

    [Fact]
    public async Task Fresh_tokens_that_keep_failing_are_not_fetched_without_end()
    {
        var source = Source();
        var token = await source.GetAsync(default);

        for (var i = 0; i < 5; i++) token = await source.ReplaceAsync(token, default);

        (await Should.ThrowAsync<WecomException>(() => source.ReplaceAsync(token, default))).Failure.ShouldBe(WecomFailure.Denied);
        _fetched.ShouldBe(6);
    }

    [Fact]
    public async Task Tokens_that_worked_before_they_were_revoked_are_replaced_more_often_but_not_without_end()
    {
        var source = Source();
        var token = await source.GetAsync(default);

        for (var i = 0; i < 20; i++)
        {
            source.Worked(token);
            token = await source.ReplaceAsync(token, default);
        }

        source.Worked(token);
        (await Should.ThrowAsync<WecomException>(() => source.ReplaceAsync(token, default))).Failure.ShouldBe(WecomFailure.Denied);
        _fetched.ShouldBe(21);
    }

    [Fact]
    public async Task A_refused_token_is_not_handed_out_again_while_a_new_one_cannot_be_had_and_that_is_no_refusal_of_the_app()
    {
        var right = _platform.Answer;
        var source = Source();
        var failed = await source.GetAsync(default);
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":-1}""");

        for (var n = 0; n < 20; n++)
        {
            (await Should.ThrowAsync<WecomException>(() => source.ReplaceAsync(failed, default))).Failure.ShouldBe(WecomFailure.Transient);
            var withheld = await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask());
            (withheld.Failure, withheld.RetryAfter > TimeSpan.Zero).ShouldBe((WecomFailure.Transient, true));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _platform.Answer = right;
        _time.Advance(TimeSpan.FromSeconds(4));
        (await source.GetAsync(default)).ShouldBe(new AccessToken("t2", _time.GetUtcNow().AddSeconds(1000), 2));
    }

    [Theory]
    [InlineData(429, "", WecomFailure.Throttled, 3)]
    [InlineData(403, "", WecomFailure.Denied, 5)]
    [InlineData(404, "", WecomFailure.Denied, 5)]
    [InlineData(200, "{\"errcode\":987654}", WecomFailure.Denied, 5)]
    [InlineData(200, "{\"errcode\":45009}", WecomFailure.Throttled, 3)]
    public async Task Whatever_refuses_a_token_is_asked_again_only_after_a_back_off(int status, string body, WecomFailure failure, int most)
    {
        _platform.Answer = (_, context) =>
        {
            context.Response.StatusCode = status;
            return StandIn.Json(context, body);
        };
        var source = Source();

        for (var second = 0; second < 3600; second += 5)
        {
            var refused = await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask());
            (refused.Failure, refused.RetryAfter > TimeSpan.Zero).ShouldBe((failure, true));
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        _platform.CountOf("gettoken").ShouldBeInRange(2, most);
    }

    [Fact]
    public async Task A_refused_address_is_named_for_as_long_as_it_is_refused()
    {
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":60020,"errmsg":"not allow to access from your ip, from ip: 192.0.2.7"}""");
        var source = Source();

        for (var n = 0; n < 3; n++)
        {
            (await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask())).Remedy.ShouldContain("192.0.2.7");
            source.Refusal!.Remedy.ShouldContain("192.0.2.7");
            _time.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task Nobody_waits_for_other_instances_without_end()
    {
        var call = Source().GetAsync(default).AsTask();
        var started = _time.GetUtcNow();
        while (!call.IsCompleted)
        {
            // One after another has the lease.
            await _store.TryLeaseAsync("acme", "contact", "other", _time.GetUtcNow(), _time.GetUtcNow().AddSeconds(10), default);
            _time.Advance(TimeSpan.FromSeconds(0.1));
            for (var n = 0; n < 20; n++) await Task.Yield();
            (_time.GetUtcNow() - started).TotalMinutes.ShouldBeLessThan(60);
        }

        (await Should.ThrowAsync<WecomException>(() => call)).Failure.ShouldBe(WecomFailure.Transient);
        _fetched.ShouldBe(0);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_end_the_fetch_for_the_others()
    {
        var gate = new TaskCompletionSource();
        _platform.Answer = async (_, context) =>
        {
            await gate.Task;
            await StandIn.Json(context, """{"access_token":"late","expires_in":7200}""");
        };
        var source = Source();
        using var impatience = new CancellationTokenSource();
        var impatient = source.GetAsync(impatience.Token).AsTask();
        var patient = source.GetAsync(default).AsTask();

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        (await patient).Value.ShouldBe("late");
    }

    [Fact]
    public async Task A_token_of_another_secret_is_not_used()
    {
        await _store.TryReplaceAsync("acme", "contact", 0, new AccessToken("foreign", _time.GetUtcNow().AddMinutes(30), 1), (App with { Secret = "other" }).Fingerprint, default);

        (await Source().GetAsync(default)).ShouldBe(new AccessToken("t1", _time.GetUtcNow().AddSeconds(1000), 2));
    }

    [Fact]
    public async Task The_same_token_given_again_is_an_answer_and_not_asked_for_without_end()
    {
        _platform.Answer = (_, context) => StandIn.Json(context, """{"access_token":"same","expires_in":7200}""");
        var source = Source();

        var again = await source.ReplaceAsync(await source.GetAsync(default), default);

        (again.Value, again.Generation, _platform.CountOf("gettoken")).ShouldBe(("same", 2, 2));
    }

    [Fact]
    public async Task A_platform_that_is_away_is_not_asked_by_every_call()
    {
        _platform.Answer = (_, context) => StandIn.Json(context, """{"errcode":-1}""");
        var source = Source();

        for (var call = 0; call < 50; call++) (await Should.ThrowAsync<WecomException>(() => source.GetAsync(default).AsTask())).Failure.ShouldBe(WecomFailure.Transient);

        _platform.CountOf("gettoken").ShouldBe(1);
    }

    [Fact]
    public void Neither_a_token_nor_an_app_shows_its_secret()
    {
        new AccessToken("hidden", default, 1).ToString().ShouldNotContain("hidden");
        App.ToString().ShouldNotContain("s3cret");
    }

    private AccessTokenSource Source() => new(App, _transport, _store, _time);
}
