using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>From a real encrypted callback to the greeting, the tag and the profile, over every transport and database.</summary>
public sealed class PipeTests(RabbitServer rabbit, PostgresServer postgres)
{
    private const string Staff = "zhang01";
    private const string Known = "wm00001KNOWNTOCRM";
    private const string Fair = "wm00002CAMEBYEXPO";
    private const string Stranger = "wm00003NOCHANNEL";

    [Fact]
    public async Task Embedded_with_SQLite_greets_tags_and_profiles()
    {
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(world.Settings());
        await LetCustomersComeAsync(world);
        await AssertEffectsAsync(world);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task RabbitMq_greets_tags_profiles_and_tells_subscribers(string state)
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()),
            ("Routing:Subscribers:sales:Queue", "crm.sales.customers"), ("Routing:Subscribers:sales:Events:0", "customer.*"), ("Routing:Subscribers:sales:Events:1", "profile.*")]);
        if (state == "Postgres") (settings["State:Provider"], settings["State:ConnectionString"]) = (state, await postgres.CreateDatabaseAsync());
        await world.StartBridgeAsync(settings);
        await using var everything = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        await using var sales = await Subscriber.OfQueueAsync(broker, "crm.sales.customers");

        await LetCustomersComeAsync(world);
        await AssertEffectsAsync(world);

        await Eventually.BecomesTrueAsync("all events at the subscribers", () => everything.Of("welcome.sent").Count() == 3 && sales.Of("profile.tags_changed").Count() == 2 && sales.Of("profile.updated").Any(message => message.Headers["cloudEvents_subject"] == Known) && everything.Of("customer.left").Any());
        everything.Of("customer.added").Count().ShouldBe(3);
        everything.Of("group.created").Count().ShouldBe(1);
        everything.Of("group.members_added").Single().Json.GetProperty("data").GetProperty("joinScene").GetString().ShouldBe("qr_code");
        everything.Messages.ShouldAllBe(message => message.RoutingKey.StartsWith("v1.acme.") && message.MessageId == message.Json.GetProperty("id").GetString());
        everything.Messages.Select(message => message.MessageId).Distinct().Count().ShouldBe(everything.Messages.Count);
        sales.Messages.ShouldAllBe(message => message.RoutingKey.Split('.')[2] == "customer" || message.RoutingKey.Split('.')[2] == "profile");
        sales.Of("profile.updated").First(message => message.Headers["cloudEvents_subject"] == Known).Body.ShouldContain("gold");
        everything.Messages.ShouldAllBe(message => !message.Body.Contains("gold") && !message.Body.Contains("林女士"));
    }

    private static async Task LetCustomersComeAsync(World world)
    {
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff(Staff, "张三"));
        corp.Customers.Put(new SimulatedCustomer(Known, "Lin") { UnionId = "oKNOWN" });
        corp.Customers.Put(new SimulatedCustomer(Fair, "Fair"));
        corp.Customers.Put(new SimulatedCustomer(Stranger, "Stranger"));
        world.Simulator.Crm.Put(new CrmCustomer("c-1", "林女士") { Level = "gold", UnionId = "oKNOWN" });
        Happening[] happenings =
        [
            corp.Customers.Add(Staff, Known, new AddDetails { State = "store-1" }),
            corp.Customers.Add(Staff, Fair, new AddDetails { State = "expo-2026" }),
            corp.Customers.Add(Staff, Stranger),
            corp.Groups.Create(Staff, "Friends", Known),
        ];
        foreach (var happening in happenings) (await happening.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        (await corp.Groups.Join(corp.Groups.All[0].ChatId, [Fair]).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        (await corp.Customers.LeaveByCustomer(Staff, Stranger).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
    }

    private static async Task AssertEffectsAsync(World world)
    {
        var ledger = world.Simulator.Ledger;
        await Eventually.BecomesTrueAsync("three greetings", () => ledger.AcceptedWelcomes.Count == 3);
        ledger.AcceptedWelcomes.Single(welcome => welcome.ExternalUserId == Known).Text.ShouldBe("Hi from store-1!");
        ledger.AcceptedWelcomes.Single(welcome => welcome.ExternalUserId == Known).Attachments.Count.ShouldBe(1);
        ledger.AcceptedWelcomes.Single(welcome => welcome.ExternalUserId == Fair).Text.ShouldBe("Welcome!");
        ledger.AcceptedWelcomes.ShouldAllBe(welcome => welcome.AgeMs < 18_000);

        var corp = world.WecomCorp;
        await Eventually.BecomesTrueAsync("both channel tags", () => TagsOf(corp, Known).Contains("Store") && TagsOf(corp, Fair).Contains("Expo"));
        TagsOf(corp, Stranger).ShouldBeEmpty();
        await Eventually.BecomesTrueAsync("the remark from the CRM", () => corp.Customers.Relation(Staff, Known)!.Remark == "林女士 gold");
        ledger.DoubleWelcomes.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> TagsOf(SimulatedCorp corp, string customer)
    {
        var names = corp.Tags.Groups.SelectMany(group => group.Tags).ToDictionary(tag => tag.Id, tag => tag.Name);
        return [.. corp.Customers.Relation(Staff, customer)!.TagIds.Select(id => names[id])];
    }
}
