using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Operations;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>A customer comes over a real broker, and an operator looks at them.</summary>
public sealed class ProfilePageFlowTests(RabbitServer rabbit) : IDisposable
{
    private const string Token = "operator-of-the-desk-1";
    private const string Staff = "zhang01";
    private const string Customer = "wm00001KNOWNTOCRM";
    private readonly HttpClient _http = new();

    [Fact]
    public async Task The_page_shows_identity_facts_fields_and_tags_to_who_has_a_token()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Operations:Url", "http://127.0.0.1:0"), ("Operations:Tokens:desk:Token", Token),
            ("Profiles:Description", "{{crm.level}}")]));
        var page = new Uri(bridge.Get<OperationsServer>().Address!, $"/profiles/{World.Corp}/{Customer}");
        await LetTheCustomerComeAsync(world);

        JsonElement shown = default;
        await Eventually.BecomesTrueAsync("the page shows our tag", () => TryRead(page, out shown) && Tags(shown).Count == 1);
        await TagByHandAsync(world);
        await Eventually.BecomesTrueAsync("the page shows the customer whole", () => TryRead(page, out shown) && shown.GetProperty("facts").TryGetProperty("level", out _)
            && Relation(shown).GetProperty("fields").GetProperty("remark").ValueKind == JsonValueKind.String && Tags(shown).Count == 2);

        shown.GetProperty("identity").GetProperty("key").GetString().ShouldBe("unionid");
        shown.GetProperty("identity").GetProperty("crmId").GetString().ShouldBe("c-1");
        shown.GetProperty("facts").GetProperty("level").GetProperty("value").GetString().ShouldBe("gold");
        Relation(shown).GetProperty("userId").GetString().ShouldBe(Staff);
        Relation(shown).GetProperty("status").GetString().ShouldBe("added");
        Relation(shown).GetProperty("channel").GetString().ShouldBe("store-1");
        Relation(shown).GetProperty("fields").GetProperty("remark").GetString().ShouldBe("bridge");
        Tags(shown).ShouldBe(["By-hand/VIP manual", "Channel/Store rule"]);
        world.WecomCorp.Customers.Relation(Staff, Customer)!.Description.ShouldBe("gold");
        bridge.Log.Lines.ShouldContain(line => line.Contains("Pages for operators are on http://127.0.0.1:", StringComparison.Ordinal));
        await AssertRefusalsAsync(world, page);
    }

    public void Dispose() => _http.Dispose();

    private async Task AssertRefusalsAsync(World world, Uri page)
    {
        using var nobody = await _http.GetAsync(page);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var elsewhere = await SendAsync(new Uri(page, "/profiles/other/wm1"));
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // The address of callbacks is where it was, and has health and no pages.
        var main = new Uri($"http://127.0.0.1:{world.Port}");
        using var health = await _http.GetAsync(new Uri(main, "/health/ready"));
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var noPage = await SendAsync(new Uri(main, page.PathAndQuery));
        noPage.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task LetTheCustomerComeAsync(World world)
    {
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff(Staff, "张三"));
        corp.Customers.Put(new SimulatedCustomer(Customer, "Lin") { UnionId = "oKNOWN" });
        world.Simulator.Crm.Put(new CrmCustomer("c-1", "林女士") { Level = "gold", UnionId = "oKNOWN" });
        (await corp.Customers.Add(Staff, Customer, new AddDetails { State = "store-1" }).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
    }

    private static async Task TagByHandAsync(World world)
    {
        // What a member edits within three seconds of our write counts as theirs; events tell whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        var byHand = world.WecomCorp.Tags.CreateGroup("By-hand", "VIP")[1].SubjectId;
        (await world.WecomCorp.Customers.EditTags(Staff, Customer, [byHand], []).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
    }

    private static JsonElement Relation(JsonElement shown) => shown.GetProperty("relations")[0];

    private static List<string> Tags(JsonElement shown) =>
        [.. Relation(shown).GetProperty("tags").EnumerateArray().Select(tag => $"{tag.GetProperty("group").GetString()}/{tag.GetProperty("tag").GetString()} {tag.GetProperty("owner").GetString()}").Order(StringComparer.Ordinal)];

    private bool TryRead(Uri page, out JsonElement shown)
    {
        using var answer = SendAsync(page).GetAwaiter().GetResult();
        shown = default;
        if (answer.StatusCode != HttpStatusCode.OK) return false;
        shown = JsonSerializer.Deserialize<JsonElement>(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        return true;
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return await _http.SendAsync(request);
    }
}
