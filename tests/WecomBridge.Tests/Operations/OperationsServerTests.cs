using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using WecomBridge.Operations;
using WecomBridge.State;

namespace WecomBridge.Tests.Operations;

public sealed class OperationsServerTests
{
    private static readonly TestPages Pages = new(routes =>
    {
        routes.MapGet("/plain", http => OperationsAnswer.WriteAsync(http, new { SaidBy = "plain" }));
        routes.MapGet("/act", http => OperationsAnswer.WriteAsync(http, new { SaidBy = "act" })).Needs(OperationsRole.Operate);
        routes.MapGet("/open", http => OperationsAnswer.WriteAsync(http, new { SaidBy = "open" })).IsOpen();
        routes.MapGet("/away", _ => throw new StateUnavailableException("secret detail"));
        routes.MapGet("/broken", _ => throw new FormatException("secret detail"));
    });

    [Theory]
    [InlineData("/plain", OperationsHost.Reader, 200)]
    [InlineData("/plain", OperationsHost.Operator, 200)]
    [InlineData("/act", OperationsHost.Reader, 403)]
    [InlineData("/act", OperationsHost.Operator, 200)]
    [InlineData("/open", "whatever", 200)]
    [InlineData("/plain", "reader-token-012345678", 401)]
    [InlineData("/plain", "reader-token-01234567890", 401)]
    [InlineData("/plain", "", 401)]
    [InlineData("/nowhere", OperationsHost.Reader, 404)]
    public async Task A_page_answers_whom_it_may(string path, string token, int status)
    {
        await using var host = await OperationsHost.StartWithTokensAsync(Pages);

        using var answer = await host.ReadAsync(path, token);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_has_no_good_token_gets_the_same_answer()
    {
        await using var host = await OperationsHost.StartWithTokensAsync(Pages);
        await using var closed = await OperationsHost.StartAsync(Pages);

        var answers = new List<string>();
        foreach (var (at, header) in new[] { (host, null), (host, "Bearer wrong-token-0123456789"), (host, $"Basic {OperationsHost.Reader}"), (host, "Bearer"), (closed, $"Bearer {OperationsHost.Reader}"), (closed, null) })
        {
            using var answer = await at.SendAsync("/plain", header);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
            answers.Add(await answer.Content.ReadAsStringAsync());
        }

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("/away", "GET", 503, "state_unavailable")]
    [InlineData("/broken", "GET", 500, "internal")]
    [InlineData("/plain", "DELETE", 405, "method_not_allowed")]
    [InlineData("/nowhere", "GET", 404, "not_found")]
    public async Task Every_failure_has_one_shape_and_tells_nothing_private(string path, string method, int status, string error)
    {
        await using var host = await OperationsHost.StartWithTokensAsync(Pages);

        using var answer = await host.SendAsync(path, $"Bearer {OperationsHost.Reader}", method);

        ((int)answer.StatusCode).ShouldBe(status);
        var body = await answer.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("error").GetString().ShouldBe(error);
        json.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["error", "detail"]);
        body.ShouldNotContain("secret detail");
    }

    [Fact]
    public async Task An_answer_is_JSON_in_camel_case()
    {
        await using var host = await OperationsHost.StartWithTokensAsync(Pages);

        using var answer = await host.ReadAsync("/plain");

        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"saidBy":"plain"}""");
    }

    [Fact]
    public async Task An_empty_address_serves_nothing()
    {
        await using var host = await OperationsHost.StartAsync(Pages, ("Operations:Url", ""));

        host.Server.Address.ShouldBeNull();
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_the_settings_name()
    {
        await using var first = await OperationsHost.StartAsync(Pages);

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => OperationsHost.StartAsync(Pages, ("Operations:Url", first.Server.Address!.ToString())));

        refusal.Message.ShouldStartWith("Operations:Url:");
        refusal.InnerException.ShouldBeOfType<IOException>().Message.ShouldContain("in use");
    }

    [Theory]
    [InlineData("http://127.0.0.1:9090", 0)]
    [InlineData("http://localhost:9090", 0)]
    [InlineData("http://[::1]:9090/", 0)]
    [InlineData("", 0)]
    [InlineData("http://0.0.0.0:9090", 1)]
    [InlineData("http://10.0.0.7:9090", 1)]
    [InlineData("https://127.0.0.1:9090", 1)]
    [InlineData("http://ops.example:9090", 1)]
    [InlineData("http://127.0.0.1:9090/ops", 1)]
    [InlineData("http://me:secret@127.0.0.1:9090", 1)]
    [InlineData("9090", 1)]
    public void An_address_beyond_loopback_needs_tokens_and_a_bad_one_is_refused(string url, int faults) => Faults("Development", ("Operations:Url", url)).Count.ShouldBe(faults);

    [Fact]
    public void With_tokens_any_address_will_do() =>
        Faults("Development", ("Operations:Url", "http://0.0.0.0:9090"), ("Operations:Tokens:me:Token", OperationsHost.Reader)).ShouldBeEmpty();

    [Theory]
    [InlineData("Development", "me", "too-short")]
    [InlineData("Development", "me", "with a space 0123456789")]
    [InlineData("Development", "me", "")]
    [InlineData("Development", "Me!", OperationsHost.Reader)]
    [InlineData("Production", "me", OperationsHost.Reader)]
    [InlineData("Production", "me", "env:WECOMBRIDGE_TESTS_NO_SUCH_VARIABLE")]
    public void A_bad_token_is_named_and_never_shown(string environment, string name, string token)
    {
        var fault = Faults(environment, ($"Operations:Tokens:{name}:Token", token)).ShouldHaveSingleItem();

        fault.ShouldStartWith($"Operations:Tokens:{name}");
        if (token.Length > 0 && !token.StartsWith("env:", StringComparison.Ordinal)) fault.ShouldNotContain(token);
    }

    [Fact]
    public void Two_names_may_not_share_a_token() =>
        Faults("Development", ("Operations:Tokens:a:Token", OperationsHost.Reader), ("Operations:Tokens:b:Token", OperationsHost.Reader)).ShouldHaveSingleItem().ShouldStartWith("Operations:Tokens:b:Token");

    private static IReadOnlyList<string> Faults(string environment, params (string, string?)[] settings) =>
        SettingsCheck.Faults<OperationsOptions>(services => services.AddOperations(), environment, settings);
}
