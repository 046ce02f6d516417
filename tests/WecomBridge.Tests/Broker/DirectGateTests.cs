using WecomBridge.Broker;

namespace WecomBridge.Tests.Broker;

public sealed class DirectGateTests
{
    private readonly DirectGate _gate = new(maxInFlight: 2, TimeProvider.System);

    [Fact]
    public void Places_in_flight_are_bounded()
    {
        _gate.TryEnter().ShouldBeTrue();
        _gate.TryEnter().ShouldBeTrue();
        _gate.TryEnter().ShouldBeFalse();
        _gate.Leave();
        _gate.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void A_closed_gate_lets_nobody_in_until_it_is_opened()
    {
        _gate.Close("away").ShouldBeTrue();
        _gate.Close("again").ShouldBeFalse();
        _gate.Reason.ShouldBe("away");
        _gate.TryEnter().ShouldBeFalse();
        _gate.Open().ShouldBeTrue();
        _gate.Open().ShouldBeFalse();
        _gate.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public async Task Settled_only_when_everyone_in_flight_has_left()
    {
        _gate.SettledAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        _gate.TryEnter();
        _gate.TryEnter();
        _gate.Close("away");
        var settled = _gate.SettledAsync(CancellationToken.None);
        _gate.Leave();
        settled.IsCompleted.ShouldBeFalse();
        _gate.Leave();
        await settled.WaitAsync(TimeSpan.FromSeconds(5));
    }
}
