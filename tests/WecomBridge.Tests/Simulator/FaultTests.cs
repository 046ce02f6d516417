using System.Diagnostics;
using System.Net;
using System.Text.Json;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.Tests.Simulator;

public sealed class FaultTests
{
    private const string Path = "externalcontact/send_welcome_msg";

    [Theory]
    [InlineData(FaultKind.Drop, 0)]
    [InlineData(FaultKind.AnswerLost, 1)]
    public async Task An_aborted_connection_leaves_the_outcome_unknown(FaultKind kind, int greetings)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var code = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes["contact"];
        wecom.Simulator.Faults.Add(new FaultRule { Kind = kind, Pattern = "*/send_welcome_msg", Times = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => SendAsync(wecom, code));
        wecom.Simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(greetings);
        (await wecom.PostAsync(Path, Message(code))).Code().ShouldBe(greetings == 0 ? 0 : 41051);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, 0)]
    [InlineData(FaultKind.EffectThenServerError, 1)]
    public async Task A_server_error_is_a_page_of_html(FaultKind kind, int greetings)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var code = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes["contact"];
        wecom.Simulator.Faults.Add(new FaultRule { Kind = kind, Status = 503 });
        await wecom.TokenAsync().ShouldThrowAsync<HttpRequestException>();
        wecom.Simulator.Faults.Clear();
        var token = await wecom.TokenAsync();
        wecom.Simulator.Faults.Add(new FaultRule { Kind = kind, Status = 503 });
        using var answer = await wecom.Client.PostAsync($"cgi-bin/{Path}?access_token={token}", Content(code));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        wecom.Simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(greetings);
    }

    [Fact]
    public async Task A_truncated_answer_is_no_json_and_an_error_code_is_as_told()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Simulator.Faults.Add(new FaultRule { Kind = FaultKind.TruncatedJson, Pattern = "getcallbackip", Times = 1 });
        wecom.Simulator.Faults.Add(new FaultRule { Kind = FaultKind.ErrorCode, ErrorCode = 6000, Pattern = "getcallbackip", Times = 1 });
        await Should.ThrowAsync<JsonException>(() => wecom.GetAsync("getcallbackip"));
        (await wecom.GetAsync("getcallbackip")).Code().ShouldBe(6000);
        (await wecom.GetAsync("getcallbackip")).Code().ShouldBe(0);
        wecom.Simulator.Ledger.CallsOf("getcallbackip").Select(c => c.Fault).ShouldBe(["TruncatedJson", "ErrorCode", null]);
    }

    [Theory]
    [InlineData(FaultKind.EmptyAnswer, "", 1)]
    [InlineData(FaultKind.HtmlAnswer, "<html>", 1)]
    [InlineData(FaultKind.NullErrorCode, """{"errcode":null,"errmsg":null}""", 0)]
    public async Task An_answer_can_be_200_and_no_answer(FaultKind kind, string start, int greetings)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var code = wecom.Corp.Customers.Add("zhang", "wm1").WelcomeCodes["contact"];
        var token = await wecom.TokenAsync();
        wecom.Simulator.Faults.Add(new FaultRule { Kind = kind });
        using var answer = await wecom.Client.PostAsync($"cgi-bin/{Path}?access_token={token}", Content(code));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith(start);
        wecom.Simulator.Ledger.AcceptedWelcomes.Count.ShouldBe(greetings);
    }

    [Fact]
    public async Task A_rule_can_be_disarmed_alone()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var (first, second) = (new FaultRule { Kind = FaultKind.ErrorCode }, new FaultRule { Kind = FaultKind.ErrorCode });
        wecom.Simulator.Faults.Add(first);
        wecom.Simulator.Faults.Add(second);
        wecom.Simulator.Faults.Remove(first);
        wecom.Simulator.Faults.Rules.ShouldHaveSingleItem().ShouldBeSameAs(second);
    }

    [Theory]
    [InlineData(FaultKind.SlowDrip)]
    [InlineData(FaultKind.Delay)]
    public async Task A_slow_answer_is_complete_at_last(FaultKind kind)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        await wecom.GetAsync("getcallbackip");
        wecom.Simulator.Faults.Add(new FaultRule { Kind = kind, Delay = TimeSpan.FromMilliseconds(400) });
        var started = Stopwatch.GetTimestamp();
        (await wecom.GetAsync("getcallbackip")).Code().ShouldBe(0);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_hanging_call_ends_when_the_caller_leaves()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        await wecom.GetAsync("getcallbackip");
        wecom.Simulator.Faults.Add(new FaultRule { Kind = FaultKind.Hang, Times = 1 });
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(() => wecom.Client.GetAsync("cgi-bin/getcallbackip?access_token=x", patience.Token));
        (await wecom.GetAsync("getcallbackip")).Code().ShouldBe(0);
    }

    [Fact]
    public async Task A_token_can_be_revoked_under_a_call()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var token = await wecom.TokenAsync();
        wecom.Simulator.Faults.Add(new FaultRule { Kind = FaultKind.RevokeToken, Pattern = "getcallbackip", Times = 1 });
        (await wecom.GetAsync("getcallbackip")).Code().ShouldBe(40014);
        (await wecom.GetAsync("get_api_domain_ip")).Code().ShouldBe(40014);
        (await wecom.TokenAsync()).ShouldNotBe(token);
    }

    [Fact]
    public async Task Callbacks_can_be_lost_and_doubled()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        Play(wecom, FaultKind.Drop);
        (await wecom.Corp.Customers.Add("zhang", "wm1").Delivered)[0].Acknowledged.ShouldBeFalse();
        Play(wecom, FaultKind.Duplicate);
        (await wecom.Corp.Customers.Add("zhang", "wm2").Delivered)[0].Acknowledged.ShouldBeTrue();
        sink.Requests.Select(r => CallbackSink.Open(r).Element("ExternalUserID")!.Value).ShouldBe(["wm2", "wm2"]);
        wecom.Simulator.Ledger.Unacknowledged.ShouldHaveSingleItem().Failure.ShouldBe("dropped");
        wecom.Simulator.Ledger.Callbacks.Count(c => c.Duplicate).ShouldBe(1);
    }

    [Fact]
    public async Task Callbacks_can_overtake_one_another()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        wecom.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Callback, Kind = FaultKind.Reorder, Pattern = "*/add_external_contact", Delay = TimeSpan.FromSeconds(20) });
        var add = wecom.Corp.Customers.Add("zhang", "wm1");
        await wecom.Corp.Customers.Edit("zhang", "wm1", r => r).Delivered;
        await add.Delivered;
        sink.Requests.Select(r => CallbackSink.Open(r).Element("ChangeType")!.Value).ShouldBe(["edit_external_contact", "add_external_contact"]);
    }

    [Fact]
    public async Task A_rule_with_a_chance_is_played_alike_for_the_same_seed()
    {
        async Task<List<int?>> RunAsync()
        {
            await using var wecom = await SimulatorFixture.StartAsync();
            wecom.Simulator.Faults.Add(new FaultRule { Kind = FaultKind.ErrorCode, Pattern = "getcallbackip", Probability = 0.5, Skip = 2 });
            for (var i = 0; i < 30; i++) await wecom.GetAsync("getcallbackip");
            return [.. wecom.Simulator.Ledger.CallsOf("getcallbackip").Select(c => c.ErrorCode)];
        }

        var first = await RunAsync();
        first.Take(2).ShouldAllBe(c => c == 0);
        first.Distinct().Count().ShouldBe(2);
        (await RunAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task A_fault_that_cannot_happen_to_its_target_is_refused()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        Should.Throw<ArgumentException>(() => wecom.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.Reorder }));
        wecom.Simulator.Faults.Rules.ShouldBeEmpty();
    }

    private static void Play(SimulatorFixture wecom, FaultKind kind) => wecom.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Callback, Kind = kind, Times = 1 });

    private static object Message(string code) => new { welcome_code = code, text = new { content = "Hello" } };

    private static StringContent Content(string code) => new(JsonSerializer.Serialize(Message(code)));

    private static async Task SendAsync(SimulatorFixture wecom, string code) => await wecom.PostAsync(Path, Message(code));
}
