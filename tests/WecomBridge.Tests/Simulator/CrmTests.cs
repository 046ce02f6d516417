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
