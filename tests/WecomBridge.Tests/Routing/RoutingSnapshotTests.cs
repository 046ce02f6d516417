using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.Routing;

namespace WecomBridge.Tests.Routing;

public sealed class RoutingSnapshotTests
{
    [Fact]
    public void A_subscriber_without_conditions_is_left_to_the_broker()
    {
        var snapshot = Of(("sales", new SubscriberOptions { Queue = "crm.sales.all", Events = ["customer.*"] }));

        snapshot.KeysOf(RoutingEvents.Added()).ShouldBeNull();
        snapshot.Bindings.ShouldBe([new QueueBinding("crm.sales.all", Exchanges.Events, "v1.*.customer.*.*")]);
    }

    [Fact]
    public void A_subscriber_with_conditions_is_bound_by_its_name_and_addressed_by_the_publisher()
    {
        var snapshot = Of(("stores", new SubscriberOptions { Queue = "crm.sales.stores", Events = ["customer.added", "profile.*"], When = { State = ["store-*"] } }));

        snapshot.Bindings.ShouldBe([new QueueBinding("crm.sales.stores", Exchanges.Events, "to.stores.*"), new QueueBinding("crm.sales.stores", Exchanges.Profiles, "to.stores.*")]);
        snapshot.KeysOf(RoutingEvents.Added(state: "store-7", customer: "wm1")).ShouldBe(["to.stores." + PartitionKeys.WordOf("wm1")]);
        snapshot.KeysOf(RoutingEvents.Added(state: "expo")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added(state: null)).ShouldBeNull();
    }

    [Theory]
    [InlineData("*", null)]
    [InlineData("?*", null)]
    public void What_an_event_does_not_carry_matches_no_pattern(string pattern, string? state) =>
        Of(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["*"], When = { State = [pattern] } })).KeysOf(RoutingEvents.Added(state: state)).ShouldBeNull();

    [Fact]
    public void All_conditions_must_hold_and_of_each_any_entry()
    {
        var snapshot = Of(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["*"], When = { State = ["x", "store-?"], Staff = ["ZHANG*"], Origin = ["callback"], Customer = ["wm?"], Apps = ["contact"] } }));

        snapshot.KeysOf(RoutingEvents.Added()).ShouldNotBeNull();
        snapshot.KeysOf(RoutingEvents.Added(state: "store-10")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added(state: "X")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added(staff: "li")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added(customer: "wm22")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added(origin: "replay")).ShouldBeNull();
    }

    [Fact]
    public void Kind_and_group_are_those_that_the_event_names()
    {
        var snapshot = Of(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["group.*"], When = { Kind = ["customer"], Group = ["wr*"] } }));

        snapshot.KeysOf(RoutingEvents.Joined("customer")).ShouldNotBeNull();
        snapshot.KeysOf(RoutingEvents.Joined("staff")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Joined("customer", group: "xr1")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added()).ShouldBeNull();
    }

    [Fact]
    public void Corps_and_events_come_before_conditions()
    {
        var snapshot = Of(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["customer.left", "customer.*"], Corps = ["beta"], When = { Staff = ["*"] } }));

        snapshot.KeysOf(RoutingEvents.Added(corp: "acme")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Joined("customer")).ShouldBeNull();
        snapshot.KeysOf(RoutingEvents.Added(corp: "beta")).ShouldNotBeNull();
    }

    [Fact]
    public void Facts_of_the_CRM_are_not_among_all_events()
    {
        var all = new SubscriberRoute("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["*"] });
        all.WantsEvent("profile.updated").ShouldBeFalse();
        all.WantsEvent("customer.added").ShouldBeTrue();
        new SubscriberRoute("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["profile.*"] }).WantsEvent("profile.updated").ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Each_partition_belongs_to_one_queue(int partitions)
    {
        var snapshot = Of(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["customer.added"], Partitions = partitions, MaxBytes = 16 << 20 }));

        snapshot.Queues.Count.ShouldBe(2 * partitions);
        for (var partition = 0; partition < 16; partition++)
        {
            var key = $"v1.acme.customer.added.p{partition:00}";
            var queue = snapshot.Bindings.Where(binding => TopicPattern.Matches(binding.Pattern, key)).Select(binding => binding.Queue).ShouldHaveSingleItem();
            queue.ShouldBe(partitions == 1 ? "crm.a.b" : $"crm.a.b.{partition % partitions}");
            snapshot.Subscribers[0].QueueOf(partition).ShouldBe(queue);
        }

        foreach (var queue in snapshot.Queues.Where(queue => !queue.Name.EndsWith(".dlq", StringComparison.Ordinal)))
        {
            queue.Arguments.ContainsKey("x-single-active-consumer").ShouldBe(partitions > 1);
            queue.Arguments["x-max-length-bytes"].ShouldBe((long)(16 << 20) / partitions);
            queue.Arguments["x-message-ttl"].ShouldBe(7L * 24 * 3600 * 1000);
            queue.Arguments["x-dead-letter-routing-key"].ShouldBe(queue.Name + ".dlq");
            queue.Arguments.Keys.ShouldNotContain("x-overflow");
        }
    }

    [Fact]
    public void Limits_as_policies_leave_the_queues_without_them()
    {
        var snapshot = new RoutingSnapshot(Options(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["customer.added"], Partitions = 2, Retention = TimeSpan.FromHours(1) })), limitsArePolicies: true);

        snapshot.Queues[0].Arguments.Keys.Order().ShouldBe(["x-dead-letter-exchange", "x-dead-letter-routing-key", "x-queue-type", "x-single-active-consumer"]);
        snapshot.Policies.Select(policy => policy.Name).ShouldBe(["wecombridge.crm.a.b.0", "wecombridge.crm.a.b.1"]);
        snapshot.Policies[0].Definition["message-ttl"].ShouldBe(3_600_000L);
    }

    [Fact]
    public void What_is_no_event_of_ours_has_no_keys()
    {
        var snapshot = Of(("a", new SubscriberOptions { Queue = "crm.a.b", Events = ["*"], When = { Staff = ["*"] } }));
        var message = RoutingEvents.Added();

        snapshot.KeysOf(message with { Body = "no json"u8.ToArray() }).ShouldBeNull();
        snapshot.KeysOf(message with { Body = "{\"data\":7}"u8.ToArray() }).ShouldBeNull();
        snapshot.KeysOf(message with { RoutingKey = "wecom.welcome", Exchange = "" }).ShouldBeNull();
        snapshot.KeysOf(message with { RoutingKey = "v1.acme.customer.added.p99" }).ShouldBeNull();
        snapshot.KeysOf(message with { RoutingKey = "short" }).ShouldBeNull();
    }

    private static RoutingSnapshot Of(params (string Name, SubscriberOptions Settings)[] subscribers) => new(Options(subscribers), limitsArePolicies: false);

    private static RoutingOptions Options(params (string Name, SubscriberOptions Settings)[] subscribers) => new() { Subscribers = subscribers.ToDictionary(one => one.Name, one => one.Settings) };
}
