using WecomBridge.Tests.Features;
using WecomBridge.Wecom.Api;
using WecomBridge.Welcome;

namespace WecomBridge.Tests.Welcome;

public class GreetingRetryTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>Seconds until the next attempt with half the jitter; null to give up.</summary>
    [Theory]
    [InlineData(41096, 1, 1, 1.0)]
    [InlineData(41096, 2, 2, 3.0)]
    [InlineData(41096, 4, 2, 3.0)]
    [InlineData(41096, 3, 3, null)]
    [InlineData(84061, 1, 0, 0.5)]
    [InlineData(84061, 2, 0, 2.0)]
    [InlineData(40096, 3, 0, 6.0)]
    [InlineData(40096, 4, 0, 6.0)]
    [InlineData(-1, 1, 0, 0.5)]
    [InlineData(-1, 9, 0, 6.0)]
    [InlineData(45033, 2, 0, 2.0)]
    [InlineData(45009, 1, 0, null)]
    [InlineData(41050, 1, 0, null)]
    [InlineData(41051, 1, 0, null)]
    [InlineData(41053, 1, 0, null)]
    [InlineData(48002, 1, 0, null)]
    [InlineData(40058, 1, 0, null)]
    [InlineData(99999, 1, 0, null)]
    public void Each_code_has_its_next_attempt_inside_the_deadline(int code, int attempt, int beingSent, double? seconds) =>
        GreetingRetry.NextAt(FakeWecom.Refusal(code), attempt, beingSent, Now, Now.AddSeconds(17), jitter: 0.5).ShouldBe(seconds is { } wait ? Now.AddSeconds(wait) : null);

    [Theory]
    [InlineData(41096, 1)]
    [InlineData(84061, 0)]
    [InlineData(-1, 0)]
    public void Nothing_is_tried_after_the_deadline(int code, int beingSent) => GreetingRetry.NextAt(FakeWecom.Refusal(code), 1, beingSent, Now, Now.AddSeconds(0.4), jitter: 0.5).ShouldBeNull();
}
