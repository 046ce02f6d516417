using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Limits;

public class ConcurrencyLimitTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(47)]
    public void Under_load_it_settles_below_an_unknown_ceiling_and_uses_most_of_it(int ceiling)
    {
        var limit = new ConcurrencyLimit();
        var now = Start;
        var settled = new List<(int Running, int Refused)>();
        for (var round = 0; round < 2000; round++, now += TimeSpan.FromMilliseconds(100)) settled.Add(Round(limit, ceiling, now));

        var late = settled.Skip(200).ToList();
        late.Average(r => Math.Min(r.Running, ceiling)).ShouldBeGreaterThanOrEqualTo(0.8 * ceiling);
        late.Count(r => r.Running > ceiling).ShouldBeLessThan(late.Count / 50);
        late.Sum(r => r.Refused).ShouldBeLessThan(late.Sum(r => r.Running) / 100);
    }

    [Fact]
    public void Without_a_refusal_it_doubles_each_round()
    {
        var limit = new ConcurrencyLimit();

        Round(limit, 1000, Start);
        limit.Value.ShouldBe(16);
        Round(limit, 1000, Start);
        limit.Value.ShouldBe(32);
        for (var round = 0; round < 10; round++) Round(limit, 1000, Start);
        limit.Value.ShouldBe(256);
    }

    [Fact]
    public void The_refusals_of_one_round_lower_it_once_beyond_what_they_prove()
    {
        var limit = new ConcurrencyLimit();

        foreach (var inFlight in new[] { 8, 7, 6 }) limit.Refused(inFlight, round: 0, Start);

        limit.Value.ShouldBe(5);
    }

    [Fact]
    public void A_ceiling_that_rises_again_is_found()
    {
        var limit = new ConcurrencyLimit();
        var now = Start;
        for (var round = 0; round < 100; round++, now += TimeSpan.FromMilliseconds(100)) Round(limit, 4, now);
        for (var round = 0; round < 6000; round++, now += TimeSpan.FromMilliseconds(100)) Round(limit, 40, now);

        limit.Value.ShouldBeInRange(20, 40);
    }

    [Fact]
    public void One_refusal_at_few_calls_does_not_hold_an_instance_down_for_minutes()
    {
        var limit = new ConcurrencyLimit();
        limit.Refused(2, limit.Round, Start);
        limit.Value.ShouldBe(1);

        var now = Start;
        for (var second = 0; second < 75; second++, now += TimeSpan.FromSeconds(1)) Round(limit, 40, now);

        limit.Value.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void One_call_is_always_let_go()
    {
        var limit = new ConcurrencyLimit();
        for (var n = 0; n < 50; n++) limit.Refused(1, limit.Round, Start);

        limit.Value.ShouldBe(1);
    }

    /// <summary>A full round of calls side by side, as a platform with a ceiling answers them.</summary>
    private static (int Running, int Refused) Round(ConcurrencyLimit limit, int ceiling, DateTimeOffset now)
    {
        var (running, round) = (limit.Value, limit.Round);
        for (var inFlight = 1; inFlight <= running; inFlight++)
        {
            if (inFlight > ceiling) limit.Refused(inFlight, round, now);
            else limit.Succeeded(now);
        }

        return (running, Math.Max(0, running - ceiling));
    }
}
