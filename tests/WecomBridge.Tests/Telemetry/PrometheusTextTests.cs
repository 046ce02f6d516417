using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using WecomBridge.Telemetry;

namespace WecomBridge.Tests.Telemetry;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricBook _book;
    private readonly Meter _meter;

    public PrometheusTextTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _meter = meters.Create(Meters.Bridge);
        _book = new MetricBook(meters);
        _book.Start();
    }

    public void Dispose()
    {
        _book.Dispose();
        _services.Dispose();
    }

    [Theory]
    [InlineData("wecombridge.callbacks.received", "{callback}", "Counter", "wecombridge_callbacks_received_total")]
    [InlineData("dotnet.process.cpu.time", "s", "Counter", "dotnet_process_cpu_time_seconds_total")]
    [InlineData("wecombridge.spool.size", "By", "Gauge", "wecombridge_spool_size_bytes")]
    [InlineData("wecombridge.spool.age", "s", "Gauge", "wecombridge_spool_age_seconds")]
    [InlineData("messaging.process.duration", "s", "Histogram", "messaging_process_duration_seconds")]
    [InlineData("share", "1", "Gauge", "share_ratio")]
    [InlineData("wait.seconds", "s", "Gauge", "wait_seconds")]
    [InlineData("2nd-try", null, "Gauge", "_2nd_try")]
    public void A_name_is_mapped(string instrument, string? unit, string kind, string name) => PrometheusText.NameOf(instrument, unit, Enum.Parse<MetricKind>(kind)).ShouldBe(name);

    [Fact]
    public void Counters_add_up_for_each_set_of_tags()
    {
        var counter = _meter.CreateCounter<long>("wecombridge.test.calls", "{call}", "Calls, by lane");
        counter.Add(2, new("lane", "a"), new("key", 1));
        counter.Add(3, new("lane", "a"), new("key", 1));
        counter.Add(1, new KeyValuePair<string, object?>("lane", "b"));

        Lines("wecombridge_test_calls").ShouldBe(
        [
            "# HELP wecombridge_test_calls_total Calls, by lane",
            "# TYPE wecombridge_test_calls_total counter",
            "wecombridge_test_calls_total{key=\"1\",lane=\"a\"} 5",
            "wecombridge_test_calls_total{lane=\"b\"} 1",
        ]);
    }

    [Fact]
    public void A_histogram_counts_up_to_each_bound()
    {
        var histogram = _meter.CreateHistogram("wecombridge.test.time", "s", "Time", tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 }) histogram.Record(value, new KeyValuePair<string, object?>("outcome", "ok"));

        Lines("wecombridge_test_time").Skip(2).ShouldBe(
        [
            "wecombridge_test_time_seconds_bucket{outcome=\"ok\",le=\"0.1\"} 2",
            "wecombridge_test_time_seconds_bucket{outcome=\"ok\",le=\"1\"} 3",
            "wecombridge_test_time_seconds_bucket{outcome=\"ok\",le=\"+Inf\"} 4",
            "wecombridge_test_time_seconds_sum{outcome=\"ok\"} 7.65",
            "wecombridge_test_time_seconds_count{outcome=\"ok\"} 4",
        ]);
    }

    [Fact]
    public void A_gauge_shows_what_is_measured_now_and_forgets_what_is_not()
    {
        var lanes = new List<string> { "a", "b" };
        var value = 1;
        _meter.CreateObservableGauge("wecombridge.test.left", () => lanes.Select(lane => new Measurement<int>(value, new KeyValuePair<string, object?>("lane", lane))), "{call}", "Left");
        Lines("wecombridge_test_left").Count.ShouldBe(4);
        lanes.Remove("b");
        value = 7;

        Lines("wecombridge_test_left").Skip(2).ShouldBe(["wecombridge_test_left{lane=\"a\"} 7"]);
    }

    [Fact]
    public void Ups_and_downs_are_added()
    {
        var open = _meter.CreateUpDownCounter<int>("wecombridge.test.open", "{flag}", "Open");
        open.Add(3);
        open.Add(-1);

        Lines("wecombridge_test_open").ShouldBe(["# HELP wecombridge_test_open Open", "# TYPE wecombridge_test_open gauge", "wecombridge_test_open 2"]);
    }

    [Fact]
    public void What_would_break_the_format_is_escaped()
    {
        _meter.CreateCounter<long>("wecombridge.test.odd", null, "one\\two\nthree").Add(1, new KeyValuePair<string, object?>("a b", "say \"no\"\\\n"));

        Lines("wecombridge_test_odd").ShouldBe(
        [
            "# HELP wecombridge_test_odd_total one\\\\two\\nthree", "# TYPE wecombridge_test_odd_total counter", "wecombridge_test_odd_total{a_b=\"say \\\"no\\\"\\\\\\n\"} 1",
        ]);
    }

    [Fact]
    public void Tags_without_bound_share_one_series()
    {
        var counter = _meter.CreateCounter<long>("wecombridge.test.many");
        for (var n = 0; n < MetricBook.MaxSeries + 50; n++) counter.Add(1, new KeyValuePair<string, object?>("n", n));

        var lines = Lines("wecombridge_test_many");

        lines.Count.ShouldBe(MetricBook.MaxSeries + 3);
        lines.ShouldContain("wecombridge_test_many_total{otel_metric_overflow=\"true\"} 50");
    }

    [Fact]
    public void The_meters_of_another_host_are_not_shown()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create(Meters.Bridge).CreateCounter<long>("wecombridge.test.foreign").Add(1);

        Lines("wecombridge_test_foreign").ShouldBeEmpty();
    }

    [Fact]
    public void A_gauge_that_fails_takes_no_other_with_it()
    {
        _meter.CreateObservableGauge<long>("wecombridge.test.gauge.first", () => 1);
        _meter.CreateObservableGauge<long>("wecombridge.test.gauge.failing", Fail);
        _meter.CreateObservableGauge<long>("wecombridge.test.gauge.last", () => 2);

        Lines("wecombridge_test_gauge").Where(line => line[0] != '#').ShouldBe(["wecombridge_test_gauge_first 1", "wecombridge_test_gauge_last 2"]);

        static long Fail() => throw new TimeoutException("State is away");
    }

    [Fact]
    public void Of_names_that_end_in_count_only_gauges_are_left_out()
    {
        _meter.CreateCounter<long>("wecombridge.test.counter.count").Add(3);
        _meter.CreateUpDownCounter<long>("wecombridge.test.gauge.count").Add(4);

        Lines("wecombridge_test_counter_count").ShouldContain("wecombridge_test_counter_count_total 3");
        Lines("wecombridge_test_gauge_count").ShouldBeEmpty();
    }

    [Fact]
    public void What_has_the_address_of_each_peer_is_left_out()
    {
        _meter.CreateUpDownCounter<long>("http.client.open_connections").Add(1, new KeyValuePair<string, object?>("network.peer.address", "192.0.2.7"));
        _meter.CreateHistogram<double>("http.client.connection.duration").Record(1, new KeyValuePair<string, object?>("network.peer.address", "192.0.2.7"));
        _meter.CreateHistogram<double>("http.client.request.duration").Record(1, new KeyValuePair<string, object?>("server.address", "wecom.example"));

        Lines("wecom.example").ShouldNotBeEmpty();
        Lines("192.0.2.7").ShouldBeEmpty();
    }

    [Fact]
    public void A_measurement_of_known_tags_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>("wecombridge.test.hot");
        void Measure() => counter.Add(1, new KeyValuePair<string, object?>("corp", "acme"), new KeyValuePair<string, object?>("outcome", "ok"));
        for (var n = 0; n < 1000; n++) Measure();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1000; n++) Measure();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private List<string> Lines(string prefix) => [.. _book.Write().Split('\n').Where(line => line.Contains(prefix, StringComparison.Ordinal))];
}
