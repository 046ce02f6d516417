using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Scenarios;
using WecomBridge.State;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>Groups whose callbacks are partly lost, over the real broker: State and what subscribers were told agree with WeCom at last.</summary>
[MostlyWaits]
public sealed class GroupFlowTests(RabbitServer rabbit)
{
    private static readonly ScenarioPace Pace = new() { Length = TimeSpan.FromSeconds(4), Quiet = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(40), Scale = 0.4 };

    [Fact]
    public async Task Members_are_true_and_told_although_a_third_of_the_callbacks_is_lost()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var bridge = await world.StartBridgeAsync(world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString())]));
        await using var everything = await Subscriber.BindAsync(broker, Exchanges.Events, "v1.*.group.#");
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));

        await Scenario.Find("group-gap")!.RunAsync(world.Simulator, world.WecomCorp, Pace, seed: 1, TestContext.Current.CancellationToken);

        world.WecomCorp.Groups.All.Count.ShouldBeGreaterThan(3);
        foreach (var group in world.WecomCorp.Groups.All)
        {
            var members = group.Members.Select(member => member.Id).Order(StringComparer.Ordinal).ToList();
            await Eventually.BecomesTrueAsync("the members in State", async () => (await StoredAsync(bridge, group.ChatId)).SequenceEqual(members));
            await Eventually.BecomesTrueAsync("the members as told", () => Told(everything, group.ChatId).SequenceEqual(members));
        }
    }

    [Fact]
    public async Task Tags_that_members_set_while_the_bridge_writes_stand()
    {
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(world.Settings());
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));

        await Scenario.Find("staff-edits-between")!.RunAsync(world.Simulator, world.WecomCorp, Pace, seed: 1, TestContext.Current.CancellationToken);

        var byHand = world.WecomCorp.Tags.FindId("By hand", "VIP")!;
        var marked = world.Simulator.Ledger.TagMarks.Select(mark => (mark.UserId, mark.ExternalUserId)).Distinct().ToList();
        marked.ShouldNotBeEmpty();
        foreach (var (user, customer) in marked) world.WecomCorp.Customers.Relation(user, customer)!.TagIds.ShouldContain(byHand);
    }

    private static async Task<IEnumerable<string>> StoredAsync(Bridge bridge, string chatId)
    {
        var group = await bridge.Get<IStateDatabase>().ReadAsync(session => GroupStore.FindAsync(session, World.Corp, chatId), CancellationToken.None);
        return group?.Members.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
    }

    /// <summary>Who is in a group by what was told: each id once, joined less left.</summary>
    private static IEnumerable<string> Told(Subscriber subscriber, string chatId) =>
        subscriber.Messages.DistinctBy(message => message.MessageId)
            .Where(message => message.Type is "com.wecombridge.group.member_joined.v1" or "com.wecombridge.group.member_left.v1" && message.Headers["cloudEvents_subject"] == chatId)
            .GroupBy(message => message.Json.GetProperty("data").GetProperty("member").GetString()!)
            .Where(told => told.Sum(message => message.Type.Contains("joined", StringComparison.Ordinal) ? 1 : -1) > 0)
            .Select(told => told.Key).Order(StringComparer.Ordinal);
}
