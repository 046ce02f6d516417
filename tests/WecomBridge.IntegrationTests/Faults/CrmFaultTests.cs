using WecomBridge.Crm;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Ledger;
using WecomBridge.Simulator.Platform;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F35 and F36: the CRM is away, or does not do what it says. Greetings do not notice; what WeCom knows ends in the CRM, the newest state once.</summary>
[MostlyWaits]
public sealed class CrmFaultTests
{
    private const int Customers = 15;
    private const string Writes = "customers/*";

    /// <summary>Fewer than make the lane wait for a CRM that says nothing.</summary>
    private const int Lost = WorkPauses.SilencesBeforePause - 1;
    private static readonly string[] Staff = ["zhang", "li"];

    [Fact]
    public async Task F35_greetings_go_on_without_the_crm_and_all_writes_are_applied_after_the_newest_state_once()
    {
        var away = TimeSpan.FromMinutes(60).Or(TimeSpan.FromSeconds(3));
        await using var world = await StartAsync();
        var bridge = await world.StartBridgeAsync(Settings(world));
        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.ServerError, Status = 503 });
        var adds = await ComeAsync(world, first: 0);
        await Task.Delay(away);
        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.Hang });
        world.Simulator.Faults.Remove(world.Simulator.Faults.Rules[0]);
        adds.AddRange(await ComeAsync(world, first: Customers));
        // The newest state is another than the first: a second member comes, and some customers leave.
        foreach (var customer in Ids(0, 2 * Customers))
        {
            adds.Add(world.WecomCorp.Customers.Add(Staff[1], customer, new AddDetails { State = "expo-1" }));
            if (customer.EndsWith('0')) world.WecomCorp.Customers.LeaveByCustomer(Staff[0], customer);
        }

        await Task.Delay(away);
        foreach (var add in adds) (await add.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        await Eventually.BecomesTrueAsync("every add greeted while the CRM is away", () => world.Simulator.Ledger.AcceptedWelcomes.Count == adds.Count);
        world.Simulator.Ledger.DoubleWelcomes.ShouldBeEmpty();
        Committed(world).ShouldBeEmpty();

        world.Simulator.Faults.Clear(FaultTarget.Crm);
        // After so long a silence the next try is up to a quarter of an hour away.
        await KeptAsync(world, bridge, Ids(0, 2 * Customers), seconds: 1200.Or(240));
        Committed(world).GroupBy(write => write.Path).ShouldAllBe(customer => customer.Count() == 1, "the newest state, once");
        TestContext.Current.TestOutputHelper!.WriteLine($"{adds.Count} greeted, slowest {world.Simulator.Ledger.AcceptedWelcomes.Max(welcome => welcome.AgeMs):0} ms, {Committed(world).Count} writes of {2 * Customers} customers after the CRM came back");
    }

    [Fact]
    public async Task F36_a_crm_that_commits_and_answers_500_writes_once_because_the_key_is_the_same()
    {
        await using var world = await StartAsync();
        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.EffectThenServerError, Status = 500, Pattern = Writes, Times = Lost });
        var bridge = await world.StartBridgeAsync(Settings(world));

        await ComeAsync(world, first: 0);

        await KeptAsync(world, bridge, Ids(0, Customers), seconds: 120);
        var lost = Changes(world).Where(write => write.Status == 500).ToList();
        lost.Count.ShouldBe(Lost);
        // Whatever was repeated had the key of the first.
        foreach (var write in lost) Changes(world).Count(other => other.IdempotencyKey == write.IdempotencyKey && other.Committed).ShouldBe(1);
        Changes(world).Where(write => write.Committed).Select(write => write.IdempotencyKey).ShouldBeUnique();
    }

    [Fact]
    public async Task F36_a_crm_that_answers_200_and_commits_nothing_is_found_out()
    {
        await using var world = await StartAsync();
        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Crm, Kind = FaultKind.WithoutEffect, Pattern = Writes, Times = Customers });
        var bridge = await world.StartBridgeAsync(Settings(world));

        await ComeAsync(world, first: 0);

        await KeptAsync(world, bridge, Ids(0, Customers), seconds: 120);
        var lost = Changes(world).Where(write => write.Fault == nameof(FaultKind.WithoutEffect)).ToList();
        lost.Count.ShouldBe(Customers);
        Committed(world).Select(write => write.IdempotencyKey).Intersect(lost.Select(write => write.IdempotencyKey)).ShouldBeEmpty("a gap is written under a key of its own");
    }

    /// <summary>A world in which the CRM knows everybody.</summary>
    private static async Task<World> StartAsync()
    {
        var world = await World.StartAsync();
        foreach (var member in Staff) world.WecomCorp.Put(new SimulatedStaff(member, member));
        foreach (var customer in Ids(0, 2 * Customers))
        {
            world.WecomCorp.Customers.Put(new SimulatedCustomer(customer, customer) { UnionId = "o-" + customer });
            world.Simulator.Crm.Put(new CrmCustomer("c-" + customer, customer) { UnionId = "o-" + customer, Level = "gold" });
        }

        return world;
    }

    private static Dictionary<string, string?> Settings(World world) => world.Settings(more:
    [
        ("Welcome:LookUpWithin", "00:00:01"),
        ("Welcome:Rules:1:Name", "known"), ("Welcome:Rules:1:When:Crm", "Known"), ("Welcome:Rules:1:Text", "Welcome back!"),
        ("Welcome:Rules:2:Name", "default"), ("Welcome:Rules:2:Text", "Welcome!"),
        ("Crm:Http:Timeout", "00:00:01"),
        ("Crm:Http:BreakFor", "00:00:02"),
        ("Crm:Http:Fields:status", "/0/status"),
        ("Crm:Http:Fields:owner", "/0/owner"),
        ("Crm:Http:Fields:tags", "/0/tags"),
        ("Crm:Http:Write:Request", "PATCH customers/{id}"),
        ("Crm:Http:Write:Set:/owner", "{{staff.text}}"),
        ("Crm:Http:Write:Set:/status", "{{customer.status}}"),
        ("Crm:Http:Write:Set:/channel", "{{channel.state}}"),
        ("Crm:Http:Write:Set:/tags", "{{tags.list}}"),
        ("Crm:Http:Write:Check:owner", "{{staff.text}}"),
        ("Crm:Http:Write:Check:status", "{{customer.status}}"),
        ("Crm:Http:Write:Check:tags", "{{tags.text}}"),
        ("Crm:Http:Write:CheckAfter", "00:00:02"),
    ]);

    private static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(number => $"wm-crm-{number:00}");

    private static async Task<List<Happening>> ComeAsync(World world, int first)
    {
        var adds = Ids(first, Customers).Select(customer => world.WecomCorp.Customers.Add(Staff[0], customer, new AddDetails { State = "expo-1" })).ToList();
        foreach (var add in adds) await add.Delivered;
        return adds;
    }

    /// <summary>Waits until nothing is left to write, then compares the CRM with what State knows.</summary>
    private static async Task KeptAsync(World world, Bridge bridge, IEnumerable<string> customers, int seconds)
    {
        var (database, ids) = (bridge.Get<IStateDatabase>(), customers.ToList());
        await Eventually.BecomesTrueAsync(
            "every customer written, and seen to be kept",
            async () =>
            {
                foreach (var lane in new[] { WorkLane.Tags, WorkLane.Crm })
                {
                    if (await database.ReadAsync(session => WorkStore.CountAsync(session, lane, DateTimeOffset.UtcNow), CancellationToken.None) is not { Due: 0, Later: 0, Running: 0, Parked: 0 }) return false;
                }

                return ids.TrueForAll(customer => world.Simulator.Crm.Find("c-" + customer)!.Status is not null);
            },
            seconds);
        foreach (var customer in ids)
        {
            var content = await database.ReadAsync(
                async session => CrmContent.Of(customer, await RelationStore.OfCustomerAsync(session, World.Corp, customer), await RelationTagStore.OfCustomerAsync(session, World.Corp, customer)), CancellationToken.None);
            var record = world.Simulator.Crm.Find("c-" + customer)!;
            (record.Owner, record.Status, record.Channel, record.Level).ShouldBe((string.Join(", ", content!.StaffUserIds), content.Status, content.State, "gold"));
            record.Tags.ShouldBe(content.Tags.Values.SelectMany(tags => tags), ignoreOrder: true);
        }
    }

    private static IReadOnlyList<CrmEntry> Changes(World world) => [.. world.Simulator.Ledger.CrmCalls.Where(call => call.Method == "PATCH")];

    private static IReadOnlyList<CrmEntry> Committed(World world) => [.. Changes(world).Where(write => write.Committed)];
}
