using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api;

public sealed class WecomClientFactoryTests : IDisposable
{
    private readonly WecomTransport _transport = new(new HttpClient(new SocketsHttpHandler()), new Uri("https://qyapi.example/"), TimeProvider.System);
    private string? _secret = "one";

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void An_app_has_one_client()
    {
        var factory = Factory();

        factory.For("acme", "contact", CallLane.Sync).ShouldBeSameAs(factory.For("acme", "contact", CallLane.Sync));
        factory.For("acme", "contact", CallLane.Sync).ShouldNotBeSameAs(factory.For("acme", "other", CallLane.Sync));
    }

    [Fact]
    public void A_changed_secret_ends_the_old_client()
    {
        var factory = Factory();
        var before = factory.For("acme", "contact", CallLane.Sync);

        _secret = "two";

        factory.For("acme", "contact", CallLane.Sync).ShouldNotBeSameAs(before);
    }

    [Fact]
    public void An_app_without_a_secret_is_denied_by_name()
    {
        _secret = null;

        Should.Throw<WecomException>(() => Factory().For("acme", "contact", CallLane.Sync)).Failure.ShouldBe(WecomFailure.Denied);
    }

    private WecomClientFactory Factory() =>
        new((corp, app) => _secret is null ? null : new WecomApp(corp, app, "wwEXAMPLE", _secret), _transport, new InMemoryAccessTokenStore(), new CallGovernor(new CallLimits(), new InMemoryCallBudgetStore(), TimeProvider.System), [], TimeProvider.System);
}
