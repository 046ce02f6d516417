using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;
using WecomBridge.Simulator.Scenarios;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>Administrators and other systems at the tags that the service keeps. Everybody gets Came/Yes, most get a tag of Channel as well.</summary>
[MostlyWaits]
public sealed class TagScenarioTests(RabbitServer rabbit)
{
    private static readonly ScenarioPace Pace = new() { Length = TimeSpan.FromSeconds(4), Quiet = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(40), Scale = 0.6 };

    [Fact]
    public async Task F39_a_deleted_group_is_not_created_again_and_the_others_go_on()
    {
        await using var world = await World.StartAsync();
        await PlayAsync(world, "tag-group-deleted");

        world.WecomCorp.Tags.Groups.Select(group => group.Name).ShouldBe(["Channel"]);
        var (store, expo) = (world.WecomCorp.Tags.FindId("Channel", "Store")!, world.WecomCorp.Tags.FindId("Channel", "Expo")!);
        world.WecomCorp.Customers.Relations.ShouldContain(relation => relation.State.StartsWith("store-", StringComparison.Ordinal));
        foreach (var relation in world.WecomCorp.Customers.Relations)
            relation.TagIds.ShouldBe(relation.State.StartsWith("store-", StringComparison.Ordinal) ? [store] : relation.State.StartsWith("expo-", StringComparison.Ordinal) ? [expo] : []);
        var health = await HealthAsync(world);
        health.ShouldContain("Degraded");
        health.ShouldContain($"Tags:Groups:Came was deleted in WeCom (corp {World.Corp}) and is not created again. Remove it from the settings, or create it in WeCom");
        health.ShouldNotContain("Tags:Groups:Channel");
    }

    [Fact]
    public async Task F39_a_renamed_group_keeps_its_new_name_and_is_used_on()
    {
        await using var world = await World.StartAsync();
        await PlayAsync(world, "tag-group-renamed");

        world.WecomCorp.Tags.Groups.Select(group => $"{group.Name}: {string.Join(' ', group.Tags.Select(tag => tag.Name))}").Order(StringComparer.Ordinal).ShouldBe(["Came (old): Yes (old)", "Channel: Store Expo"]);
        var came = world.WecomCorp.Tags.FindId("Came (old)", "Yes (old)")!;
        world.WecomCorp.Customers.Relations.ShouldAllBe(relation => relation.TagIds.Contains(came));
        world.Simulator.Ledger.CallsOf("externalcontact/edit_corp_tag").ShouldBeEmpty();
        var health = await HealthAsync(world);
        health.ShouldContain("Degraded");
        foreach (var words in new[] { "Tags:Groups:Came is called", "Came (old)", "Tags:Groups:Came:Tags:Yes is called", "Yes (old)", "goes on to be used. Give both the same name." }) health.ShouldContain(words);
        health.ShouldNotContain("Tags:Groups:Channel");
    }

    [Fact]
    public async Task What_another_system_does_to_tags_stands_and_is_told_as_manual()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await using var told = await Subscriber.BindAsync(broker, Exchanges.Profiles, "v1.#");
        await PlayAsync(world, "other-system-tags", ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()));

        var (seen, came) = (world.WecomCorp.Tags.FindId("Other system", "Seen")!, world.WecomCorp.Tags.FindId("Came", "Yes")!);
        world.Simulator.Ledger.TagMarks.ShouldAllBe(mark => mark.Removed.Count == 0);
        var bereft = world.WecomCorp.Customers.Relations.Where(relation => !relation.TagIds.Contains(came)).ToList();
        bereft.Count.ShouldBe(world.WecomCorp.Customers.Relations.Count / 2);
        foreach (var relation in bereft) relation.TagIds.ShouldBe([seen]);
        foreach (var relation in world.WecomCorp.Customers.Relations)
        {
            relation.TagIds.ShouldContain(seen);
            await Eventually.BecomesTrueAsync("the other system's tag is told", () => Changes(told, relation, "added").Contains("Other system/Seen manual"));
            Changes(told, relation, "removed").Contains("Came/Yes manual").ShouldBe(bereft.Contains(relation));
            Changes(told, relation, "added").Count(change => change.StartsWith("Came/", StringComparison.Ordinal)).ShouldBe(1);
        }
    }

    private static async Task PlayAsync(World world, string scenario, params (string Key, string? Value)[] more)
    {
        await world.StartBridgeAsync(world.Settings(more: [.. more, ("Tags:Groups:Came:Tags:0", "Yes"), ("Tags:Rules:2:Name", "came"), ("Tags:Rules:2:Add:0", "Came/Yes")]));
        world.WecomCorp.Put(new SimulatedStaff("zhang01", "张三"));
        await Scenario.Find(scenario)!.RunAsync(world.Simulator, world.WecomCorp, Pace, seed: 1, TestContext.Current.CancellationToken);
    }

    private static async Task<string> HealthAsync(World world)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{world.Port}/health/ready"));
    }

    /// <summary>What was told of a relation, each change once: group, tag and owner.</summary>
    private static List<string> Changes(Subscriber told, SimulatedRelation relation, string what) =>
    [
        .. from message in told.Of("profile.tags_changed").DistinctBy(message => message.MessageId)
           let data = message.Json.GetProperty("data")
           where data.GetProperty("userId").GetString() == relation.UserId && data.GetProperty("externalUserId").GetString() == relation.ExternalUserId && data.TryGetProperty(what, out _)
           from change in data.GetProperty(what).EnumerateArray()
           select $"{change.GetProperty("group").GetString()}/{change.GetProperty("tag").GetString()} {change.GetProperty("owner").GetString()}",
    ];
}
