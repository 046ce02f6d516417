using Microsoft.Extensions.Logging.Abstractions;
using WecomBridge.Broker;
using WecomBridge.Routing;

namespace WecomBridge.Tests.Routing;

public sealed class SubscriberWatchTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero));
    private readonly SubscriberFaults _faults = new();
    private readonly SubscriberWatch _watch;

    public SubscriberWatchTests() => _watch = new SubscriberWatch(_faults, _time, NullLogger<SubscriberWatch>.Instance);

    [Fact]
    public async Task A_queue_that_is_gone_is_named_until_it_is_back()
    {
        await LookAsync(null);
        _faults.All.ShouldContain(fault => fault.StartsWith("Queue 'crm.sales.customers' of subscriber 'sales' is gone") && fault.Contains("subscriptions apply") && fault.Contains("replay"));

        await LookAsync(new QueueState(0, 1));
        _faults.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_queue_that_nobody_reads_is_named_when_it_has_waited_long_enough()
    {
        await LookAsync(new QueueState(5, 0));
        _time.Advance(TimeSpan.FromMinutes(59));
        await LookAsync(new QueueState(9, 0));
        _faults.All.ShouldBeEmpty();

        _time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(new QueueState(9, 0));
        _faults.All.ShouldHaveSingleItem().ShouldStartWith("Nobody reads queue 'crm.sales.customers' of subscriber 'sales' since 2026-03-02 04:00Z");

        await LookAsync(new QueueState(9, 1));
        _faults.All.ShouldBeEmpty();
        await LookAsync(new QueueState(9, 0));
        _faults.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_queue_that_fills_up_is_named()
    {
        await LookAsync(new QueueState(700, 1));
        _faults.All.ShouldBeEmpty();

        await LookAsync(new QueueState(900, 1));
        _faults.All.ShouldHaveSingleItem().ShouldContain("'crm.sales.customers' of subscriber 'sales' is nearly or wholly full");
    }

    [Fact]
    public async Task What_the_settings_no_longer_name_is_no_longer_in_trouble()
    {
        _faults.Set("settling", "State is away");
        await LookAsync(null);
        await _watch.LookAsync(_ => Task.FromResult<QueueState?>(null), new RoutingSnapshot(new RoutingOptions(), limitsArePolicies: false), 1024);

        _faults.All.ShouldBe(["State is away"]);
    }

    private Task LookAsync(QueueState? state)
    {
        var options = new RoutingOptions { Subscribers = { ["sales"] = new SubscriberOptions { Queue = "crm.sales.customers", Events = ["*"], MaxBytes = 1 << 20 } } };
        return _watch.LookAsync(queue => Task.FromResult(queue.EndsWith(".dlq", StringComparison.Ordinal) ? new QueueState(0, 0) : state), new RoutingSnapshot(options, limitsArePolicies: false), 1024);
    }
}
