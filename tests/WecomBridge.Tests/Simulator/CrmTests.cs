using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Faults;

namespace WecomBridge.Tests.Simulator;

public sealed class CrmTests
{
    [Fact]
    public async Task Customers_are_found_by_union_id_and_by_mobile_as_a_list()
    {
        await using var wecom = await StartAsync();
        (await FindAsync(wecom, "unionid=o1")).ShouldHaveSingleItem().Text("id").ShouldBe("c1");
        (await FindAsync(wecom, "mobile=13000000001")).ShouldHaveSingleItem().Text("level").ShouldBe("gold");
        (await FindAsync(wecom, "unionid=nobody")).ShouldBeEmpty();
        (await FindAsync(wecom, "unionid=&mobile=")).ShouldBeEmpty();
        (await wecom.Client.GetFromJsonAsync<JsonObject>("crm/customers/c1")).Text("name").ShouldBe("林");
        (await wecom.Client.GetAsync("crm/customers/c9")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        wecom.Client.DefaultRequestHeaders.Authorization = null;
        (await wecom.Client.GetAsync("crm/customers/c1")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_change_is_made_once_for_one_key()
    {
        await using var wecom = await StartAsync();
        (await PatchAsync(wecom, "silver", "key-1")).ShouldBe(HttpStatusCode.OK);
        (await PatchAsync(wecom, "bronze", "key-1")).ShouldBe(HttpStatusCode.OK);
        wecom.Simulator.Crm.Find("c1")!.Level.ShouldBe("silver");
        (await PatchAsync(wecom, "bronze", "key-2")).ShouldBe(HttpStatusCode.OK);
        wecom.Simulator.Crm.Find("c1")!.Level.ShouldBe("bronze");
        wecom.Simulator.Ledger.CrmCalls.Select(c => c.Committed).ShouldBe([true, false, true]);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, HttpStatusCode.BadGateway, "gold")]
    [InlineData(FaultKind.EffectThenServerError, HttpStatusCode.BadGateway, "silver")]
    [InlineData(FaultKind.WithoutEffect, HttpStatusCode.OK, "gold")]
    public async Task It_can_say_one_thing_and_do_another(FaultKind kind, HttpStatusCode status, string level)
    {
        await using var wecom = await StartAsync();
        wecom.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = kind, Pattern = "customers/*", Times = 1 });
        (await PatchAsync(wecom, "silver", "key-1")).ShouldBe(status);
        wecom.Simulator.Crm.Find("c1")!.Level.ShouldBe(level);
        (await PatchAsync(wecom, "silver", "key-1")).ShouldBe(HttpStatusCode.OK);
        wecom.Simulator.Crm.Find("c1")!.Level.ShouldBe("silver");
    }

    [Theory]
    [InlineData("Contact?where[0][type]=equals&where[0][attribute]=cWechatUnionId&where[0][value]=o1&select=name", HttpStatusCode.OK)]
    [InlineData("Contact/c1", HttpStatusCode.OK)]
    [InlineData("Contact/c9", HttpStatusCode.NotFound)]
    [InlineData("Lead", HttpStatusCode.NotFound)]
    [InlineData("Contact?unionid=o1", HttpStatusCode.BadRequest)]
    [InlineData("Contact?where[0][attribute]=cWechatUnionId&where[0][value]=o1", HttpStatusCode.BadRequest)]
    [InlineData("Contact?maxSize=500", HttpStatusCode.BadRequest)]
    public async Task EspoCRM_takes_what_its_documents_say(string path, HttpStatusCode status)
    {
        await using var wecom = await StartAsync();
        (await wecom.Client.GetAsync("espocrm/api/v1/" + path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wecom.Client.DefaultRequestHeaders.Add("X-Api-Key", "crm-token");
        var answer = await wecom.Client.GetAsync("espocrm/api/v1/" + path);
        answer.StatusCode.ShouldBe(status);
        if (path.Contains("select=name", StringComparison.Ordinal)) (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"total":1,"list":[{"id":"c1","name":"林"}]}""");
    }

    [Fact]
    public async Task SuiteCRM_gives_tokens_to_its_client_and_takes_what_its_documents_say()
    {
        await using var wecom = await StartAsync();
        const string Contacts = "suitecrm/legacy/Api/V8/module/Contacts";
        (await TokenAsync(wecom, "wrong")).ShouldBe((HttpStatusCode.Unauthorized, null));
        (await wecom.Client.GetAsync(Contacts)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wecom.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await TokenAsync(wecom, "crm-token")).Token);

        var found = await wecom.Client.GetFromJsonAsync<JsonObject>(Contacts + "?filter[operator]=and&filter[wechat_unionid_c][eq]=o1&fields[Contacts]=last_name&page[size]=2");
        found!["data"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldBe("""[{"type":"Contact","id":"c1","attributes":{"last_name":"林"},"relationships":{}}]""");
        (await wecom.Client.GetAsync(Contacts + "?unionid=o1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ChangeAsync("text/plain")).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ChangeAsync("application/vnd.api+json")).ShouldBe(HttpStatusCode.OK);
        wecom.Simulator.Crm.Find("c1")!.Level.ShouldBe("silver");

        async Task<HttpStatusCode> ChangeAsync(string type)
        {
            using var body = new StringContent("""{"data":{"type":"Contacts","id":"c1","attributes":{"level_c":"silver"}}}""");
            body.Headers.ContentType = new MediaTypeHeaderValue(type);
            return (await wecom.Client.PatchAsync("suitecrm/legacy/Api/V8/module", body)).StatusCode;
        }
    }

    private static async Task<(HttpStatusCode Status, string? Token)> TokenAsync(SimulatorFixture wecom, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = WecomBridge.Simulator.WecomSimulator.SuiteCrmClientId, ["client_secret"] = secret });
        var answer = await wecom.Client.PostAsync("suitecrm/legacy/Api/access_token", form);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]?.GetValue<string>());
    }

    private static async Task<SimulatorFixture> StartAsync()
    {
        var wecom = await SimulatorFixture.StartAsync();
        wecom.Simulator.Crm.Put(new CrmCustomer("c1", "林") { Level = "gold", UnionId = "o1", Mobile = "13000000001" });
        wecom.Simulator.Crm.Put(new CrmCustomer("c2", "Ann"));
        wecom.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "crm-token");
        return wecom;
    }

    private static async Task<JsonArray> FindAsync(SimulatorFixture wecom, string query) => (await wecom.Client.GetFromJsonAsync<JsonArray>("crm/customers?" + query))!;

    private static async Task<HttpStatusCode> PatchAsync(SimulatorFixture wecom, string level, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "crm/customers/c1") { Content = JsonContent.Create(new { level }) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await wecom.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
