using System.Text.Json;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.Tests.Simulator;

public sealed class RepeatabilityTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_people_the_same_adds_and_the_same_codes()
    {
        (await RunAsync(7)).ShouldBe(await RunAsync(7));
        (await RunAsync(7)).ShouldNotBe(await RunAsync(8));
    }

    [Fact]
    public async Task Some_people_are_known_to_the_crm_by_a_key_the_api_can_give()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        var people = Population.Generate(wecom.Simulator, wecom.Corp, new PopulationSize { Staff = 4, Customers = 200, KnownToCrm = 0.5 });
        wecom.Simulator.Crm.Customers.Count.ShouldBeInRange(70, 130);
        wecom.Simulator.Crm.Customers.ShouldAllBe(c => c.UnionId != null || c.Mobile != null);
        people.Customers.ShouldAllBe(c => c.Mobile!.StartsWith("130") && c.Mobile.Length == 11);
        people.Customers.ShouldContain(c => c.Name.Contains("🌸"));
        people.Staff.Select(s => s.UserId).ShouldBeUnique();
    }

    [Fact]
    public async Task Traffic_reaches_the_endpoint_whole_and_the_ledger_agrees_with_what_arrived()
    {
        await using var sink = await CallbackSink.StartAsync();
        await using var wecom = await SimulatorFixture.StartAsync();
        wecom.Corp.App("contact").CallbackUrl = sink.Url;
        Population.Generate(wecom.Simulator, wecom.Corp, new PopulationSize { Staff = 3, Customers = 20 });
        var plan = new TrafficPlan { AddsPerSecond = 100, Duration = TimeSpan.FromSeconds(0.5), HalfAdds = 0.5 };
        var happenings = await TrafficDriver.RunAsync(wecom.Corp, plan, 7, TestContext.Current.CancellationToken);
        happenings.Count(h => h.Kind.EndsWith("/add_external_contact")).ShouldBe(50);
        sink.Requests.Count.ShouldBe(happenings.Count);
        wecom.Simulator.Ledger.Acknowledged.Select(c => c.Event).Order().ShouldBe(happenings.Select(h => h.Number).Order());
        var sequences = wecom.Simulator.Ledger.Entries.Select(e => e.Sequence).ToList();
        sequences.ShouldBe(Enumerable.Range(1, sequences.Count).Select(i => (long)i));
    }

    [Fact]
    public async Task The_ledger_can_be_followed_from_its_first_entry_on()
    {
        await using var wecom = await SimulatorFixture.StartAsync();
        await wecom.TokenAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var paths = new List<string>();
        await foreach (var entry in wecom.Simulator.Ledger.FollowAsync(stop.Token))
        {
            paths.Add(((WecomBridge.Simulator.Ledger.ApiEntry)entry).Path);
            if (paths.Count == 2) break;
            await wecom.GetAsync("getcallbackip");
        }

        paths.ShouldBe(["gettoken", "gettoken"]);
    }

    private static async Task<string> RunAsync(int seed)
    {
        await using var wecom = await SimulatorFixture.StartAsync(o => o.Seed = seed);
        var people = Population.Generate(wecom.Simulator, wecom.Corp, new PopulationSize { Staff = 3, Customers = 10 });
        var plan = new TrafficPlan { AddsPerSecond = 1000, Duration = TimeSpan.FromMilliseconds(30) };
        var happenings = await TrafficDriver.RunAsync(wecom.Corp, plan, seed, TestContext.Current.CancellationToken);
        return JsonSerializer.Serialize(new { people, crm = wecom.Simulator.Crm.Customers, codes = happenings.Select(h => (h.SubjectId, h.WelcomeCodes)), wecom.Corp.Customers.Relations });
    }
}
