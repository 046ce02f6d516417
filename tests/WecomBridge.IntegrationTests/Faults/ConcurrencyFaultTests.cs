using System.Diagnostics;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Wecom.Api;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F33: a ceiling that nobody documents is found and used.</summary>
public sealed class ConcurrencyFaultTests
{
    [Fact]
    public async Task F33_calls_side_by_side_settle_below_an_unknown_ceiling_and_use_it()
    {
        const int ceiling = 10;
        var latency = TimeSpan.FromMilliseconds(60);
        var length = TimeSpan.FromSeconds(20);
        await using var world = await World.StartAsync(options => (options.Limits.ListConcurrency, options.ApiLatency) = (ceiling, latency));
        var bridge = await world.StartBridgeAsync(world.Settings());
        var client = bridge.Get<IWecomClientFactory>().For(World.Corp, World.App, CallLane.Interactive);
        var running = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            while (running.Elapsed < length)
            {
                try
                {
                    await client.ExecuteCgibinExternalContactGetCorpTagListAsync(new CgibinExternalContactGetCorpTagListRequest(), CancellationToken.None);
                }
                catch (WecomException refused) when (refused.ErrorCode == WecomErrorCodes.ConcurrencyExceeded)
                {
                    await Task.Delay(50);
                }
            }
        }));

        var settled = world.Simulator.Ledger.CallsOf("externalcontact/get_corp_tag_list").Where(call => call.At > DateTimeOffset.UtcNow - (length * 0.75)).ToList();
        var done = settled.Where(call => call.ErrorCode == 0).ToList();
        var used = done.Sum(call => call.Took.TotalSeconds) / (length * 0.75).TotalSeconds / ceiling;
        TestContext.Current.TestOutputHelper!.WriteLine($"{done.Count} calls done, {settled.Count - done.Count} answered 45033, {used:P0} of the ceiling used");
        used.ShouldBeGreaterThanOrEqualTo(0.8);
        (settled.Count - done.Count).ShouldBeLessThan(settled.Count / 20);
    }
}
