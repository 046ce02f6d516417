using System.Text.Json;
using RabbitMQ.Client;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Spool;

namespace WecomBridge.IntegrationTests.Faults;

/// <summary>F17, F18, F19, F20, F43: a subscriber's queue is full, abandoned, deleted or another; settings change under load.</summary>
[MostlyWaits]
public sealed class RoutingFaultTests(RabbitServer rabbit) : IAsyncLifetime
{
    private const string Sales = "Routing:Subscribers:sales";
    private const string Service = "Routing:Subscribers:service";
    private const long SmallQueue = 1 << 20;
    private readonly CallbackPoster _poster = new();
    private readonly HttpClient _http = new();
    private World _world = null!;
    private Uri _broker = null!;

    public async ValueTask InitializeAsync() => (_world, _broker) = (await World.StartAsync(), await rabbit.NewVirtualHostAsync());

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _poster.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task F17_a_full_queue_of_one_subscriber_hurts_no_other_and_is_named_in_health()
    {
        var bridge = await StartAsync((Sales + ":MaxBytes", $"{SmallQueue}"), (Service + ":Queue", "crm.service.customers"), (Service + ":Events:0", "customer.*"));
        await using var service = await Subscriber.OfQueueAsync(_broker, "crm.service.customers");

        var published = await FloodAsync(bridge, 2 * SmallQueue);

        await Eventually.BecomesTrueAsync("the other subscriber has everything", () => service.Messages.Count == published);
        bridge.Get<DirectGate>().ClosedSince.ShouldBeNull();
        await HealthAsync("'crm.sales.customers' of subscriber 'sales' is nearly or wholly full");
        var waiting = await MessagesAsync("crm.sales.customers");
        waiting.ShouldBeInRange(100u, (uint)published - 100);

        // What had to make room is not lost: it waits in the dead letters.
        await Eventually.BecomesTrueAsync("the rest is in the dead letters", async () => await MessagesAsync("crm.sales.customers") + await MessagesAsync("crm.sales.customers.dlq") == published);
    }

    [Fact]
    public async Task F18_an_abandoned_queue_is_bounded_by_time_and_bytes_and_named_in_health()
    {
        var bridge = await StartAsync(("Routing:AbandonedAfter", "00:00:02"), (Sales + ":MaxBytes", $"{SmallQueue}"));
        await FloodAsync(bridge, 3 * SmallQueue);

        await HealthAsync("Nobody reads queue 'crm.sales.customers' of subscriber 'sales' since");
        await Eventually.BecomesTrueAsync("the broker counts what waits", async () => (await QueueAsync("crm.sales.customers")).TryGetProperty("message_bytes", out var bytes) && bytes.GetInt64() is > 0 and <= SmallQueue);
        var arguments = (await QueueAsync("crm.sales.customers")).GetProperty("arguments");
        arguments.GetProperty("x-message-ttl").GetInt64().ShouldBe((long)TimeSpan.FromDays(7).TotalMilliseconds);
        (await QueueAsync("crm.sales.customers.dlq")).GetProperty("arguments").GetProperty("x-max-length-bytes").GetInt64().ShouldBe(1L << 30);
    }

    [Fact]
    public async Task F19_a_queue_deleted_while_publishing_is_named_within_30_s_and_declared_again_by_command()
    {
        var settings = Settings();
        await _world.StartBridgeAsync(settings.Read(), settings.Files);
        await using var connection = await new ConnectionFactory { Uri = _broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        (await PostAsync(0, 10)).ShouldBe(10);
        await Eventually.BecomesTrueAsync("State knows the bindings", async () => (await settings.RunAsync("subscriptions", "plan")).Code == 0);

        await channel.QueueDeleteAsync("crm.sales.customers");
        (await PostAsync(10, 10)).ShouldBe(10);
        await HealthAsync("Queue 'crm.sales.customers' of subscriber 'sales' is gone", within: 30);
        var (planned, plan) = await settings.RunAsync("subscriptions", "plan");
        var (applied, report) = await settings.RunAsync("subscriptions", "apply");

        (planned, applied).ShouldBe((3, 0));
        plan.ShouldBe(report);
        report.ShouldContain("declare");
        report.ShouldContain("refill it with: replay --from TIME --to-queue crm.sales.customers");
        report.ShouldContain("bind");
        (await settings.RunAsync("subscriptions", "plan")).ShouldBe((0, "The broker is as the settings say.\n"));
        (await PostAsync(20, 10)).ShouldBe(10);
        await Eventually.BecomesTrueAsync("new events arrive", async () => await MessagesAsync("crm.sales.customers") == 10);
        await HealthAsync("1 subscribers");
    }

    [Fact]
    public async Task F20_a_subscribers_queue_with_other_arguments_stops_the_start_and_later_only_that_subscriber()
    {
        await using var connection = await new ConnectionFactory { Uri = _broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("crm.sales.customers", durable: true, exclusive: false, autoDelete: false);
        var failure = await Should.ThrowAsync<TopologyMismatchException>(() => StartAsync());
        failure.Message.ShouldContain("queue 'crm.sales.customers'");
        failure.Message.ShouldContain("expected ");
        failure.Message.ShouldContain("found ");

        await channel.QueueDeleteAsync("crm.sales.customers");
        var bridge = await StartAsync((Service + ":Queue", "crm.service.customers"), (Service + ":Events:0", "customer.*"));
        await channel.QueueDeleteAsync("crm.sales.customers");
        await channel.QueueDeclareAsync("crm.sales.customers", durable: true, exclusive: false, autoDelete: false);
        await rabbit.CloseConnectionsAsync(_broker);
        await Eventually.BecomesTrueAsync("the publisher is back", () => bridge.Get<RabbitPublisher>().Ready);

        (await PostAsync(0, 10)).ShouldBe(10);
        await Eventually.BecomesTrueAsync("the other subscriber has its events", async () => await MessagesAsync("crm.service.customers") == 10);
        await HealthAsync("The broker's queue 'crm.sales.customers' has another");
    }

    [Fact]
    public async Task A_subscribers_queue_that_the_broker_keeps_from_the_service_holds_nobody_elses_events_back()
    {
        const string Everything = ".*";
        var (virtualHost, user) = (_broker.AbsolutePath[1..], "bridge-" + _broker.AbsolutePath[1..]);
        await rabbit.AddUserAsync(_broker, user, @"^(?!crm\.sales).*", Everything, Everything);
        var settings = Settings(("Broker:Uri", rabbit.UriOf(virtualHost, user, user).ToString()), (Service + ":Queue", "crm.service.customers"), (Service + ":Events:0", "customer.*"));
        var bridge = await _world.StartBridgeAsync(settings.Read(), settings.Files);
        await HealthAsync("The broker keeps queue 'crm.sales.customers' from the service");
        await Eventually.BecomesTrueAsync("the publisher is back", () => bridge.Get<RabbitPublisher>().Ready);
        (await PostAsync(0, 10)).ShouldBe(10);
        await Eventually.BecomesTrueAsync("the other subscriber has its events", async () => await MessagesAsync("crm.service.customers") == 10);

        settings.Change((Sales + ":Partitions", "2"));
        await HealthAsync("The broker keeps queue 'crm.sales.customers.0' from the service");
        settings.Change((Sales + ":Partitions", null));

        await rabbit.AddUserAsync(_broker, user, Everything, Everything, Everything);
        await rabbit.CloseConnectionsAsync(_broker);
        await HealthAsync("2 subscribers");

        await rabbit.AddUserAsync(_broker, user, @"^(?!crm\.sales).*", Everything, Everything);
        await rabbit.CloseConnectionsAsync(_broker);
        await HealthAsync("The broker keeps queue 'crm.sales.customers' from the service");
        (await PostAsync(10, 10)).ShouldBe(10);
        await Eventually.BecomesTrueAsync("the other subscriber has these, too", async () => await MessagesAsync("crm.service.customers") == 20);
    }

    [Fact]
    public async Task F43_settings_change_under_load_and_no_event_goes_half_by_old_and_half_by_new()
    {
        // By the first settings an edit goes to both, one by condition and one by pattern; by the second to neither.
        (string, string?)[] first = [(Sales + ":When:Staff:0", "zhang*"), (Service + ":Events:0", "customer.edited")];
        (string, string?)[] second = [(Sales + ":When:Staff:0", "li*"), (Service + ":Events:0", "customer.left")];
        var settings = Settings([(Service + ":Queue", "crm.service.customers"), .. first]);
        var bridge = await _world.StartBridgeAsync(settings.Read(), settings.Files);
        await using var everything = await Subscriber.BindAsync(_broker, Exchanges.Events, "v1.#");
        await using var sales = await Subscriber.OfQueueAsync(_broker, "crm.sales.customers");
        await using var service = await Subscriber.OfQueueAsync(_broker, "crm.service.customers");
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(stop.Token);

        foreach (var change in new[] { second, first, second })
        {
            var known = bridge.Log.Lines.Count(line => line.Contains("The changed settings are in force"));
            settings.Change(change);
            await Eventually.BecomesTrueAsync("the change is in force", () => bridge.Log.Lines.Count(line => line.Contains("The changed settings are in force")) > known);
        }

        settings.Write("{ \"Routing\": ");
        await HealthAsync("The changed settings are refused, the old ones stay");
        settings.Change((Sales + ":Partitions", "3"));
        await HealthAsync("Routing:Subscribers:sales:Partitions 3 must be one of 1, 2, 4, 8, 16");
        settings.Change((Sales + ":Partitions", null), (Sales + ":Retention", "1.00:00:00"));
        await HealthAsync("Retention and MaxBytes of queue 'crm.sales.customers' are arguments of the queue");
        settings.Change((Sales + ":Retention", null));
        await HealthAsync("as in the files");
        await stop.CancelAsync();
        var acknowledged = await load;

        await Eventually.BecomesTrueAsync("every acknowledged event is there", () => everything.Messages.Select(message => message.MessageId).Distinct().Count() == acknowledged);
        await Eventually.BecomesTrueAsync("nothing waits", () => bridge.Get<SpoolStore>().Bytes == 0);
        await Task.Delay(300);
        var (atSales, atService) = (Ids(sales), Ids(service));
        atSales.SetEquals(atService).ShouldBeTrue($"{atSales.Except(atService).Count()} events at sales only, {atService.Except(atSales).Count()} at service only");
        atSales.Count.ShouldBeInRange(1, acknowledged - 1);
    }

    [Fact]
    public async Task What_was_taken_out_of_the_settings_is_unbound_and_neither_deleted_nor_are_bindings_of_others()
    {
        var bridge = await StartAsync((Sales + ":Events:1", "group.*"), (Service + ":Queue", "crm.service.customers"), (Service + ":Events:0", "customer.*"), (Service + ":When:State:0", "x"));
        await using var connection = await new ConnectionFactory { Uri = _broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueBindAsync("crm.sales.customers", Exchanges.Events, "v1.*.tag.#");
        await SettledAsync(bridge);
        await bridge.StopAsync();

        await SettledAsync(await StartAsync());

        (await BindingsAsync("crm.sales.customers")).ShouldBe(["v1.*.customer.*.*", "v1.*.tag.#"]);
        (await BindingsAsync("crm.service.customers")).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_management_address_limits_are_policies_that_change_while_the_service_runs()
    {
        var settings = Settings(("Broker:ManagementUrl", rabbit.ManagementUrl.ToString()), (Sales + ":Partitions", "2"));
        var bridge = await _world.StartBridgeAsync(settings.Read(), settings.Files);
        await SettledAsync(bridge);
        (await QueueAsync("crm.sales.customers.1")).GetProperty("arguments").EnumerateObject().Select(argument => argument.Name).Order().ShouldBe(["x-dead-letter-exchange", "x-dead-letter-routing-key", "x-queue-type", "x-single-active-consumer"]);
        (await PolicyAsync("message-ttl")).ShouldBe((long)TimeSpan.FromDays(7).TotalMilliseconds);

        settings.Change((Sales + ":Retention", "1.00:00:00"));
        await Eventually.BecomesTrueAsync("the policy follows", async () => await PolicyAsync("message-ttl") == (long)TimeSpan.FromDays(1).TotalMilliseconds);
        (await settings.RunAsync("subscriptions", "plan")).ShouldBe((0, "The broker is as the settings say.\n"));

        async Task<long> PolicyAsync(string limit) => (await rabbit.GetAsync($"policies/{_broker.AbsolutePath[1..]}/wecombridge.crm.sales.customers.1")).GetProperty("definition").GetProperty(limit).GetInt64();
    }

    private static HashSet<string> Ids(Subscriber subscriber) => [.. subscriber.Messages.Select(message => message.MessageId)];

    private static Task SettledAsync(Bridge bridge) => Eventually.BecomesTrueAsync("bindings are settled", () => bridge.Log.Lines.Any(line => line.Contains("Bindings follow the settings")));

    private SettingsOnDisk Settings(params (string Key, string? Value)[] more) => new(_world, _world.Settings(more:
        [("Broker:Transport", "RabbitMq"), ("Broker:Uri", _broker.ToString()), ("Roles:0", "Intake"), (Sales + ":Queue", "crm.sales.customers"), (Sales + ":Events:0", "customer.*"), .. more]));

    private Task<Bridge> StartAsync(params (string Key, string? Value)[] more) => _world.StartBridgeAsync(Settings(more).Read());

    private async Task<int> PostAsync(int first, int count)
    {
        var acknowledged = 0;
        for (var n = first; n < first + count; n++)
        {
            if (await _poster.PostAsync(_world.Port, CallbackPoster.Contact("edit_external_contact", "zhang01", "wm1", 1_700_000_000 + n))) acknowledged++;
        }

        return acknowledged;
    }

    /// <summary>About 100 edits a second, each another event.</summary>
    private async Task<int> LoadAsync(CancellationToken stop)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 5).Select(async customer =>
        {
            var acknowledged = 0;
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                (await _poster.PostAsync(_world.Port, CallbackPoster.Contact("edit_external_contact", "zhang01", $"wm{customer}", 1_700_000_000 + n))).ShouldBeTrue();
                acknowledged++;
                await Task.Delay(40);
            }

            return acknowledged;
        }));
        return counts.Sum();
    }

    /// <summary>Publishes customers' events of 8 KiB until so many bytes are out.</summary>
    private static async Task<int> FloodAsync(Bridge bridge, long bytes)
    {
        var outbox = bridge.Get<IOutbox>();
        var type = EventTypes.Of<CustomerAdded>();
        var count = (int)(bytes / 8192);
        for (var n = 0; n < count; n += 16)
        {
            await outbox.StoreAsync([.. Enumerable.Range(n, 16).Select(number =>
            {
                var data = new CustomerAdded { CorpId = World.CorpId, Corp = World.Corp, App = World.App, UserId = "zhang", ExternalUserId = $"wm{number}", State = new string('x', 8192), HasWelcomeCode = false };
                return EventWriter.Write(new CloudEvent<CustomerAdded> { Id = Guid.NewGuid(), Source = "/wecom/acme/contact", Type = type.CloudEventType, Subject = "wm", Time = DateTimeOffset.UtcNow, PartitionKey = $"wm{number}", Origin = Origins.Callback, Received = DateTimeOffset.UtcNow, Data = data }, Exchanges.Events);
            })], TestContext.Current.CancellationToken);
        }

        return count;
    }

    private Task HealthAsync(string text, int within = 20) =>
        Eventually.BecomesTrueAsync($"health says: {text}", async () => JsonDocument.Parse(await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_world.Port}/health/ready"))).RootElement.GetProperty("checks").EnumerateObject().Any(check => check.Value.GetProperty("what").GetString()?.Contains(text) == true), within);

    private async Task<uint> MessagesAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = _broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    private Task<JsonElement> QueueAsync(string queue) => rabbit.GetAsync($"queues/{_broker.AbsolutePath[1..]}/{queue}");

    private async Task<List<string>> BindingsAsync(string queue) =>
        [.. (await rabbit.GetAsync($"queues/{_broker.AbsolutePath[1..]}/{queue}/bindings")).EnumerateArray().Where(binding => binding.GetProperty("source").GetString() != "").Select(binding => binding.GetProperty("routing_key").GetString()!).Order(StringComparer.Ordinal)];
}
