using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Operations;
using WecomBridge.Simulator.Traffic;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary><c>doctor</c> against a real broker: a service in order, and what can be wrong between it and its broker.</summary>
[MostlyWaits]
public sealed class DoctorTests(RabbitServer rabbit)
{
    [Fact]
    public async Task A_service_in_order_is_all_well_and_nothing_is_left_behind()
    {
        await using var world = await World.StartAsync();
        Population.Generate(world.Simulator, world.WecomCorp, new PopulationSize { Staff = 1, Customers = 1 });
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = await StartAsync(world, broker);
        var before = await MessagesAsync(broker);

        var (code, output) = await DoctorAsync(settings);

        code.ShouldBe(0, output);
        output.ShouldEndWith("All well.\n");
        output.ShouldContain("exchanges and queues are as they are declared");
        output.ShouldContain("The user may publish and consume.");
        (await MessagesAsync(broker)).ShouldBe(before);
    }

    [Fact]
    public async Task A_queue_of_another_kind_is_named_with_what_was_expected_and_found()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = await StartAsync(world, broker);
        settings["Broker:Log:MaxBytes"] = "5000000";

        var (code, output) = await DoctorAsync(settings);

        code.ShouldBe(Verbs.Found);
        output.ShouldContain("The broker's queue 'wecom.log' has another x-max-length-bytes: expected '5000000'");
    }

    [Fact]
    public async Task A_subscribers_queue_that_still_has_limits_is_well_where_limits_are_policies()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = Settings(world, broker);
        (settings["Routing:Subscribers:sales:Queue"], settings["Routing:Subscribers:sales:Events:0"]) = ("crm.sales.customers", "customer.*");
        await world.StartBridgeAsync(settings);
        await Eventually.BecomesTrueAsync("the subscriber's queues", async () =>
            (await rabbit.GetAsync($"queues/{broker.AbsolutePath[1..]}")).EnumerateArray().Any(queue => queue.GetProperty("name").GetString() == "crm.sales.customers.dlq"));
        settings["Broker:ManagementUrl"] = rabbit.ManagementUrl.ToString();

        var (_, output) = await DoctorAsync(settings);

        output.ShouldContain("exchanges and queues are as they are declared");
        output.ShouldNotContain("are not there yet");
        output.ShouldNotContain("crm.sales.customers' has another");
    }

    [Fact]
    public async Task Before_the_first_start_the_missing_topology_is_named_and_not_made()
    {
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();

        var (_, output) = await DoctorAsync(Settings(world, broker));

        output.ShouldContain("exchanges and queues are not there yet: exchange 'wecom.events'");
        output.ShouldContain("Start the service once: it declares them.");
        (await rabbit.GetAsync($"queues/{broker.AbsolutePath[1..]}")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Each_missing_right_is_named()
    {
        (string User, string Configure, string Write, string Read, string Says)[] users =
        [
            ("configure", "^none$", ".*", ".*", "does not let the user declare the exchange 'wecom.events'"),
            ("write", ".*", "^(?!wecom.events$).*", ".*", "does not let the user publish to wecom.events"),
            ("default", ".*", "^(?!amq.default$).*", ".*", "does not let the user publish to the default exchange"),
            ("read", ".*", ".*", "^(?!wecom.work.tags$).*", "does not let the user consume from wecom.work.tags"),
        ];
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = await StartAsync(world, broker);
        foreach (var (user, configure, write, read, says) in users)
        {
            await rabbit.AddUserAsync(broker, user, configure, write, read);
            settings["Broker:Uri"] = new UriBuilder(broker) { UserName = user, Password = user }.Uri.ToString();

            var (code, output) = await DoctorAsync(settings);

            code.ShouldBe(Verbs.Found, output);
            output.ShouldContain(says);
        }
    }

    [Theory]
    [InlineData("guest", "wrong", "", "The broker refuses user or password.")]
    [InlineData("guest", "guest", "no-such-host", "does not let the user into the virtual host 'no-such-host'")]
    public async Task A_refused_login_is_told_apart_from_a_missing_virtual_host(string user, string password, string host, string says)
    {
        await using var world = await World.StartAsync();
        var settings = Settings(world, new UriBuilder(rabbit.Uri) { UserName = user, Password = password, Path = host }.Uri);

        var (code, output) = await DoctorAsync(settings);

        code.ShouldBe(Verbs.Found, output);
        output.ShouldContain(says);
        output.ShouldNotContain("wrong");
    }

    private static Dictionary<string, string?> Settings(World world, Uri broker) => world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString())]);

    private static async Task<Dictionary<string, string?>> StartAsync(World world, Uri broker)
    {
        var settings = Settings(world, broker);
        await world.StartBridgeAsync(settings);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await Eventually.BecomesTrueAsync("the topology", async () =>
        {
            try
            {
                await using var channel = await connection.CreateChannelAsync();
                await channel.QueueDeclarePassiveAsync(Topology.DeadLettersOf(Topology.UnrecognizedQueue));
                await channel.QueueDeclarePassiveAsync(Topology.LogQueue);
                return true;
            }
            catch (global::RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                return false;
            }
        });
        return settings;
    }

    private static async Task<uint> MessagesAsync(Uri broker)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(Topology.LogQueue)).MessageCount;
    }

    private static async Task<(int Code, string Output)> DoctorAsync(Dictionary<string, string?> settings)
    {
        await using var output = new StringWriter();
        var code = await DoctorVerb.RunAsync(settings, "Development", services => services.AddDoctor(new DoctorRequest(Url: null)), asJson: false, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
