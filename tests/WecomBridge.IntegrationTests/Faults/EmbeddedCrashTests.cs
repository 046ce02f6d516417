using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F1 without a broker: the service dies at random, and what it had claimed is done when the leases end.</summary>
[MostlyWaits]
public sealed class EmbeddedCrashTests
{
    [Fact]
    public async Task F1_embedded_killed_at_random_every_acknowledged_add_reaches_every_consumer()
    {
        await using var world = await World.StartAsync(options =>
        {
            options.Seed = 12;
            options.Callbacks.RetryDelay = TimeSpan.FromSeconds(6);
        });
        var settings = world.Settings();
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "张三"));
        var random = new Random(12);
        var happenings = new List<Happening>();
        for (var kill = 0; kill < 5; kill++)
        {
            await using var bridge = await BridgeProcess.StartAsync(settings, world.Folder, new BridgeProcessOptions());
            for (var n = 0; n < 10; n++) happenings.Add(corp.Customers.Add("zhang01", $"wm{kill}-{n}", new AddDetails { State = "store-9" }));
            await Task.Delay(random.Next(10, 600));
            await bridge.KillAsync();
        }

        await using var last = await BridgeProcess.StartAsync(settings, world.Folder, new BridgeProcessOptions());
        await Task.WhenAll(happenings.Select(happening => happening.Delivered));
        var acknowledged = world.Simulator.Ledger.Acknowledged.Select(callback => callback.ExternalUserId!).Distinct().ToList();
        acknowledged.Count.ShouldBeGreaterThan(20);
        await Eventually.BecomesTrueAsync("every acknowledged add has its channel tag", () => acknowledged.All(customer => corp.Customers.Relation("zhang01", customer)!.TagIds.Count == 1), 90);
        world.Simulator.Ledger.DoubleWelcomes.ShouldBeEmpty();
    }
}
