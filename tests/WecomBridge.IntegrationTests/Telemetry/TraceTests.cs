using WecomBridge.IntegrationTests.Servers;
using WecomBridge.Simulator.Crm;
using WecomBridge.Simulator.Platform;
using WecomBridge.Wecom.Api;

namespace WecomBridge.IntegrationTests.Telemetry;

/// <summary>One callback, everything it leads to, and one trace: read from what a collector was sent.</summary>
public sealed class TraceTests(RabbitServer rabbit)
{
    private const string Staff = "zhang01";
    private const string Customer = "wm00001TRACED";
    private const string Name = "CANARY-NAME-小明";
    private const string Mobile = "13912345678";
    private const string CollectorToken = "canary-collector-token";
    private const string Callback = "POST /callback/{corp}/{app}";

    [Fact]
    public async Task Over_RabbitMQ_a_callback_its_consumers_and_all_calls_are_one_trace()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await World.StartAsync();
        var broker = await rabbit.NewVirtualHostAsync();
        await world.StartBridgeAsync(Settings(world, collector, ("Broker:Transport", "RabbitMq"), ("Broker:Uri", broker.ToString())));

        var trace = await LetACustomerComeAsync(world, collector);

        var root = trace.Root();
        var published = trace.Below(root, "publish wecom.events").ShouldHaveSingleItem();
        var greetingPublished = trace.Below(root, "publish wecom.welcome").ShouldHaveSingleItem();
        trace.Below(published, "process wecom.work.tags").ShouldHaveSingleItem().Kind.ShouldBe(ExportedSpan.Consumer);
        var tagged = trace.Below(published, "process wecom.work.tags").Single();
        var profiled = trace.Below(published, "process wecom.work.profiles").ShouldHaveSingleItem();
        var greeted = trace.Below(greetingPublished, "process wecom.welcome").ShouldHaveSingleItem();
        trace.AssertEffects(tagged, profiled, greeted);
        new[] { published, greetingPublished }.ShouldAllBe(span => span.Kind == ExportedSpan.Producer && span.Attributes["messaging.system"] == "rabbitmq");
        trace.Below(greeted, "publish wecom.events").ShouldNotBeEmpty("welcome.sent goes out below the greeting");
        AssertNothingPrivate(world, collector);
    }

    [Fact]
    public async Task Without_a_broker_it_is_the_same_trace_from_the_spool_on()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(Settings(world, collector));

        var trace = await LetACustomerComeAsync(world, collector);

        var root = trace.Root();
        trace.Below(root, "spool").ShouldHaveSingleItem().Kind.ShouldBe(ExportedSpan.Producer);
        var (tagged, profiled, greeted) = (trace.Below(root, "process wecom.work.tags").ShouldHaveSingleItem(), trace.Below(root, "process wecom.work.profiles").ShouldHaveSingleItem(), trace.Below(root, "process wecom.welcome").ShouldHaveSingleItem());
        trace.AssertEffects(tagged, profiled, greeted);
        AssertNothingPrivate(world, collector);
    }

    [Fact]
    public async Task A_trace_that_a_caller_brings_along_is_not_joined_and_a_refusal_is_seen()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(Settings(world, collector));
        using var http = new HttpClient();
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"{World.CallbackUrl(world.Port)}?msg_signature=0&timestamp=1&nonce=2") { Content = new StringContent("<xml><Encrypt>AAAA</Encrypt></xml>") };
        forged.Headers.Add("traceparent", "00-11111111111111111111111111111111-2222222222222222-01");

        (await http.SendAsync(forged)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);

        await Eventually.BecomesTrueAsync("the span of the refusal", () => collector.Spans.Any(span => span.Name == Callback));
        var refused = collector.Spans.Single(span => span.Name == Callback);
        (refused.TraceId.StartsWith("1111", StringComparison.Ordinal), refused.ParentId, refused.Attributes["http.response.status_code"], refused.Attributes["wecombridge.outcome"]).ShouldBe((false, "", "403", "refused"));
        collector.Holds("msg_signature").ShouldBeFalse();
    }

    [Fact]
    public async Task Metrics_are_exported_and_a_sample_of_none_exports_no_trace()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await World.StartAsync();
        await world.StartBridgeAsync(Settings(world, collector, ("Telemetry:SampleRatio", "0"), ("OTEL_METRIC_EXPORT_INTERVAL", "300")));
        using var poster = new CallbackPoster();

        (await poster.PostAsync(world.Port, CallbackPoster.Contact("edit_external_contact", Staff, Customer, 1700000000))).ShouldBeTrue();

        await Eventually.BecomesTrueAsync("metrics of the callback", () => collector.Metrics.Contains("wecombridge.callbacks.acknowledged") && collector.Metrics.Contains("messaging.process.duration"));
        collector.Metrics.ShouldContain("http.server.request.duration");
        collector.Holds("network.peer.address").ShouldBeFalse();
        collector.Spans.ShouldBeEmpty();
    }

    private static Dictionary<string, string?> Settings(World world, Collector collector, params (string Key, string? Value)[] more) => world.Settings(more:
    [
        ("Telemetry:Otlp:Endpoint", collector.Address.ToString()), ("Telemetry:Otlp:Protocol", "HttpProtobuf"), ("Telemetry:Otlp:Headers:x-token", CollectorToken), ("OTEL_BSP_SCHEDULE_DELAY", "200"), .. more,
    ]);

    private static async Task<Trace> LetACustomerComeAsync(World world, Collector collector)
    {
        var corp = world.WecomCorp;
        corp.Put(new SimulatedStaff(Staff, "CANARY-STAFF"));
        corp.Customers.Put(new SimulatedCustomer(Customer, Name) { UnionId = "oTRACED", Mobile = Mobile });
        world.Simulator.Crm.Put(new CrmCustomer("c-1", Name) { Level = "gold", UnionId = "oTRACED" });
        (await corp.Customers.Add(Staff, Customer, new AddDetails { State = "store-1" }).Delivered).ShouldAllBe(outcome => outcome.Acknowledged);

        // The reconcilers' own edits come back as callbacks with traces of their own: the first is the one that began it.
        Trace? trace = null;
        await Eventually.BecomesTrueAsync("the whole trace at the collector", () => (trace = Trace.OfAdd(collector.Spans)) is not null && trace.IsComplete);
        collector.Token.ShouldBe(CollectorToken);
        return trace!;
    }

    private static void AssertNothingPrivate(World world, Collector collector)
    {
        string[] canaries = [Name, Mobile, "CANARY-STAFF", "access_token", World.Secret, World.Token, World.AesKey, World.CrmToken, CollectorToken, .. world.WelcomeCodes];
        canaries.Length.ShouldBeGreaterThan(9);
        canaries.Where(collector.Holds).ShouldBeEmpty();
        collector.Holds(Customer).ShouldBeFalse("not even the customer's id");
    }

    /// <summary>The spans of one trace.</summary>
    private sealed record Trace(IReadOnlyList<ExportedSpan> Spans)
    {
        public bool IsComplete => Spans.Any(span => span.Name == WecomPaths.MarkTag) && Spans.Any(span => span.Name == WecomPaths.SendWelcomeMessage) && Spans.Any(span => span.Name == "reconcile profiles") && Spans.Any(span => span.Name == Callback)
            && Spans.Any(span => span.Name == "reconcile tags") && Spans.Count(span => span.Kind == ExportedSpan.Consumer) >= 3 && Spans.Any(span => span.Name == WecomPaths.ExternalContactRemark);

        public static Trace? OfAdd(IReadOnlyList<ExportedSpan> spans) =>
            spans.FirstOrDefault(span => span.Name == Callback && span.Attributes.GetValueOrDefault("wecombridge.event.type") == "customer.added") is { } root ? new Trace([.. spans.Where(span => span.TraceId == root.TraceId)]) : null;

        public ExportedSpan Root()
        {
            var root = Spans.Single(span => span.ParentId.Length == 0);
            (root.Name, root.Kind, root.Attributes["http.response.status_code"], root.Attributes["wecombridge.corp"]).ShouldBe((Callback, ExportedSpan.Server, "200", World.Corp));
            return root;
        }

        public IReadOnlyList<ExportedSpan> Below(ExportedSpan parent, string name) => [.. Spans.Where(span => span.ParentId == parent.Id && span.Name == name)];

        /// <summary>Each effect hangs below the consumer that asked for it, and each call below the effect.</summary>
        public void AssertEffects(ExportedSpan tagged, ExportedSpan profiled, ExportedSpan greeted)
        {
            var tags = Below(tagged, "reconcile tags").ShouldHaveSingleItem();
            var profiles = Below(profiled, "reconcile profiles").ShouldHaveSingleItem();
            var mark = Below(tags, WecomPaths.MarkTag).ShouldHaveSingleItem();
            var remark = Below(profiles, WecomPaths.ExternalContactRemark).ShouldHaveSingleItem();
            var greeting = Below(greeted, WecomPaths.SendWelcomeMessage).ShouldHaveSingleItem();
            Below(profiles, "crm questions").ShouldNotBeEmpty();
            new[] { mark, remark, greeting }.ShouldAllBe(call => call.Kind == ExportedSpan.Client && call.Attributes["wecombridge.outcome"] == "ok" && call.Attributes["wecombridge.errcode"] == "0");
            Spans.Where(span => span.ParentId.Length > 0).ShouldAllBe(span => Spans.Any(parent => parent.Id == span.ParentId), "every span but the first has its parent here");
            Spans.Where(span => span.Status == ExportedSpan.Error).ShouldAllBe(span => span.Name == WecomPaths.AddCorpTag, "two lanes may want to create the same tag at the start; nothing else fails");
        }
    }
}
