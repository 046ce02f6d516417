using Microsoft.AspNetCore.Http;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api;

public sealed class WecomClientTests : IAsyncLifetime
{
    private const string Secret = "SECRET-CANARY-93";
    private const string Token = "TOKEN-CANARY-71";
    private const string WelcomeCode = "CODE-CANARY-55";

    private static readonly WecomApp App = new("acme", "contact", "wwEXAMPLE", Secret);

    private StandIn _platform = null!;
    private WecomTransport _transport = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await StandIn.StartAsync();
        _transport = Transport(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task Sends_a_greeting_as_unescaped_json_with_the_token_in_the_address()
    {
        Answers("""{"errcode":0,"errmsg":"ok"}""");

        await Client().ExecuteCgibinExternalContactSendWelcomeMessageAsync(
            new CgibinExternalContactSendWelcomeMessageRequest { WelcomeCode = WelcomeCode, Text = new WelcomeText("你好 <3"), Attachments = [WelcomeAttachment.Of(new WelcomeLink("t", null, "d", "https://e.example/?a=1&b=2"))] },
            TestContext.Current.CancellationToken);

        var request = _platform.Requests.Last();
        request.Method.ShouldBe("POST");
        request.Path.ShouldBe("/cgi-bin/externalcontact/send_welcome_msg");
        request.Query.ShouldBe(new Dictionary<string, string> { ["access_token"] = Token });
        request.Body.ShouldBe("""{"welcome_code":"CODE-CANARY-55","text":{"content":"你好 <3"},"attachments":[{"msgtype":"link","link":{"title":"t","desc":"d","url":"https://e.example/?a=1&b=2"}}]}""");
    }

    [Fact]
    public async Task Merges_all_pages_of_followers()
    {
        _platform.Answer = (request, context) => StandIn.Json(context, request.Path.EndsWith("gettoken") ? TokenAnswer
            : request.Query.GetValueOrDefault("cursor") == "c2" ? """{"external_contact":{"external_userid":"wm1"},"follow_user":[{"userid":"li"}],"next_cursor":""}"""
            : """{"external_contact":{"external_userid":"wm1"},"follow_user":[{"userid":"zhang"}],"next_cursor":"c2"}""");

        var answer = await Client().GetWholeExternalContactAsync("wm1", default);

        answer.FollowUser.Select(f => f.Userid).ShouldBe(["zhang", "li"]);
        answer.IsSuccessful().ShouldBeTrue();
    }

    [Fact]
    public async Task A_cursor_that_never_ends_is_given_up()
    {
        Answers("""{"follow_user":[],"next_cursor":"again"}""");

        (await FailureOfGet()).Failure.ShouldBe(WecomFailure.Transient);
    }

    [Fact]
    public async Task Reads_answers_with_patience()
    {
        Answers("""
            {"errcode":"0","external_contact":{"external_userid":17,"type":"1","unionid":null,"unheard_of":{"a":[1]}},
             "follow_user":[{"userid":"zhang","createtime":"1700000000","tags":null,"remark_mobiles":"","add_way":"x"},null]}
            """);

        var answer = await Client().GetWholeExternalContactAsync("wm1", default);

        answer.ExternalContact!.ExternalUserid.ShouldBe("17");
        answer.ExternalContact.Type.ShouldBe(1);
        answer.ExternalContact.Unionid.ShouldBeNull();
        var follower = answer.FollowUser.ShouldHaveSingleItem();
        follower.Createtime.ShouldBe(1700000000);
        follower.Tags.ShouldBeEmpty();
        follower.RemarkMobiles.ShouldBeEmpty();
        follower.AddWay.ShouldBeNull();
    }

    [Theory]
    [InlineData(200, "{\"errcode\":84061,\"errmsg\":\"x\"}", WecomFailure.Gone, 84061, false)]
    [InlineData(200, "{\"errcode\":\"45009\",\"follow_user\":\"\"}", WecomFailure.Throttled, 45009, false)]
    [InlineData(500, "{\"errcode\":-1}", WecomFailure.Transient, -1, false)]
    [InlineData(502, "<html><body>Bad gateway</body></html>", WecomFailure.Transient, null, true)]
    [InlineData(200, "<html></html>", WecomFailure.Transient, null, true)]
    [InlineData(200, "", WecomFailure.Transient, null, true)]
    [InlineData(200, "{\"errcode\":0,\"errmsg\":\"o", WecomFailure.Transient, null, true)]
    [InlineData(200, "[]", WecomFailure.Transient, null, true)]
    [InlineData(200, "{\"errcode\":null}", WecomFailure.Transient, null, true)]
    [InlineData(200, "{\"errcode\":\"none\"}", WecomFailure.Transient, null, true)]
    [InlineData(404, "", WecomFailure.Rejected, null, false)]
    [InlineData(429, "", WecomFailure.Throttled, null, false)]
    [InlineData(302, "", WecomFailure.Rejected, null, false)]
    public async Task Each_bad_answer_is_one_clear_failure(int status, string body, WecomFailure failure, int? code, bool outcomeUnknown)
    {
        _platform.Answer = (request, context) =>
        {
            if (request.Path.EndsWith("gettoken")) return StandIn.Json(context, TokenAnswer);
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };

        var thrown = await FailureOfGet();

        thrown.Failure.ShouldBe(failure);
        thrown.ErrorCode.ShouldBe(code);
        thrown.Api.ShouldBe("externalcontact/get");
        thrown.OutcomeUnknown.ShouldBe(outcomeUnknown);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_is_given_up_after_the_time_out()
    {
        BecomesImpatient();
        _platform.Answer = (request, context) => request.Path.EndsWith("gettoken") ? StandIn.Json(context, TokenAnswer) : Task.Delay(Timeout.Infinite, context.RequestAborted);

        var thrown = await FailureOfGet();

        thrown.Failure.ShouldBe(WecomFailure.Transient);
        thrown.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_that_drips_is_given_up_after_the_time_out()
    {
        BecomesImpatient();
        _platform.Answer = async (request, context) =>
        {
            if (request.Path.EndsWith("gettoken"))
            {
                await StandIn.Json(context, TokenAnswer);
                return;
            }

            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        };

        (await FailureOfGet()).OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_who_gives_up_sees_a_cancellation_and_no_failure()
    {
        using var patience = new CancellationTokenSource();
        _platform.Answer = async (request, context) =>
        {
            if (request.Path.EndsWith("gettoken"))
            {
                await StandIn.Json(context, TokenAnswer);
                return;
            }

            await patience.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        (await Record.ExceptionAsync(() => Client().GetWholeExternalContactAsync("wm1", patience.Token))).ShouldBeAssignableTo<OperationCanceledException>().ShouldNotBeOfType<WecomNotSentException>();
    }

    [Fact]
    public async Task Who_gives_up_before_anything_was_asked_is_told_so()
    {
        using var patience = new CancellationTokenSource();
        _platform.Answer = async (_, context) =>
        {
            await patience.CancelAsync();
            await StandIn.Json(context, TokenAnswer);
        };

        var thrown = await Record.ExceptionAsync(() => Client().ExecuteAsync(new CgibinExternalContactMarkTagRequest { Userid = "a", ExternalUserid = "wm1", AddTag = ["t"] }, patience.Token));

        thrown.ShouldBeOfType<WecomNotSentException>().CancellationToken.ShouldBe(patience.Token);

        _platform.CountOf("externalcontact/mark_tag").ShouldBe(0);
    }

    [Fact]
    public async Task A_limit_told_by_something_on_the_way_says_when_to_come_back()
    {
        _platform.Answer = (request, context) =>
        {
            if (request.Path.EndsWith("gettoken")) return StandIn.Json(context, TokenAnswer);
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        };

        (await FailureOfGet()).RetryAfter!.Value.TotalSeconds.ShouldBeInRange(55, 60);
    }

    [Fact]
    public async Task A_platform_that_is_away_has_certainly_done_nothing()
    {
        var client = Client();
        await _platform.DisposeAsync();

        var thrown = await Should.ThrowAsync<WecomException>(() => client.GetWholeExternalContactAsync("wm1", default));

        thrown.Failure.ShouldBe(WecomFailure.Transient);
        thrown.OutcomeUnknown.ShouldBeFalse();
        thrown.ToString().ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData(200, "{\"errcode\":41050,\"errmsg\":\"bad CODE-CANARY-55 for TOKEN-CANARY-71\"}")]
    [InlineData(200, "CODE-CANARY-55 TOKEN-CANARY-71")]
    [InlineData(502, "CODE-CANARY-55 TOKEN-CANARY-71")]
    [InlineData(-1, "")]
    public async Task No_failure_shows_a_token_a_code_or_a_secret(int status, string body)
    {
        _platform.Answer = (request, context) =>
        {
            if (request.Path.EndsWith("gettoken")) return StandIn.Json(context, TokenAnswer);
            if (status < 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };

        var thrown = await Should.ThrowAsync<WecomException>(() => Client().ExecuteCgibinExternalContactSendWelcomeMessageAsync(new CgibinExternalContactSendWelcomeMessageRequest { WelcomeCode = WelcomeCode }, default));

        (thrown + thrown.PlatformText).ShouldNotContain("CANARY");
        thrown.ToString().ShouldNotContain("access_token");
    }

    [Fact]
    public async Task No_failure_to_get_a_token_shows_the_secret()
    {
        _platform.Answer = (_, context) => StandIn.Json(context, $$"""{"errcode":40001,"errmsg":"invalid {{Secret}}"}""");

        var thrown = await FailureOfGet();

        thrown.Failure.ShouldBe(WecomFailure.Denied);
        (thrown + thrown.PlatformText + App).ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_call_repeated_once()
    {
        var fetched = 0;
        _platform.Answer = (request, context) => StandIn.Json(context, request.Path.EndsWith("gettoken") ? $$"""{"access_token":"t{{++fetched}}","expires_in":7200}"""
            : request.Query["access_token"] == "t1" ? """{"errcode":42001}""" : """{"errcode":0}""");

        await Client().ExecuteCgibinExternalContactMarkTagAsync(new CgibinExternalContactMarkTagRequest { Userid = "zhang", ExternalUserid = "wm1", AddTag = ["et1"] }, default);

        _platform.CountOf("externalcontact/mark_tag").ShouldBe(2);
        fetched.ShouldBe(2);
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_too_stops_the_app()
    {
        _platform.Answer = (request, context) => StandIn.Json(context, request.Path.EndsWith("gettoken") ? TokenAnswer : """{"errcode":40014}""");

        (await FailureOfGet()).Failure.ShouldBe(WecomFailure.Denied);
        _platform.CountOf("externalcontact/get").ShouldBe(2);
    }

    [Fact]
    public async Task Other_failures_are_never_repeated_in_the_client()
    {
        Answers("""{"errcode":-1}""");

        (await FailureOfGet()).Failure.ShouldBe(WecomFailure.Transient);
        _platform.CountOf("externalcontact/get").ShouldBe(1);
    }

    private static string TokenAnswer => $$"""{"errcode":0,"errmsg":"ok","access_token":"{{Token}}","expires_in":7200}""";

    private void Answers(string body) => _platform.Answer = (request, context) => StandIn.Json(context, request.Path.EndsWith("gettoken") ? TokenAnswer : body);

    private WecomTransport Transport(TimeSpan timeout) => new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), _platform.Address, TimeProvider.System, timeout);

    private void BecomesImpatient()
    {
        _transport.Dispose();
        _transport = Transport(TimeSpan.FromMilliseconds(400));
    }

    private WecomClient Client() =>
        new(App, CallLane.Sync, _transport, new AccessTokenSource(App, _transport, new InMemoryAccessTokenStore(), TimeProvider.System), new CallGovernor(new CallLimits(), new InMemoryCallBudgetStore(), TimeProvider.System), [], TimeProvider.System);

    private Task<WecomException> FailureOfGet() => Should.ThrowAsync<WecomException>(() => Client().GetWholeExternalContactAsync("wm1", default));
}
