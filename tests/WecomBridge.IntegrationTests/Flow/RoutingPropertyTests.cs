using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.IntegrationTests.Servers;

namespace WecomBridge.IntegrationTests.Flow;

/// <summary>Random subscribers and random events on a real broker: the queues receive what a matcher of the test's own, one event against one subscriber, says. Half of the events go through the spool.</summary>
public sealed class RoutingPropertyTests(RabbitServer rabbit)
{
    private const int Subscribers = 10;
    private const int Events = 160;
    private static readonly string[] Corps = ["acme", "beta"];
    private static readonly string[] Names = ["customer.added", "customer.edited", "group.member_joined", "tag.created", "profile.tags_changed"];
    private static readonly string[] EventPatterns = ["*", "customer.*", "customer.added", "customer.edited", "group.*", "tag.created", "profile.*", "profile.tags_changed"];

    private static readonly Dictionary<string, string[]> ConditionPatterns = new(StringComparer.Ordinal)
    {
        ["State"] = ["store-*", "expo", "*", "store-?", "渠道*"],
        ["Staff"] = ["ZHANG*", "li0?", "*"],
        ["Customer"] = ["wm*1", "wm??", "*"],
        ["Group"] = ["wr1", "wr?"],
        ["Kind"] = ["customer", "tag", "staff"],
        ["Origin"] = ["callback", "derived", "re*"],
        ["Apps"] = ["contact", "sales"],
    };

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["State"] = ["store-1", "store-10", "expo", "渠道 \"A\"", "Store-1"],
        ["Staff"] = ["zhang01", "Zhang02", "li01", "wang"],
        ["Group"] = ["wr1", "wr2", "wr33"],
        ["Origin"] = [Origins.Callback, Origins.Derived, Origins.Repair],
        ["Apps"] = ["contact", "sales", "other"],
    };

    [Theory]
    [InlineData(11)]
    [InlineData(22)]
    [InlineData(33)]
    public async Task Queues_receive_exactly_what_the_settings_say(int seed)
    {
        var random = new Random(seed);
        var subscribers = Enumerable.Range(0, Subscribers).Select(number => Sample.Subscriber(random, number)).ToList();
        var events = Enumerable.Range(0, Events).Select(_ => Sample.Event(random)).ToList();
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        var settings = world.Settings(more: [("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString()), ("Roles:0", "Intake"), ("Broker:Log:MaxAge", "00:00:00"), .. subscribers.SelectMany(subscriber => subscriber.Settings())]);
        foreach (var (key, value) in settings.Where(setting => setting.Key.Contains(":acme:", StringComparison.Ordinal)).ToList()) settings[key.Replace(":acme:", ":beta:", StringComparison.Ordinal)] = value;
        foreach (var (key, value) in settings.Where(setting => setting.Key.Contains(":Apps:contact:", StringComparison.Ordinal)).ToList()) settings[key.Replace(":Apps:contact:", ":Apps:sales:", StringComparison.Ordinal)] = value;
        var bridge = await world.StartBridgeAsync(settings);

        var outbox = bridge.Get<IOutbox>();
        await StoreAsync(outbox, events.Take(Events / 2));
        bridge.Get<DirectGate>().Close("the test asks for it");
        await StoreAsync(outbox, events.Skip(Events / 2));

        var expected = (from subscriber in subscribers
                        from one in events
                        where subscriber.Wants(one)
                        select $"{subscriber.QueueOf(one)} {one.Message.Id}").Order(StringComparer.Ordinal).ToList();
        var received = await ReceiveAsync(broker, subscribers.SelectMany(subscriber => subscriber.Queues()), expected.Count);

        expected.Count.ShouldBeGreaterThan(100);
        received.ShouldBe(expected);
    }

    private static async Task StoreAsync(IOutbox outbox, IEnumerable<SampleEvent> events)
    {
        foreach (var some in events.Chunk(8)) await outbox.StoreAsync([.. some.Select(one => one.Message)], TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> ReceiveAsync(Uri broker, IEnumerable<string> queues, int count)
    {
        var received = new ConcurrentQueue<string>();
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in queues)
        {
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivered) =>
            {
                (delivered.BasicProperties.Headers?.ContainsKey("BCC") ?? false).ShouldBeFalse();
                received.Enqueue($"{queue} {delivered.BasicProperties.MessageId}");
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        }

        await Eventually.BecomesTrueAsync($"{count} deliveries", () => received.Count >= count);

        // One too many would come right behind.
        await Task.Delay(300);
        return [.. received.Order(StringComparer.Ordinal)];
    }

    /// <summary>An event and what it carries, as the test made it.</summary>
    private sealed record SampleEvent(string Corp, string Name, IReadOnlyDictionary<string, string> Carries, OutgoingMessage Message);

    private sealed record SampleSubscriber(string Name, string[] Events, string[] Corps, Dictionary<string, string[]> When, int Partitions)
    {
        private string Queue => $"crm.test.{Name}";

        public IEnumerable<string> Queues() => Partitions == 1 ? [Queue] : Enumerable.Range(0, Partitions).Select(number => $"{Queue}.{number}");

        /// <summary>By the words of the contract: the last word of the routing key, modulo the number of queues.</summary>
        public string QueueOf(SampleEvent one) => Partitions == 1 ? Queue : $"{Queue}.{int.Parse(one.Message.RoutingKey[^2..]) % Partitions}";

        public bool Wants(SampleEvent one) =>
            (Corps.Length == 0 || Corps.Contains(one.Corp))
            && Array.Exists(Events, pattern => pattern == "*" ? !one.Name.StartsWith("profile.") : Matches(pattern, one.Name, ignoreCase: false))
            && When.All(condition => one.Carries.TryGetValue(condition.Key, out var value) && Array.Exists(condition.Value, pattern => Matches(pattern, value, condition.Key == "Staff")));

        public IEnumerable<(string Key, string? Value)> Settings()
        {
            var path = $"Routing:Subscribers:{Name}";
            yield return ($"{path}:Queue", Queue);
            yield return ($"{path}:Partitions", Partitions.ToString());
            foreach (var (list, entries) in When.Select(condition => ("When:" + condition.Key, condition.Value)).Append(("Events", Events)).Append(("Corps", Corps)))
            {
                for (var i = 0; i < entries.Length; i++) yield return ($"{path}:{list}:{i}", entries[i]);
            }
        }

        private static bool Matches(string pattern, string text, bool ignoreCase) =>
            Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", ignoreCase ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static class Sample
    {
        public static SampleSubscriber Subscriber(Random random, int number)
        {
            var conditions = number % 3 == 0 ? [] : ConditionPatterns.Keys.Where(_ => random.Next(5) == 0).Append("Origin").Distinct().ToArray();
            return new SampleSubscriber(
                $"s{number}", Some(random, EventPatterns, 1), random.Next(3) == 0 ? Some(random, Corps, 1) : [],
                conditions.ToDictionary(field => field, field => Some(random, ConditionPatterns[field], 1)),
                random.Next(4) switch { 0 => 2, 1 when number < 3 => 4, _ => 1 });
        }

        public static SampleEvent Event(Random random)
        {
            var (corp, name, customer) = (One(random, Corps), One(random, Names), $"wm{random.Next(30)}");
            var carries = new Dictionary<string, string> { ["Apps"] = One(random, Values["Apps"]), ["Origin"] = One(random, Values["Origin"]) };
            if (name.StartsWith("customer.") || name.StartsWith("profile.")) (carries["Staff"], carries["Customer"]) = (One(random, Values["Staff"]), customer);
            if (name == "customer.added" && random.Next(3) > 0) carries["State"] = One(random, Values["State"]);
            if (name.StartsWith("group.")) (carries["Group"], carries["Kind"]) = (One(random, Values["Group"]), One(random, ["customer", "staff", "other"]));
            if (name == "tag.created") carries["Kind"] = One(random, ["tag", "group"]);
            var key = carries.GetValueOrDefault("Customer") ?? carries.GetValueOrDefault("Group") ?? $"et{random.Next(50)}";
            return new SampleEvent(corp, name, carries, Message(corp, name, carries, key));
        }

        private static OutgoingMessage Message(string corp, string name, Dictionary<string, string> carries, string key)
        {
            var (app, staff, customer) = (carries["Apps"], carries.GetValueOrDefault("Staff", ""), carries.GetValueOrDefault("Customer", ""));
            return name switch
            {
                "customer.added" => Write(new CustomerAdded { CorpId = "ww", Corp = corp, App = app, UserId = staff, ExternalUserId = customer, State = carries.GetValueOrDefault("State"), HasWelcomeCode = false }, key, carries["Origin"]),
                "customer.edited" => Write(new CustomerEdited { CorpId = "ww", Corp = corp, App = app, UserId = staff, ExternalUserId = customer }, key, carries["Origin"]),
                "group.member_joined" => Write(new GroupMemberJoined { CorpId = "ww", Corp = corp, App = app, ChatId = carries["Group"], Member = "wm", Kind = carries["Kind"], Scene = "qr_code" }, key, carries["Origin"]),
                "tag.created" => Write(new TagCreated { CorpId = "ww", Corp = corp, App = app, Id = key, Kind = carries["Kind"] }, key, carries["Origin"]),
                _ => Write(new ProfileTagsChanged { CorpId = "ww", Corp = corp, App = app, UserId = staff, ExternalUserId = customer, Added = [], Removed = [] }, key, carries["Origin"]),
            };
        }

        private static OutgoingMessage Write<TData>(TData data, string key, string origin)
            where TData : EventData
        {
            var type = EventTypes.Of<TData>();
            var now = DateTimeOffset.UtcNow;
            var cloudEvent = new CloudEvent<TData> { Id = Guid.NewGuid(), Source = "/wecom/x/y", Type = type.CloudEventType, Subject = key, Time = now, DataSchema = type.DataSchema, PartitionKey = key, Origin = origin, Received = now, Data = data };
            return EventWriter.Write(cloudEvent, type.ExchangeName);
        }

        private static string One(Random random, string[] all) => all[random.Next(all.Length)];

        private static string[] Some(Random random, string[] all, int least)
        {
            var shuffled = (string[])all.Clone();
            random.Shuffle(shuffled);
            return shuffled[..random.Next(least, Math.Min(3, all.Length) + 1)];
        }
    }
}
