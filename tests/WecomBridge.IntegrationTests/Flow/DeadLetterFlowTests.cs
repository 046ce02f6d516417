using System.CommandLine;
using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Operations;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>Dead letters and the replay log on the real broker, through the verbs that an operator runs.</summary>
[MostlyWaits]
public sealed class DeadLetterFlowTests(RabbitServer rabbit)
{
    private const string Queue = "crm.sales.customers";

    [Fact]
    public async Task A_subscribers_dead_letters_are_listed_given_back_in_order_and_discarded()
    {
        await using var world = await World.StartAsync();
        var settings = Settings(world, await rabbit.NewVirtualHostAsync());
        await world.StartBridgeAsync(settings);
        using var poster = new CallbackPoster();
        foreach (var n in (int[])[1, 2, 3]) await poster.PostAsync(world.Port, CallbackPoster.Contact("add_external_contact", "zhang01", $"wm{n}", 1_700_000_000 + n));
        var ids = await RefuseAsync(settings, 3);

        (await RunAsync(settings, "dlq", "list")).ShouldSatisfyAllConditions(
            run => run.Code.ShouldBe(0), run => run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2), run => run.Text.ShouldContain("rejected by its consumer"), run => run.Text.ShouldContain("customer.added  3"));
        (await RunAsync(settings, "dlq", "discard", "--id", ids[1], "--reason", "one too many")).ShouldBe((0, "Discarded: 1\n"));
        (await RunAsync(settings, "dlq", "retry", "--queue", Queue)).ShouldBe((0, "Given back: 2\n"));

        await using var subscriber = await Subscriber.OfQueueAsync(new Uri(settings["Broker:Uri"]!), Queue);
        await Eventually.BecomesTrueAsync("both are back", () => subscriber.Messages.Count == 2);
        subscriber.Messages.Select(message => message.MessageId).ShouldBe([ids[0], ids[2]]);
        subscriber.Messages.ShouldAllBe(message => !message.Headers.Keys.Any(name => name.StartsWith("x-death", StringComparison.Ordinal)));
        (await RunAsync(settings, "dlq", "list")).ShouldBe((0, "No dead letters.\n"));
        (await RunAsync(settings, "audit", "list")).Text.ShouldContain("one too many");
    }

    [Fact]
    public async Task Looking_at_dead_letters_changes_neither_their_number_nor_their_order()
    {
        await using var world = await World.StartAsync();
        var settings = Settings(world, await rabbit.NewVirtualHostAsync());
        await world.StartBridgeAsync(settings);
        using var poster = new CallbackPoster();
        foreach (var n in Enumerable.Range(1, 40)) await poster.PostAsync(world.Port, CallbackPoster.Contact("add_external_contact", "zhang01", $"wm{n}", 1_700_000_000 + n));
        var ids = await RefuseAsync(settings, 40);

        foreach (var _ in (int[])[1, 2])
        {
            var (_, text) = await RunAsync(settings, "dlq", "list", "--each", "--json");
            System.Text.Json.JsonDocument.Parse(text).RootElement.EnumerateArray().Select(letter => letter.GetProperty("id").GetString()).ShouldBe(ids);
        }

        await RunAsync(settings, "dlq", "retry", "--all");
        await using var subscriber = await Subscriber.OfQueueAsync(new Uri(settings["Broker:Uri"]!), Queue);
        await Eventually.BecomesTrueAsync("all are back", () => subscriber.Messages.Count == 40);
        subscriber.Messages.Select(message => message.MessageId).ShouldBe(ids);
    }

    [Fact]
    public async Task A_late_subscriber_gets_what_the_log_holds_with_the_ids_it_had_and_nobody_is_greeted_again()
    {
        await using var world = await World.StartAsync();
        world.WecomCorp.Put(new WecomBridge.Simulator.Platform.SimulatedStaff("zhang01", "张三"));
        var settings = Settings(world, await rabbit.NewVirtualHostAsync());
        await world.StartBridgeAsync(settings);
        await using var live = await Subscriber.OfQueueAsync(new Uri(settings["Broker:Uri"]!), Queue);
        foreach (var n in (int[])[1, 2, 3]) await world.WecomCorp.Customers.Add("zhang01", $"wm{n}", new WecomBridge.Simulator.Platform.AddDetails { State = "store-1" }).Delivered;
        await Eventually.BecomesTrueAsync("they came and were greeted", () => live.Of("customer.added").Count() == 3 && world.Simulator.Ledger.AcceptedWelcomes.Count == 3);
        var first = live.Of("customer.added").ToDictionary(message => message.MessageId);

        (await RunAsync(settings, "replay", "--to-queue", Queue, "--type", "customer.added")).ShouldBe((0, "Published again: 3\n"));
        (await RunAsync(settings, "replay", "--to-queue", Queue, "--customer", "wm2", "--type", "customer.*")).ShouldBe((0, "Published again: 1\n"));
        (await RunAsync(settings, "replay", "--to-queue", Queue, "--to", "2020-01-01T00:00:00Z")).ShouldBe((0, "Published again: 0\n"));

        await Eventually.BecomesTrueAsync("they came again", () => live.Of("customer.added").Count() == 7);
        var again = live.Of("customer.added").Where(message => message.Headers["cloudEvents_wborigin"] == Origins.Replay).ToList();
        again.Count.ShouldBe(4);
        again.ShouldAllBe(message => message.Json.GetProperty("wborigin").GetString() == "replay" && message.Json.GetProperty("data").GetRawText() == first[message.MessageId].Json.GetProperty("data").GetRawText());
        world.Simulator.Ledger.CallsOf("externalcontact/send_welcome_msg").Count.ShouldBe(3);
        (await RunAsync(settings, "replay", "--to-queue", Topology.TagsQueue)).Code.ShouldBe(Verbs.Refused);
    }

    private static Dictionary<string, string?> Settings(World world, Uri broker) => world.Settings(more:
    [
        ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()),
        ("Routing:Subscribers:sales:Queue", Queue), ("Routing:Subscribers:sales:Events:0", "customer.*"),
    ]);

    /// <summary>A subscriber that refuses everything; returns the ids in order.</summary>
    private static async Task<IReadOnlyList<string>> RefuseAsync(Dictionary<string, string?> settings, int count)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(settings["Broker:Uri"]!) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var ids = new List<string>();
        await Eventually.BecomesTrueAsync("all are refused", async () =>
        {
            while (await channel.BasicGetAsync(Queue, autoAck: false) is { } got)
            {
                ids.Add(got.BasicProperties.MessageId!);
                await channel.BasicNackAsync(got.DeliveryTag, multiple: false, requeue: false);
            }

            return await channel.MessageCountAsync(Topology.DeadLettersOf(Queue)) == count;
        });
        return ids;
    }

    private static async Task<(int Code, string Text)> RunAsync(Dictionary<string, string?> settings, params string[] verb)
    {
        using var output = new StringWriter { NewLine = "\n" };
        string[] passed = [.. settings.Where(setting => setting.Key.StartsWith("Broker", StringComparison.Ordinal) || setting.Key.StartsWith("State", StringComparison.Ordinal) || setting.Key.StartsWith("Routing", StringComparison.Ordinal)).Select(setting => $"--{setting.Key}={setting.Value}")];
        var code = await Verbs.Root().Parse([.. verb, .. passed]).InvokeAsync(new InvocationConfiguration { Output = output });
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }
}
