using System.Diagnostics;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Faults;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>One greeting that WeCom lets hang holds up no other.</summary>
public sealed class SlowGreetingTests(RabbitServer rabbit)
{
    [Theory]
    [InlineData("Embedded")]
    [InlineData("RabbitMq")]
    public async Task A_hanging_greeting_does_not_delay_the_next_and_is_sent_in_time_itself(string transport)
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", transport), ("Broker:Uri", broker.ToString())]));
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "张三"));
        await corp.Customers.Add("zhang01", "wmwarm").Delivered;
        await Eventually.BecomesTrueAsync("the first greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1);

        world.Simulator.Faults.Add(new FaultRule { Target = FaultTarget.Api, Pattern = "externalcontact/send_welcome_msg", Kind = FaultKind.Hang, Times = 1 });
        await corp.Customers.Add("zhang01", "wmslow").Delivered;
        await Eventually.BecomesTrueAsync("the hanging call has begun", () => world.Simulator.Faults.Rules.Count == 0);
        var waiting = Stopwatch.StartNew();
        await corp.Customers.Add("zhang01", "wmnext").Delivered;
        await Eventually.BecomesTrueAsync("the next greeting", () => world.Simulator.Ledger.AcceptedWelcomes.Any(welcome => welcome.ExternalUserId == "wmnext"));
        waiting.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        world.Simulator.Ledger.AcceptedWelcomes.ShouldNotContain(welcome => welcome.ExternalUserId == "wmslow");
        await Eventually.BecomesTrueAsync("the slow greeting after all", () => world.Simulator.Ledger.AcceptedWelcomes.Any(welcome => welcome.ExternalUserId == "wmslow"));
        world.Simulator.Ledger.AcceptedWelcomes.Single(welcome => welcome.ExternalUserId == "wmslow").AgeMs.ShouldBeLessThan(18_000);
    }
}
