using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Routing;

namespace WecomBridge.Tests.Broker;

public sealed class TopologyTests
{
    [Fact]
    public void Every_queue_has_its_dead_letters_and_the_log_is_a_stream()
    {
        var topology = Of(new BrokerOptions(), new RoutingOptions());
        string[] own = ["wecom.welcome", "wecom.work.profiles", "wecom.work.tags", "wecom.work.groups", "wecom.unrecognized"];
        foreach (var queue in own) topology.Queues.Select(declared => declared.Name).ShouldContain(queue + ".dlq");
        topology.Queues.Single(queue => queue.Name == "wecom.log").Arguments["x-queue-type"].ShouldBe("stream");
        topology.Queues.Single(queue => queue.Name == "wecom.log").Arguments["x-max-age"].ShouldBe("604800s");
        topology.Queues.Where(queue => queue.Name != "wecom.log").ShouldAllBe(queue => (string)queue.Arguments["x-queue-type"]! == "quorum");
        topology.Exchanges.ShouldBe(["wecom.events", "wecom.profiles", "wecom.commands"]);
    }

    [Fact]
    public void An_age_of_zero_switches_the_log_off()
    {
        var topology = Of(new BrokerOptions { Log = { MaxAge = TimeSpan.Zero } }, new RoutingOptions());
        topology.Queues.ShouldNotContain(queue => queue.Name == "wecom.log");
        topology.Bindings.ShouldNotContain(binding => binding.Queue == "wecom.log");
    }

    [Fact]
    public void A_subscriber_gets_its_queue_its_dead_letters_and_one_binding_for_each_event_and_corp()
    {
        var routing = new RoutingOptions { Subscribers = { ["sales"] = new SubscriberOptions { Queue = "crm.sales.customers", Events = ["customer.*", "welcome.missed", "profile.updated"], Corps = ["acme", "beta"] } } };
        var topology = Of(new BrokerOptions(), routing);
        topology.Bindings.Where(binding => binding.Queue == "crm.sales.customers").Select(binding => (binding.Exchange, binding.Pattern)).ShouldBe(
        [
            ("wecom.events", "v1.acme.customer.*.*"), ("wecom.events", "v1.beta.customer.*.*"),
            ("wecom.events", "v1.acme.welcome.missed.*"), ("wecom.events", "v1.beta.welcome.missed.*"),
            ("wecom.profiles", "v1.acme.profile.updated.*"), ("wecom.profiles", "v1.beta.profile.updated.*"),
        ]);
        topology.Queues.Single(queue => queue.Name == "crm.sales.customers").Arguments["x-dead-letter-routing-key"].ShouldBe("crm.sales.customers.dlq");
    }

    [Fact]
    public void A_mismatch_names_the_property_the_expected_and_the_found_value() =>
        TopologyDeclarer.Explain("queue 'wecom.log'", "PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'wecom.log' in vhost '/': received the value 'stream' of type 'longstr' but current is none").Message
            .ShouldStartWith("The broker's queue 'wecom.log' has another x-queue-type: expected the value 'stream' of type 'longstr', found none.");

    [Theory]
    [InlineData("x-message-ttl", true)]
    [InlineData("x-queue-type", false)]
    public void Where_limits_are_policies_only_a_limit_that_a_queue_still_has_is_taken(string argument, bool isTaken)
    {
        var mismatch = TopologyDeclarer.Explain("queue 'crm.a.b'", $"PRECONDITION_FAILED - inequivalent arg '{argument}' for queue 'crm.a.b' in vhost '/': received none but current is the value '5' of type 'signedint'");

        TopologyDeclarer.IsOlderLimit(mismatch, new QueueDeclaration("crm.a.b", new Dictionary<string, object?> { ["x-queue-type"] = "quorum" })).ShouldBe(isTaken);
        TopologyDeclarer.IsOlderLimit(new TopologyMismatchException("The broker did not say."), new QueueDeclaration("crm.a.b", new Dictionary<string, object?>())).ShouldBeFalse();
    }

    private static Topology Of(BrokerOptions broker, RoutingOptions routing) => new(Options.Create(broker), new RoutingTable(Options.Create(routing), Options.Create(broker)));
}
