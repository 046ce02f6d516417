using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WecomBridge.Tests.Simulator;

public sealed class TokenTests
{
    [Fact]
    public async Task One_token_lives_for_two_hours_and_is_given_again_until_then()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var answer = await wecom.Client.GetFromJsonAsync<JsonObject>($"cgi-bin/gettoken?corpid={SimulatorFixture.CorpId}&corpsecret=secret-1");
        answer!["errcode"]!.GetValue<int>().ShouldBe(0);
        answer["errmsg"]!.GetValue<string>().ShouldBe("ok");
        answer["expires_in"]!.GetValue<int>().ShouldBe(7200);
        var token = answer["access_token"]!.GetValue<string>();
        (await wecom.TokenAsync()).ShouldBe(token);
        wecom.Clock.Move(TimeSpan.FromSeconds(7200));
        (await CodeAsync(wecom, token)).ShouldBe(42001);
        (await wecom.TokenAsync()).ShouldNotBe(token);
    }

    [Fact]
    public async Task A_revoked_or_unknown_token_is_invalid_and_none_is_missing()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var token = await wecom.TokenAsync();
        wecom.Simulator.RevokeToken(wecom.Corp.App("contact"));
        (await CodeAsync(wecom, token)).ShouldBe(40014);
        (await CodeAsync(wecom, "nonsense")).ShouldBe(40014);
        (await CodeAsync(wecom, "")).ShouldBe(41001);
        (await CodeAsync(wecom, await wecom.TokenAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_secret_that_is_tried_again_and_again_bans_the_address_for_an_hour()
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Limits.WrongSecrets = 2);
        (await TokenCodeAsync(wecom, "wrong")).ShouldBe(40001);
        (await TokenCodeAsync(wecom, "wrong")).ShouldBe(40001);
        (await TokenCodeAsync(wecom, "wrong")).ShouldBe(45009);
        (await TokenCodeAsync(wecom, "secret-1")).ShouldBe(45009);
        wecom.Clock.Move(TimeSpan.FromHours(1));
        (await TokenCodeAsync(wecom, "secret-1")).ShouldBe(0);
    }

    [Theory]
    [InlineData("corpsecret=secret-1", 41002)]
    [InlineData("corpid=ww00000000000000aa", 41004)]
    [InlineData("corpid=ww-unknown&corpsecret=secret-1", 40013)]
    public async Task A_request_for_a_token_names_what_is_wrong_with_it(string query, int code)
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var answer = await wecom.Client.GetFromJsonAsync<JsonObject>("cgi-bin/gettoken?" + query);
        answer!["errcode"]!.GetValue<int>().ShouldBe(code);
        answer["access_token"]!.GetValue<string>().ShouldBe("");
    }

    [Fact]
    public async Task An_unknown_path_is_404_with_an_empty_body()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        using var answer = await wecom.Client.GetAsync("cgi-bin/externalcontact/nothing?access_token=" + await wecom.TokenAsync());
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("");
    }

    [Fact]
    public async Task The_apps_rights_decide_and_the_refusal_names_the_callers_address()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var app = wecom.Corp.App("contact");
        app.CustomerApiAllowed = false;
        (await wecom.PostAsync("externalcontact/get_corp_tag_list", new { }))["errcode"]!.GetValue<int>().ShouldBe(48002);
        app.AddressTrusted = false;
        var refused = await wecom.GetAsync("getcallbackip");
        refused["errcode"]!.GetValue<int>().ShouldBe(60020);
        refused["errmsg"]!.GetValue<string>().ShouldContain("from ip: 203.0.113.7");
    }

    private static async Task<int> CodeAsync(SimulatorFixture wecom, string token) =>
        (await wecom.Client.GetFromJsonAsync<JsonObject>("cgi-bin/getcallbackip?access_token=" + token))!.Code();

    private static async Task<int> TokenCodeAsync(SimulatorFixture wecom, string secret) =>
        (await wecom.Client.GetFromJsonAsync<JsonObject>($"cgi-bin/gettoken?corpid={SimulatorFixture.CorpId}&corpsecret={secret}"))!["errcode"]!.GetValue<int>();
}
