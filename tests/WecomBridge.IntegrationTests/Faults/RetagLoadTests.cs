using System.Diagnostics;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Traffic;
using WecomBridge.State;
using WecomBridge.Tags;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>Many customers retagged at once after the CRM has changed its mind, while others come.</summary>
public sealed class RetagLoadTests(RabbitServer rabbit)
{
    private const int AddsPerSecond = 5;

    [Fact]
    public async Task Customers_retagged_after_a_CRM_change_cost_two_calls_each_and_no_limit_is_met()
    {
        var count = 10_000.Or(1_500);
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more:
        [
            ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Logging:LogLevel:WecomBridge", "Information"),
            ("Tags:Groups:Level:Owner", "Crm"), ("Tags:Groups:Level:Exclusive", "true"), ("Tags:Groups:Level:Tags:0", "Silver"), ("Tags:Groups:Level:Tags:1", "Gold"),
        ]);
        var people = Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 20, Customers = count + 1000, KnownToCrm = 0 });
        var customers = people.Customers.Take(count).Select(customer => customer.ExternalUserId).ToList();
        var staff = people.Staff[0].UserId;
        await SeedAsync(world, settings, staff, customers);

        var bridge = await world.StartBridgeProcessAsync(settings);
        await using var book = await GreetingBook.OpenAsync(world, broker);
        await using var news = await Subscriber.BindAsync(broker, Exchanges.Profiles, "v1.*.profile.tags_changed.*");
        var before = world.Simulator.Ledger.ApiCalls.Count;
        var took = Stopwatch.StartNew();
        foreach (var customer in customers) await news.CommandAsync(World.Corp, "tags.apply", customer, $$"""{"externalUserId":"{{customer}}","add":["Level/Gold"]}""");
        var adds = TrafficDriver.RunAsync(world.WecomCorp, new TrafficPlan { AddsPerSecond = AddsPerSecond, Duration = TimeSpan.FromSeconds(60.Or(8)) }, seed: 4, CancellationToken.None);
        await Eventually.BecomesTrueAsync("half of them retagged", () => Marks(world, customers).Count >= count / 2, seconds: 300);
        var half = ResidentMegabytes(bridge.Id);
        await Eventually.BecomesTrueAsync("all retagged", () => Marks(world, customers).Count >= count, seconds: 300);
        took.Stop();
        var end = ResidentMegabytes(bridge.Id);
        await Eventually.BecomesTrueAsync("all told", () => news.Of("profile.tags_changed").Count(seen => customers.Contains(seen.Headers["cloudEvents_subject"])) >= count);
        var greeted = await book.BalanceAsync(await adds);

        var set = customers.ToHashSet(StringComparer.Ordinal);
        var calls = world.Simulator.Ledger.ApiCalls.Skip(before).Where(call => call.ExternalUserId is { } id && set.Contains(id)).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{count} retagged in {took.Elapsed.TotalSeconds:0} s with {calls.Count} calls ({(double)calls.Count / (2 * count):0.000} of the least), resident {half} MB at the half and {end} MB at the end, {greeted} greeted meanwhile, slowest {world.Simulator.Ledger.AcceptedWelcomes.Max(welcome => welcome.AgeMs):0} ms");
        calls.Count.ShouldBeLessThanOrEqualTo((int)(2 * count * 1.03));
        world.Simulator.Ledger.ApiCalls.Where(call => call.ErrorCode is 45009 or 45033 or 45035).ShouldBeEmpty();
        Marks(world, customers).ShouldAllBe(mark => mark.Added.Count == 1 && mark.Removed.Count == 1);
        var gold = world.WecomCorp.Tags.FindId("Level", "Gold")!;
        customers.ShouldAllBe(customer => world.WecomCorp.Customers.Relation(staff, customer)!.TagIds.SequenceEqual(new[] { gold }));
        (end - half).ShouldBeLessThan(40);
        world.Simulator.Ledger.AcceptedWelcomes.ShouldAllBe(welcome => welcome.AgeMs < 10_000);
    }

    private static List<Simulator.Ledger.TagMarkEntry> Marks(World world, IReadOnlyCollection<string> customers)
    {
        var set = customers.ToHashSet(StringComparer.Ordinal);
        return [.. world.Simulator.Ledger.TagMarks.Where(mark => set.Contains(mark.ExternalUserId))];
    }

    /// <summary>Customers of long standing, whom the bridge once tagged silver.</summary>
    private static async Task SeedAsync(World world, Dictionary<string, string?> settings, string staff, IReadOnlyList<string> customers)
    {
        const string group = "Level";
        world.WecomCorp.Tags.CreateGroup(group, "Silver", "Gold");
        var silver = world.WecomCorp.Tags.FindId(group, "Silver")!;
        var app = world.WecomCorp.App(World.App);
        var callbacks = app.CallbackUrl;
        app.CallbackUrl = null;
        foreach (var customer in customers)
        {
            world.WecomCorp.Customers.Add(staff, customer, new AddDetails { Ago = TimeSpan.FromHours(2) });
            world.WecomCorp.Customers.EditTags(staff, customer, [silver], []);
        }

        app.CallbackUrl = callbacks;
        var bridge = await Bridge.StartAsync(settings);
        var (database, past) = (bridge.Get<IStateDatabase>(), DateTimeOffset.UtcNow.AddHours(-1));
        await bridge.Get<TagDictionary>().SyncAsync(World.Corp, World.App, CancellationToken.None);
        foreach (var chunk in customers.Chunk(500))
        {
            await database.WriteAsync(
                async session =>
                {
                    foreach (var customer in chunk)
                    {
                        var key = new RelationKey(World.Corp, staff, customer);
                        await TagLedger.TryIntendAsync(session, key, [new TagLedgerEntry(silver, group, "crm", "past", Guid.NewGuid())], [], null, past, past);
                        await TagLedger.ConfirmAsync(session, key, [silver], past);
                        await RelationTagStore.PutAsync(session, new RelationTags(key, [new StandingTag(silver, group, "Silver", "crm")], [], past));
                    }
                },
                CancellationToken.None);
        }

        await bridge.StopAsync();
    }

    private static long ResidentMegabytes(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024;
}
