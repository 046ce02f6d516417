using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>A file of the settings reaches the customer, through upload, State and greeting.</summary>
public sealed class GreetingMediaFlowTests
{
    [Fact]
    public async Task A_picture_of_the_settings_goes_with_the_greeting_also_after_a_restart()
    {
        await using var world = await World.StartAsync();
        var picture = Path.Combine(world.Folder, "shop.png");
        await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3], TestContext.Current.CancellationToken);
        var settings = world.Settings(more: [("Welcome:Rules:1:Attachments:0:Image:Path", picture)]);
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "张三"));

        await using (var bridge = await Bridge.StartAsync(settings))
        {
            await Eventually.BecomesTrueAsync("the upload", async () => (await MediaHealthAsync(bridge)).Status == HealthStatus.Healthy);
            await corp.Customers.Add("zhang01", "wm1").Delivered;
            await Eventually.BecomesTrueAsync("the first greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1);
        }

        await using (await Bridge.StartAsync(settings))
        {
            await corp.Customers.Add("zhang01", "wm2").Delivered;
            await Eventually.BecomesTrueAsync("the second greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 2);
        }

        world.Simulator.Ledger.AcceptedWelcomes.ShouldAllBe(welcome => welcome.Attachments.SequenceEqual(new[] { "image" }));
        world.Simulator.Ledger.CallsOf("media/upload").ShouldHaveSingleItem();
    }

    private static async Task<HealthReportEntry> MediaHealthAsync(Bridge bridge) =>
        (await bridge.Get<HealthCheckService>().CheckHealthAsync(check => check.Name == "media", TestContext.Current.CancellationToken)).Entries["media"];
}
