using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WecomBridge.Simulator;
using WecomBridge.Simulator.Faults;

namespace WecomBridge.Tests.Simulator;

public sealed class ControlTests
{
    [Fact]
    public async Task The_index_lists_every_call()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var calls = (await wecom.Client.GetFromJsonAsync<JsonArray>(wecom.Simulator.ControlUrl))!.Select(c => c.Text("call")).ToList();
        calls.ShouldContain("POST /control/customers/add");
        calls.ShouldContain("GET /control/ledger");
        calls.ShouldBeUnique();
    }

    [Fact]
    public async Task A_person_makes_things_happen_and_reads_the_ledger()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        await PostAsync(wecom, "callbacks/url", new { app = "contact", url = sink.Url });
        var add = (await PostAsync(wecom, "customers/add", new { userId = "zhang", externalUserId = "wm1", name = "Lin", unionId = "o1", state = "expo" }))!.AsArray().ShouldHaveSingleItem();
        add!["outcomes"]![0]!["acknowledged"]!.GetValue<bool>().ShouldBeTrue();
        await PostAsync(wecom, "customers/edit", new { userId = "zhang", externalUserId = "wm1", remark = "Lin", mobiles = new[] { "130" } });
        var chat = (await PostAsync(wecom, "groups/create", new { owner = "zhang", name = "G", members = new[] { "wm1" } }))![0].Text("subjectId");
        await PostAsync(wecom, "groups/join", new { chatId = chat, members = new[] { "wm2" } });
        await PostAsync(wecom, "tags/create-group", new { name = "Channel", tags = new[] { "Store" } });
        await PostAsync(wecom, "callbacks/raw", new { plaintext = "<xml><Event>odd</Event></xml>" });
        await PostAsync(wecom, "customers/leave", new { userId = "zhang", externalUserId = "wm1", wait = false });
        var ledger = await wecom.Client.GetFromJsonAsync<JsonArray>("control/ledger?type=callback");
        ledger!.Select(e => e.Text("kind")).ShouldContain("odd");
        ledger!.Select(e => e.Text("kind")).ShouldContain("change_external_tag/create");
        var state = await wecom.Client.GetFromJsonAsync<JsonObject>("control/state");
        state!["relations"]![0].Text("remark").ShouldBe("Lin");
        state["customers"]![0].Text("unionId").ShouldBe("o1");
    }

    [Fact]
    public async Task A_customer_who_comes_by_a_link_sends_a_request_and_is_added_with_its_channel()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        await PostAsync(wecom, "callbacks/url", new { app = "contact", url = sink.Url });
        var link = (await PostAsync(wecom, "links/create", new { name = "Ad", users = new[] { "zhang" } })).Text("linkId");
        link!.ShouldStartWith("ca");
        await PostAsync(wecom, "links/come", new { linkId = link, externalUserId = "wm1", channel = "ad-42" });
        await PostAsync(wecom, "links/come", new { linkId = link, externalUserId = "wm2" });

        var corp = wecom.Simulator.Wecom.Corp();
        corp.Links.All.ShouldHaveSingleItem().Customers.ShouldBe(2);
        corp.Customers.Relation("zhang", "wm1")!.State.ShouldBe("ad-42");
        corp.Customers.Relation("zhang", "wm1")!.AddWay.ShouldBe(16);
        await PostAsync(wecom, "links/delete", new { linkId = link });
        corp.Links.All.ShouldBeEmpty();
        wecom.Simulator.Ledger.Acknowledged.OrderBy(callback => callback.Event).Select(callback => callback.Kind).ShouldBe(
        [
            "customer_acquisition/friend_request", "change_external_contact/add_external_contact",
            "change_external_contact/add_external_contact", "customer_acquisition/delete_link",
        ]);
        wecom.Simulator.Ledger.Acknowledged.First(callback => callback.Kind.EndsWith("friend_request", StringComparison.Ordinal)).Plaintext.ShouldContain(link);
    }

    [Fact]
    public async Task Faults_rights_and_limits_are_set_from_outside()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        await PostAsync(wecom, "faults", new { target = "api", kind = "errorCode", pattern = "getcallbackip", times = 1, errorCode = 45009 });
        var rule = wecom.Simulator.Faults.Rules.ShouldHaveSingleItem();
        (rule.Kind, rule.ErrorCode, rule.Times).ShouldBe((FaultKind.ErrorCode, 45009, 1));
        (await wecom.Client.GetFromJsonAsync<JsonArray>("control/faults"))!.ShouldHaveSingleItem().Text("kind").ShouldBe("errorCode");
        await wecom.Client.DeleteAsync("control/faults");
        wecom.Simulator.Faults.Rules.ShouldBeEmpty();
        await PostAsync(wecom, "apps", new { addressTrusted = false });
        wecom.Corp.App().AddressTrusted.ShouldBeFalse();
        await PostAsync(wecom, "behaviour", new { perMinute = 5, groupLagMs = 2000 });
        (wecom.Options.Limits.PerMinute, wecom.Options.GroupLag).ShouldBe((5, TimeSpan.FromSeconds(2)));
        await PostAsync(wecom, "behaviour", new { window = "sliding", path = "externalcontact/get", concurrency = 3, emptyFirstPages = true, callsProlongBlocks = false });
        (wecom.Options.Limits.Window, wecom.Options.Limits.Concurrency["externalcontact/get"], wecom.Options.EmptyFirstPages).ShouldBe((RateWindowKind.Sliding, 3, true));
        await PostAsync(wecom, "apps", new { addressTrusted = true, secret = "other" });
        (await wecom.TokenAsync("secret-1")).ShouldBeEmpty();
        await PostAsync(wecom, "apps", new { secret = "secret-1" });
        await wecom.GetAsync("get_api_domain_ip");
        (await wecom.Client.GetFromJsonAsync<JsonArray>("control/rates"))!.ShouldHaveSingleItem()!["peakPerMinute"]!.GetValue<int>().ShouldBe(1);
        (await PostAsync(wecom, "media/expire", new { }))!["expired"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_call_that_makes_no_sense_says_why()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        using var missing = await wecom.Client.PostAsJsonAsync("control/customers/add", new { });
        missing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await missing.Content.ReadAsStringAsync()).ShouldContain("userId is missing");
        using var unknown = await wecom.Client.PostAsJsonAsync("control/customers/leave", new { userId = "a", externalUserId = "b" });
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var odd = await wecom.Client.PostAsJsonAsync("control/faults", new { target = "api", kind = "explode" });
        odd.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_console_saves_only_an_address_that_gives_the_plaintext_back()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        var refused = await PostAsync(wecom, "callbacks/verify", new { });
        refused!["accepted"]!.GetValue<bool>().ShouldBeFalse();
        sink.Answer = (_, context) => CallbackSink.EchoAsync(context);
        (await wecom.Corp.VerifyCallbackAsync("contact", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static async Task<JsonNode?> PostAsync(SimulatorFixture wecom, string path, object body)
    {
        using var answer = await wecom.Client.PostAsJsonAsync("control/" + path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonNode>();
    }
}
