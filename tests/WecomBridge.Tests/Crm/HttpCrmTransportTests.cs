using Microsoft.AspNetCore.Http;
using WecomBridge.Crm;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Faults;
using WecomBridge.Tests.Wecom.Api;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Crm;

/// <summary>What goes over the wire: credentials, hosts, pages, bodies.</summary>
public sealed class HttpCrmTransportTests : IAsyncLifetime
{
    private const string One = """{"list":[{"id":7}]}""";
    private readonly ManualTimeProvider _time = new();
    private readonly List<IReadOnlyDictionary<string, string>> _headers = [];
    private StandIn _crm = null!;

    public async ValueTask InitializeAsync()
    {
        _crm = await StandIn.StartAsync();
        Answers(_ => One);
    }

    public ValueTask DisposeAsync() => _crm.DisposeAsync();

    [Fact]
    public async Task A_password_a_key_and_further_headers_are_sent_with_every_request()
    {
        await Client(http => http.Auth.Basic = new BasicAuthOptions { User = "bridge", Password = "pässword" }).FindAsync(ByUnionId, default);
        await Client(http => (http.Auth.ApiKey.Value, http.Headers["X-Tenant"]) = ("key", "acme")).FindAsync(ByUnionId, default);

        _headers[0]["Authorization"].ShouldBe("Basic YnJpZGdlOnDDpHNzd29yZA==");
        _headers[0]["Accept"].ShouldBe("application/json");
        (_headers[1]["X-Api-Key"], _headers[1]["X-Tenant"]).ShouldBe(("key", "acme"));
    }

    [Fact]
    public async Task A_question_may_be_posted_with_the_value_escaped_in_its_body()
    {
        await Client(http => http.FindByUnionId = """POST contacts/search {"filter":{"unionid":"{unionId}"}}""").FindAsync(ByUnionId with { UnionId = "a\"},{\"b" }, default);

        var request = _crm.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path, request.ContentType).ShouldBe(("POST", "/api/contacts/search", "application/json; charset=utf-8"));
        System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["filter"]!["unionid"]!.GetValue<string>().ShouldBe("a\"},{\"b");
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_value_that_would_lead_elsewhere_is_not_asked(string unionId)
    {
        (await Client(http => http.FindByUnionId = "customers/{unionId}").FindAsync(ByUnionId with { UnionId = unionId }, default)).Result.ShouldBe(CrmResult.Nobody);
        _crm.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.2:1/next")]
    [InlineData("http://127.0.0.1:1/next")]
    [InlineData("https://elsewhere.example/next")]
    [InlineData("//elsewhere.example/next")]
    public async Task No_other_host_is_called_even_when_the_crm_says_so(string next)
    {
        Answers(_ => $$"""{"list":[{"id":7}],"next":"{{next}}"}""");

        var thrown = await Should.ThrowAsync<CrmException>(() => Client(http => http.NextPage = "/next").FindAsync(ByUnionId, default));

        (thrown.Failure, thrown.Message).ShouldBe((WecomFailure.Rejected, "An address of the CRM leads to a host that may not be called."));
        thrown.ToString().ShouldNotContain("elsewhere");
    }

    [Fact]
    public async Task A_redirect_is_an_answer_that_does_not_fit()
    {
        _crm.Answer = (_, context) =>
        {
            context.Response.Redirect("/api/other");
            return Task.CompletedTask;
        };

        (await Should.ThrowAsync<CrmException>(() => Client().FindAsync(ByUnionId, default))).Failure.ShouldBe(WecomFailure.Rejected);
        _crm.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"list":[{"id":7}],"total":2}""", nameof(CrmResult.Several))]
    [InlineData("""{"list":[{"id":7}],"total":1}""", nameof(CrmResult.One))]
    [InlineData("""{"list":[],"total":0}""", nameof(CrmResult.Nobody))]
    public async Task A_crm_that_counts_is_believed(string answer, string result)
    {
        Answers(_ => answer);

        (await Client(http => http.Total = "/total").FindAsync(ByUnionId, default)).Result.ToString().ShouldBe(result);
    }

    [Theory]
    [InlineData("7 8", nameof(CrmResult.Several), 2)]
    [InlineData("- 7", nameof(CrmResult.One), 2)]
    [InlineData("7 -", nameof(CrmResult.One), 2)]
    [InlineData("7,8 9", nameof(CrmResult.Several), 1)]
    [InlineData("- -", nameof(CrmResult.Nobody), 2)]
    public async Task Pages_are_read_until_it_is_known_whether_there_is_more_than_one(string pages, string result, int reads)
    {
        var all = pages.Split(' ');
        Answers(request =>
        {
            var page = request.Query.TryGetValue("page", out var number) ? int.Parse(number) : 0;
            var list = all[page] == "-" ? "" : string.Join(',', all[page].Split(',').Select(id => $$"""{"id":{{id}}}"""));
            return $$"""{"list":[{{list}}],"next":{{(page + 1 < all.Length ? $"\"customers?page={page + 1}\"" : "null")}}}""";
        });

        (await Client(http => http.NextPage = "/next").FindAsync(ByUnionId, default)).Result.ToString().ShouldBe(result);
        _crm.Requests.Count.ShouldBe(reads);
    }

    [Fact]
    public async Task An_answer_without_end_and_one_that_is_too_large_are_refused()
    {
        Answers(_ => """{"list":[],"next":"customers"}""");
        (await Should.ThrowAsync<CrmException>(() => Client(http => http.NextPage = "/next").FindAsync(ByUnionId, default))).Message.ShouldBe("The CRM's answer has more than 5 pages.");
        _crm.Requests.Count.ShouldBe(5);

        Answers(_ => $$"""{"list":[{"id":7,"note":"{{new string('x', 1024 * 1024)}}"}]}""");
        (await Should.ThrowAsync<CrmException>(() => Client().FindAsync(ByUnionId, default))).Message.ShouldBe("The CRM's answer is larger than 1024 KiB.");
    }

    [Fact]
    public async Task The_crms_wish_to_wait_is_passed_on()
    {
        _crm.Answer = (_, context) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };

        (await Should.ThrowAsync<CrmException>(() => Client().FindAsync(ByUnionId, default))).RetryAfter.ShouldBe(TimeSpan.FromMinutes(2));
    }

    private static CrmQuery ByUnionId => new() { ExternalUserId = "wm1", UnionId = "u1" };

    private void Answers(Func<StandIn.Received, string> answer) => _crm.Answer = (request, context) =>
    {
        _headers.Add(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        return StandIn.Json(context, answer(request));
    };

    private CrmClient Client(Action<HttpCrmOptions>? change = null) => CrmClients.Http(
        new HttpCrmOptions { BaseUrl = new Uri(_crm.Address, "api/"), FindByUnionId = "customers?unionid={unionId}", Fields = { ["id"] = "/list/0/id" } }, change, _time);
}

/// <summary>Tokens by client credentials, against the simulated SuiteCRM.</summary>
public sealed class OAuth2TokenTests
{
    [Fact]
    public async Task Many_questions_at_once_fetch_one_token()
    {
        await using var host = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => host.Client.FindAsync(By($"u{n}"), default)));

        Tokens(host).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_is_renewed_before_its_end_and_once_when_it_has_ended_early()
    {
        await using var host = await StartAsync();
        await host.Client.FindAsync(By("u1"), default);
        host.Time.Advance(TimeSpan.FromMinutes(55));
        await host.Client.FindAsync(By("u2"), default);
        Tokens(host).ShouldBe(2);

        host.Simulator.EndSuiteCrmTokens();
        (await host.Client.FindAsync(By("u3"), default)).Result.ShouldBe(CrmResult.Nobody);
        Tokens(host).ShouldBe(3);
    }

    [Fact]
    public async Task A_wrong_secret_is_said_in_health_and_not_tried_all_the_time()
    {
        await using var host = await StartAsync(("Crm:Http:Auth:OAuth2:ClientSecret", "wrong-CANARY"));

        for (var n = 0; n < 5; n++)
        {
            var thrown = await Should.ThrowAsync<CrmException>(() => host.Client.FindAsync(By($"u{n}"), default));
            thrown.Failure.ShouldBe(WecomFailure.Denied);
            thrown.ToString().ShouldNotContain("CANARY");
        }

        Tokens(host).ShouldBe(1);
        (await host.HealthAsync()).Text.ShouldStartWith("The CRM refuses this service: The CRM gives no token: HTTP 401.");
        host.Time.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<CrmException>(() => host.Client.FindAsync(By("u9"), default));
        Tokens(host).ShouldBe(2);
    }

    [Fact]
    public async Task A_token_server_that_is_away_is_a_crm_that_is_away()
    {
        await using var host = await StartAsync();
        host.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.ServerError, Status = 503, Pattern = "access_token", Times = 1 });

        (await Should.ThrowAsync<CrmException>(() => host.Client.FindAsync(By("u1"), default))).Failure.ShouldBe(WecomFailure.Transient);
        (await host.Client.FindAsync(By("u1"), default)).Result.ShouldBe(CrmResult.Nobody);
    }

    private static Task<CrmHost> StartAsync(params (string Key, string? Value)[] more) => CrmHost.StartAsync(simulator =>
    [
        ("Crm:Provider", "Http"),
        ("Crm:Http:BaseUrl", simulator.Simulator.SuiteCrmBaseUrl.ToString()),
        ("Crm:Http:Auth:OAuth2:TokenUrl", simulator.Simulator.SuiteCrmBaseUrl + "access_token"),
        ("Crm:Http:Auth:OAuth2:ClientId", WecomBridge.Simulator.WecomSimulator.SuiteCrmClientId),
        ("Crm:Http:Auth:OAuth2:ClientSecret", "crm-token"),
        ("Crm:Http:FindByUnionId", "V8/module/Contacts?filter[wechat_unionid_c][eq]={unionId}&page[size]=2"),
        ("Crm:Http:Fields:id", "/data/0/id"),
        .. more,
    ]);

    private static CrmQuery By(string unionId) => new() { ExternalUserId = "wm1", UnionId = unionId };

    private static int Tokens(CrmHost host) => host.Simulator.Ledger.CrmCalls.Count(call => call.Path == "access_token");
}
