using System.Diagnostics;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Tests.Broker;

public sealed class EventFactoryTests
{
    private static readonly Guid Cause = Guid.Parse("146249e0-ccdd-8e00-91cf-cfe595dfcd05");
    private static readonly DateTimeOffset Now = new(2023, 11, 14, 22, 13, 21, 500, TimeSpan.Zero);

    private readonly EventFactory _factory = new(new FixedTime());

    [Fact]
    public void A_derived_event_names_its_cause_and_keeps_its_source()
    {
        var sent = Sent("");

        sent.Cause.ShouldBe(Cause);
        sent.Origin.ShouldBe("derived");
        sent.Source.ShouldBe("/wecom/acme/contact");
        sent.Type.ShouldBe("com.wecombridge.welcome.sent.v1");
        sent.DataSchema.ShouldBe("urn:wecombridge:welcome.sent.v1");
        sent.Time.ShouldBe(Now);
        sent.Received.ShouldBe(Now);
        sent.Id.ShouldBe(Guid.Parse("97e7d474-e66a-8044-9510-fb675355ce61"));
    }

    [Fact]
    public void The_same_effect_twice_is_one_event_and_two_effects_are_two()
    {
        Sent("a").Id.ShouldBe(Sent("a").Id);
        Sent("a").Id.ShouldNotBe(Sent("b").Id);
    }

    [Fact]
    public void The_trace_goes_on_in_the_event()
    {
        Sent("").TraceParent.ShouldBeNull();

        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        Sent("").TraceParent.ShouldBe(activity.Id);
    }

    private CloudEvent<WelcomeSent> Sent(string discriminator) => _factory.Derived("acme", "contact", Cause, discriminator, "wm1", "wm1", new WelcomeSent
    {
        CorpId = "ww1", Corp = "acme", App = "contact", UserId = "staff-001", ExternalUserId = "wm1", Rule = "default", AgeMs = 700,
    });

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
