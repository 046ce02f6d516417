using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F4: the spool's disk fills up.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task F4_no_200_without_durability_and_it_comes_back_by_itself()
    {
        await using var world = await World.StartAsync();
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        var disk = Directory.CreateDirectory(Path.Combine(world.Folder, "disk")).FullName;

        // A disk of 3 MB in a mount namespace of the process's own: it vanishes with the process.
        string[] launcher = ["unshare", Environment.UserName == "root" ? "-m" : "-rm", "sh", "-c", $"mount -t tmpfs -o size=3m tmpfs '{disk}' && head -c 2000000 /dev/zero > '{disk}/filler' && exec \"$@\"", "sh"];
        var settings = world.Settings(more: [("Spool:Path", Path.Combine(disk, "spool.db"))]);
        var bridge = await world.StartBridgeProcessAsync(settings, new BridgeProcessOptions { Launcher = launcher });
        var inside = $"/proc/{bridge.Id}/root{disk}";
        using var poster = new CallbackPoster();

        File.Exists(Path.Combine(inside, "filler")).ShouldBeTrue();
        await File.WriteAllBytesAsync(Path.Combine(inside, "rest"), new byte[FreeBytes(inside)]);
        var refused = 0;
        for (var n = 0; n < 40; n++)
        {
            if (!await poster.PostAsync(world.Port, CallbackPoster.Contact("add_external_contact", "zhang01", $"wmfull{n}", 1_700_000_000, "<State>store-1</State>"))) refused++;
        }

        refused.ShouldBeGreaterThan(0);
        (await Health(world.Port)).ShouldContain("Unhealthy");

        File.Delete(Path.Combine(inside, "rest"));
        File.Delete(Path.Combine(inside, "filler"));
        var add = world.WecomCorp.Customers.Add("zhang01", "wmafter", new AddDetails { State = "store-1" });
        (await add.Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        await Eventually.BecomesTrueAsync("the greeting after the disk has room", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1);
        (await Health(world.Port)).ShouldContain("\"status\":\"Healthy\"");
    }

    private static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private static async Task<string> Health(int port)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
        return await answer.Content.ReadAsStringAsync();
    }
}
