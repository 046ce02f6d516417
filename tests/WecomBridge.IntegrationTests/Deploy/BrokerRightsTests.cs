using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Interop;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Platform;

namespace WecomBridge.IntegrationTests.Deploy;

/// <summary>The users that <c>deploy/rabbitmq/permissions.sh</c> makes may do what they must, and nothing else.</summary>
public sealed class BrokerRightsTests(RabbitServer rabbit)
{
    private const string Password = "a-password-of-tests-1";
    private const ushort AccessRefused = 403;
    private static readonly string Script = Path.GetFullPath(Path.Combine(Tool.Folder, "..", "..", "..", "deploy", "rabbitmq", "permissions.sh"));

    [Fact]
    public async Task A_bridge_works_with_its_rights_and_a_team_with_less()
    {
        var name = (await rabbit.NewVirtualHostAsync()).AbsolutePath.Trim('/');
        await GrantAsync("bridge", name, $"bridge-{name}");
        await GrantAsync("team", name, $"sales-{name}", "sales", "acme,other");
        await GrantAsync("log", name, $"log-{name}", "audit", "acme");
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(world.Settings(more:
        [
            ("Broker:Transport", "RabbitMq"), ("Broker:Uri", rabbit.UriOf(name, $"bridge-{name}", Password).ToString()),
            ("Routing:Subscribers:sales:Queue", "crm.sales.customers"), ("Routing:Subscribers:sales:Events:0", "customer.*"), ("Routing:Subscribers:support:Queue", "crm.support.all"), ("Routing:Subscribers:support:Events:0", "customer.*"),
        ]));
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff("zhang01", "Zhang"));
        corp.Customers.Put(new SimulatedCustomer("wm1", "Lin"));
        (await corp.Customers.Add("zhang01", "wm1", new AddDetails { State = "store-1" }).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);
        await Eventually.BecomesTrueAsync("the bridge does all of its work with these rights", () => world.Simulator.Ledger.AcceptedWelcomes.Count == 1 && corp.Customers.Relation("zhang01", "wm1")!.TagIds.Count == 1);

        await using var team = await ConnectAsync(name, $"sales-{name}");
        await AllowsAsync(team, "reads its queue", async channel => (await channel.BasicGetAsync("crm.sales.customers", autoAck: false)).ShouldNotBeNull().Body.Length.ShouldBeGreaterThan(10));
        await AllowsAsync(team, "reads its dead letters", channel => channel.BasicGetAsync("crm.sales.customers.dlq", autoAck: true));
        await AllowsAsync(team, "commands its corps", channel => PublishAsync(channel, Exchanges.Commands, "v1.acme.tags.apply"));
        await AllowsAsync(team, "commands its corps, with a partition", channel => PublishAsync(channel, Exchanges.Commands, "v1.other.profile.refresh.p03"));

        await ForbidsAsync(team, "another corp's commands", channel => PublishAsync(channel, Exchanges.Commands, "v1.third.tags.apply"));
        await ForbidsAsync(team, "a corp whose name begins like its own", channel => PublishAsync(channel, Exchanges.Commands, "v1.acme2.tags.apply"));
        await ForbidsAsync(team, "words that are no commands", channel => PublishAsync(channel, Exchanges.Commands, "v1.acme.tags.applyall"));
        await ForbidsAsync(team, "events", channel => PublishAsync(channel, Exchanges.Events, "v1.acme.customer.added.p00"));
        await ForbidsAsync(team, "profiles", channel => PublishAsync(channel, Exchanges.Profiles, "v1.acme.profile.updated.p00"));
        await ForbidsAsync(team, "queues by name", channel => PublishAsync(channel, "", Topology.WelcomeQueue));
        foreach (var queue in new[] { "crm.support.all", "crm.support.all.dlq", Topology.WelcomeQueue, Topology.TagsQueue, Topology.UnrecognizedQueue, Topology.LogQueue })
            await ForbidsAsync(team, "reading " + queue, channel => channel.BasicGetAsync(queue, autoAck: true));
        await ForbidsAsync(team, "a queue of its own", channel => channel.QueueDeclareAsync("crm.sales.more", durable: true, exclusive: false, autoDelete: false));
        await ForbidsAsync(team, "binding more", channel => channel.QueueBindAsync("crm.sales.customers", Exchanges.Profiles, "#"));
        await ForbidsAsync(team, "deleting", channel => channel.QueueDeleteAsync("crm.sales.customers"));
        await ForbidsAsync(team, "emptying another's", channel => channel.QueuePurgeAsync("crm.support.all"));

        await using var log = await ConnectAsync(name, $"log-{name}");
        await AllowsAsync(log, "reads the log", async channel =>
        {
            await channel.BasicQosAsync(0, 1, false);
            await channel.BasicConsumeAsync(Topology.LogQueue, autoAck: false, "t", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-stream-offset"] = "first" }, new AsyncNothing(channel));
        });
        await ForbidsAsync(log, "another team's queue", channel => channel.BasicGetAsync("crm.sales.customers", autoAck: true));
        await ForbidsAsync(log, "emptying the log", channel => channel.QueueDeleteAsync(Topology.LogQueue));
    }

    [Theory]
    [InlineData("team", "v", "u")]
    [InlineData("team", "v", "u", "sales.*", "acme")]
    [InlineData("team", "v", "u", "sales", "acme|.*")]
    [InlineData("everything", "v", "u")]
    public async Task The_script_refuses_what_it_does_not_understand(params string[] arguments) => (await rabbit.RunAsync(Script, Password, arguments)).Code.ShouldBe(1);

    [Fact]
    public async Task A_short_password_is_refused() => (await rabbit.RunAsync(Script, "short", "bridge", "v", "u")).Code.ShouldBe(1);

    private async Task GrantAsync(params string[] arguments)
    {
        var (code, output) = await rabbit.RunAsync(Script, Password, arguments);
        code.ShouldBe(0, output);
        output.ShouldNotContain(Password);
    }

    private async Task<IConnection> ConnectAsync(string virtualHost, string user) => await new ConnectionFactory { Uri = rabbit.UriOf(virtualHost, user, Password) }.CreateConnectionAsync();

    private static async Task PublishAsync(IChannel channel, string exchange, string key) => await channel.BasicPublishAsync(exchange, key, Encoding.UTF8.GetBytes("{}"));

    private static async Task AllowsAsync(IConnection connection, string what, Func<IChannel, Task> act)
    {
        await using var channel = await ConfirmingAsync(connection);
        await Should.NotThrowAsync(() => act(channel), what);
        channel.IsOpen.ShouldBeTrue(what);
    }

    private static async Task ForbidsAsync(IConnection connection, string what, Func<IChannel, Task> act)
    {
        await using var channel = await ConfirmingAsync(connection);
        var refusal = await Should.ThrowAsync<Exception>(() => act(channel), what);
        (refusal is AlreadyClosedException or OperationInterruptedException).ShouldBeTrue($"{what}: {refusal.GetType().Name}");
        channel.CloseReason.ShouldNotBeNull(what).ReplyCode.ShouldBe(AccessRefused, what);
    }

    private static Task<IChannel> ConfirmingAsync(IConnection connection) => connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));

    private sealed class AsyncNothing(IChannel channel) : AsyncDefaultBasicConsumer(channel);
}
