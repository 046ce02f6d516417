using Microsoft.AspNetCore.Http;
using WecomBridge.Crm;
using WecomBridge.Tests.Wecom.Api;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Crm;

public sealed class HttpCrmClientTests : IAsyncLifetime
{
    private const string One = """[{"id":7,"name":"Lin","level":"gold","note":null}]""";

    private readonly ManualTimeProvider _time = new();
    private readonly List<CrmClient> _clients = [];
    private StandIn _crm = null!;

    public async ValueTask InitializeAsync() => _crm = await StandIn.StartAsync();

    public ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        return _crm.DisposeAsync();
    }

    [Fact]
    public async Task A_union_id_finds_with_certainty()
    {
        _crm.Answer = (_, context) => StandIn.Json(context, One);

        var match = (await Client().FindAsync(new CrmQuery { ExternalUserId = "wm1", UnionId = "o/1 &x", Mobiles = ["13000000000"], Quick = true }, default)).Match.ShouldNotBeNull();

        match.Id.ShouldBe("7");
        match.Fields.ShouldBe(new Dictionary<string, string> { ["id"] = "7", ["name"] = "Lin", ["level"] = "gold" }, ignoreOrder: true);
        match.MatchedBy.ShouldBe(CrmKey.UnionId);
        match.Confidence.ShouldBe(CrmConfidence.Certain);
        match.Source.ShouldBe("http");
        var request = _crm.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/api/customers");
        request.Query.ShouldBe(new Dictionary<string, string> { ["unionid"] = "o/1 &x" });
    }

    [Fact]
    public async Task A_mobile_finds_only_likely()
    {
        _crm.Answer = (request, context) => StandIn.Json(context, request.Query.ContainsKey("mobile") ? One : "[]");

        var match = (await Client().FindAsync(new CrmQuery { ExternalUserId = "wm1", UnionId = "o1", Mobiles = ["+8613000000000"] }, default)).Match.ShouldNotBeNull();

        match.MatchedBy.ShouldBe(CrmKey.Mobile);
        match.Confidence.ShouldBe(CrmConfidence.Likely);
        _crm.Requests.Last().Query["mobile"].ShouldBe("+8613000000000");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Nobody_is_no_failure(string body)
    {
        _crm.Answer = (_, context) => StandIn.Json(context, body);

        (await Client().FindAsync(ByUnionId, default)).ShouldBe(new CrmFinding(CrmResult.Nobody));
    }

    [Fact]
    public async Task Not_found_is_nobody()
    {
        _crm.Answer = (_, context) => Status(context, 404);

        (await Client().FindAsync(ByUnionId, default)).ShouldBe(new CrmFinding(CrmResult.Nobody));
    }

    [Fact]
    public async Task Two_records_for_one_key_are_nobody_and_no_weaker_key_is_tried()
    {
        _crm.Answer = (_, context) => StandIn.Json(context, """[{"id":1},{"id":2}]""");

        (await Client().FindAsync(new CrmQuery { ExternalUserId = "wm1", UnionId = "o1", Mobiles = ["13000000000"] }, default)).ShouldBe(new CrmFinding(CrmResult.Several));
        _crm.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_mobiles_of_two_records_are_nobody()
    {
        _crm.Answer = (request, context) => StandIn.Json(context, $$"""[{"id":"{{request.Query["mobile"]}}"}]""");

        (await Client().FindAsync(new CrmQuery { ExternalUserId = "wm1", Mobiles = ["1", "2"] }, default)).ShouldBe(new CrmFinding(CrmResult.Several));
    }

    [Fact]
    public async Task An_answer_is_used_again_for_a_while_unless_a_fresh_one_is_wanted()
    {
        _crm.Answer = (_, context) => StandIn.Json(context, One);
        var client = Client();
        await client.FindAsync(ByUnionId, default);

        _time.Advance(TimeSpan.FromSeconds(20));
        (await client.FindAsync(ByUnionId, default)).Match!.Age.ShouldBe(TimeSpan.FromSeconds(20));
        _crm.Requests.Count.ShouldBe(1);

        (await client.FindAsync(ByUnionId with { Fresh = true }, default)).Match!.Age.ShouldBe(TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(1));
        await client.FindAsync(ByUnionId, default);
        _crm.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(500, nameof(WecomFailure.Transient))]
    [InlineData(429, nameof(WecomFailure.Transient))]
    [InlineData(401, nameof(WecomFailure.Denied))]
    [InlineData(400, nameof(WecomFailure.Rejected))]
    [InlineData(302, nameof(WecomFailure.Rejected))]
    public async Task Each_refusal_is_one_clear_failure(int status, string failure)
    {
        _crm.Answer = (_, context) => Status(context, status);

        (await Should.ThrowAsync<CrmException>(() => Client().FindAsync(ByUnionId, default))).Failure.ToString().ShouldBe(failure);
        _crm.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("<html>CANARY</html>", nameof(WecomFailure.Transient))]
    [InlineData("[{\"name\":\"CANARY\",\"id\":{}}]", nameof(WecomFailure.Rejected))]
    public async Task No_failure_shows_what_the_crm_said_or_was_asked(string body, string failure)
    {
        _crm.Answer = (_, context) => StandIn.Json(context, body);

        var thrown = await Should.ThrowAsync<CrmException>(() => Client().FindAsync(new CrmQuery { ExternalUserId = "wm1", Mobiles = ["MOBILE-CANARY"] }, default));

        thrown.Failure.ToString().ShouldBe(failure);
        thrown.ToString().ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task A_crm_that_keeps_failing_is_left_alone_for_a_while()
    {
        _crm.Answer = (_, context) => Status(context, 503);
        var client = Client();
        for (var i = 0; i < 20; i++) await Should.ThrowAsync<CrmException>(() => client.FindAsync(ByUnionId, default));
        _crm.Requests.Count.ShouldBe(10);

        _crm.Answer = (_, context) => StandIn.Json(context, One);
        _time.Advance(TimeSpan.FromSeconds(16));
        (await client.FindAsync(ByUnionId, default)).Result.ShouldBe(CrmResult.One);
    }

    [Fact]
    public async Task A_crm_that_hangs_is_given_up_after_the_time_out()
    {
        var asked = new TaskCompletionSource();
        _crm.Answer = async (_, context) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var found = Client().FindAsync(ByUnionId, default);
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(3));

        (await Should.ThrowAsync<CrmException>(() => found)).Failure.ShouldBe(WecomFailure.Transient);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked_and_nothing_is_known()
    {
        (await Client().FindAsync(new CrmQuery { ExternalUserId = "wm1", Mobiles = [" "] }, default)).ShouldBe(new CrmFinding(CrmResult.NotAsked));
        _crm.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_waits_no_longer_leaves_the_answer_to_the_next()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _crm.Answer = async (_, context) =>
        {
            asked.SetResult();
            await answer.Task;
            await StandIn.Json(context, One);
        };
        var client = Client();
        using var impatient = new CancellationTokenSource();
        var first = client.FindAsync(ByUnionId, impatient.Token);
        await asked.Task;
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        var next = client.FindAsync(ByUnionId, default);
        answer.SetResult();

        (await next).Result.ShouldBe(CrmResult.One);
        _crm.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_crm_that_outlasts_every_callers_patience_is_left_alone_too()
    {
        var asked = new SemaphoreSlim(0);
        _crm.Answer = async (_, context) =>
        {
            asked.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var client = Client();
        for (var n = 0; n < 10; n++)
        {
            using var impatient = new CancellationTokenSource();
            var question = client.FindAsync(new CrmQuery { ExternalUserId = "wm1", UnionId = $"o{n}" }, impatient.Token);
            await asked.WaitAsync();
            await impatient.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(question);
        }

        var last = Enumerable.Range(0, 10).Select(n => client.FindAsync(new CrmQuery { ExternalUserId = "wm1", UnionId = $"o{n}" }, default)).ToList();
        _time.Advance(TimeSpan.FromSeconds(3));
        foreach (var question in last) await Should.ThrowAsync<CrmException>(question);

        (await Should.ThrowAsync<CrmException>(() => client.FindAsync(ByUnionId, default))).Message.ShouldContain("left alone");
        _crm.Requests.Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_cache_forgets_the_oldest_when_it_is_full()
    {
        _crm.Answer = (_, context) => StandIn.Json(context, One);
        var client = Client(o => o.CacheSize = 2);
        foreach (var id in new[] { "a", "b", "c", "b", "c", "a" }) await client.FindAsync(new CrmQuery { ExternalUserId = "wm1", UnionId = id }, default);

        _crm.Requests.Select(r => r.Query["unionid"]).ShouldBe(["a", "b", "c", "a"]);
    }

    [Fact]
    public void A_403_is_of_the_service_when_asked_and_of_the_record_when_written()
    {
        var reply = new HttpReply(403, [], RetryAfter: null);

        (reply.Failure().Failure, reply.Failure(isWrite: true).Failure).ShouldBe((WecomFailure.Denied, WecomFailure.Rejected));
        new HttpReply(401, [], RetryAfter: null).Failure(isWrite: true).Failure.ShouldBe(WecomFailure.Denied);
    }

    [Fact]
    public void Text_that_is_none_is_one_clear_failure()
    {
        using var answer = new HttpReply(200, [(byte)'[', (byte)'"', 0xff, (byte)'"', (byte)']'], RetryAfter: null).ReadJson();

        Should.Throw<CrmException>(() => JsonPointer.TextOf(answer.RootElement[0])).Failure.ShouldBe(WecomFailure.Rejected);
    }

    private static CrmQuery ByUnionId => new() { ExternalUserId = "wm1", UnionId = "o1" };

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private CrmClient Client(Action<HttpCrmOptions>? change = null)
    {
        var client = CrmClients.Http(
            new HttpCrmOptions
            {
                BaseUrl = new Uri(_crm.Address, "api/"),
                FindByUnionId = "customers?unionid={unionId}",
                FindByMobile = "customers?mobile={mobile}",
                StaleFor = TimeSpan.Zero,
                Fields = { ["id"] = "/0/id", ["name"] = "/0/name", ["level"] = "/0/level", ["note"] = "/0/note", ["absent"] = "/0/absent" },
            },
            change,
            _time);
        _clients.Add(client);
        return client;
    }
}
