using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F4: the spool's disk fills up.</summary>
public sealed class DiskFullTests(RabbitServer rabbit)
{
    [Fact]
    public async Task F4_no_200_without_durability_and_it_comes_back_by_itself()
    {
        await using var world = await World.StartAsync(options => options.Callbacks.Retries = 0);
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        var disk = await StartOnSmallDiskAsync(world, world.Settings());
        await File.WriteAllBytesAsync(Path.Combine(disk, "rest"), new byte[FreeBytes(disk)]);

        var acknowledged = new List<string>();
        var refused = 0;
        for (var n = 0; n < 60; n++)
        {
            var customer = $"wmfull{n:00}";
            if ((await world.WecomCorp.Customers.Add("zhang01", customer, new AddDetails { State = "store-1" }).Delivered).Single().Acknowledged) acknowledged.Add(customer);
            else refused++;
        }

        refused.ShouldBeGreaterThan(0);
        (await HealthAsync(world.Port)).ShouldContain("Unhealthy");

        File.Delete(Path.Combine(disk, "rest"));
        File.Delete(Path.Combine(disk, "filler"));
        (await world.WecomCorp.Customers.Add("zhang01", "wmafter", new AddDetails { State = "store-1" }).Delivered).Single().Acknowledged.ShouldBeTrue();
        acknowledged.Add("wmafter");
        await Eventually.BecomesTrueAsync("every acknowledged add has been worked", () => acknowledged.All(customer => world.WecomCorp.Customers.Relation("zhang01", customer)!.TagIds.Count == 1));
        world.Simulator.Ledger.AcceptedWelcomes.ShouldContain(welcome => welcome.ExternalUserId == "wmafter");
        (await HealthAsync(world.Port)).ShouldContain("\"status\":\"Healthy\"");
    }

    [Fact]
    public async Task F4_a_full_spool_beside_a_healthy_broker_refuses_nothing()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var disk = await StartOnSmallDiskAsync(world, world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Roles:0", "Intake")]));
        await using var subscriber = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.#");
        await File.WriteAllBytesAsync(Path.Combine(disk, "rest"), new byte[FreeBytes(disk)]);
        using var poster = new CallbackPoster();
        for (var n = 0; n < 20; n++)
            (await poster.PostAsync(world.Port, CallbackPoster.Contact("edit_external_contact", "zhang01", $"wm{n}", 1_700_000_000))).ShouldBeTrue();
        await Eventually.BecomesTrueAsync("all events", () => subscriber.Messages.Select(message => message.MessageId).Distinct().Count() == 20);
    }

    /// <summary>Starts a bridge whose spool has a disk of 3 MB, 2 MB of it taken, in a mount namespace of its own that vanishes with the process.</summary>
    /// <returns>The disk as this process can reach it.</returns>
    private static async Task<string> StartOnSmallDiskAsync(World world, Dictionary<string, string?> settings)
    {
        var disk = Directory.CreateDirectory(Path.Combine(world.Folder, "disk")).FullName;
        settings["Spool:Path"] = Path.Combine(disk, "spool.db");
        string[] launcher = ["unshare", Environment.UserName == "root" ? "-m" : "-rm", "sh", "-c", $"mount -t tmpfs -o size=3m tmpfs '{disk}' && head -c 2000000 /dev/zero > '{disk}/filler' && exec \"$@\"", "sh"];
        var bridge = await world.StartBridgeProcessAsync(settings, new BridgeProcessOptions { Launcher = launcher });
        var inside = $"/proc/{bridge.Id}/root{disk}";
        File.Exists(Path.Combine(inside, "filler")).ShouldBeTrue();
        return inside;
    }

    private static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private static async Task<string> HealthAsync(int port)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
        return await answer.Content.ReadAsStringAsync();
    }
}
