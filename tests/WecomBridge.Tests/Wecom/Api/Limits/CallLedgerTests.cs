using FsCheck;
using FsCheck.Fluent;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Tests.Wecom.Api.Limits;

public class CallLedgerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    /// <summary>Several takers reserve at random moments and make each call at the first or the last moment allowed.</summary>
    [Fact]
    public void No_minute_and_no_hour_ever_holds_more_than_the_budget()
    {
        var step = from pause in Gen.Choose(0, 9000) from wanted in Gen.Choose(1, 40) from late in Gen.Choose(0, 1) select (pause, wanted, late);
        Prop.ForAll(step.ListOf().Resize(400).ToArbitrary(), arrivals =>
        {
            var ledger = new CallLedger();
            var budget = new CallBudget(50, 300);
            var made = new List<DateTimeOffset>();
            var now = Start;
            foreach (var (pause, wanted, late) in arrivals)
            {
                now += TimeSpan.FromMilliseconds(pause % 7 == 0 ? pause * 20 : pause / 10.0);
                var grant = ledger.Reserve(now, wanted, budget);
                var at = late == 1 ? grant.Until - TimeSpan.FromTicks(1) : now;
                made.AddRange(Enumerable.Repeat(at, grant.Count));
            }

            return Most(made, TimeSpan.FromMinutes(1)) <= 50 && Most(made, TimeSpan.FromHours(1)) <= 300;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_whole_budget_may_go_in_one_burst_and_the_next_comes_when_it_has_aged()
    {
        var ledger = new CallLedger();
        var budget = new CallBudget(1000, 15_000);

        Take(ledger, Start, 2000, budget).ShouldBe(1000);
        var none = ledger.Reserve(Start.AddSeconds(1), 1, budget);

        none.Count.ShouldBe(0);
        (none.RetryAt - Start).TotalSeconds.ShouldBeInRange(60, 63);
        ledger.Reserve(none.RetryAt.AddMilliseconds(-1), 1, budget).Count.ShouldBe(0);
        Take(ledger, none.RetryAt, 1, budget).ShouldBe(1);
    }

    [Fact]
    public void A_spent_hour_is_waited_for_to_its_end()
    {
        var ledger = new CallLedger();
        var budget = new CallBudget(1000, 100);
        Take(ledger, Start, 200, budget).ShouldBe(100);

        (ledger.Reserve(Start.AddMinutes(5), 1, budget).RetryAt - Start).TotalMinutes.ShouldBeInRange(60, 61);
    }

    [Fact]
    public void A_limit_is_used_to_more_than_95_percent()
    {
        const int limit = 1000;
        var ledger = new CallLedger();
        var budget = new CallLimits(limit, limit * 60, 0.98).BudgetOf(CallLane.Welcome);
        var made = new List<DateTimeOffset>();

        for (var now = Start; now < Start.AddMinutes(10); now += TimeSpan.FromMilliseconds(40))
        {
            var grant = ledger.Reserve(now, 4, budget);
            made.AddRange(Enumerable.Repeat(now, grant.Count));
        }

        Most(made, TimeSpan.FromMinutes(1)).ShouldBeLessThanOrEqualTo(limit);
        (made.Count(at => at >= Start.AddMinutes(2)) / 8.0).ShouldBeGreaterThanOrEqualTo(0.95 * limit);
    }

    [Fact]
    public void An_api_closes_for_a_minute_then_ten_then_sixty_and_a_probe_goes_ahead_of_the_rest()
    {
        var ledger = new CallLedger();
        var budget = new CallBudget(1000, 10_000);
        var now = Start;
        foreach (var minutes in new[] { 1, 10, 60, 60 })
        {
            ledger.Close(now).Until.ShouldBe(now.AddMinutes(minutes));
            ledger.Close(now.AddSeconds(1)).Until.ShouldBe(now.AddMinutes(minutes), "one that was under way says nothing new");
            ledger.Reserve(now.AddMinutes(minutes).AddMilliseconds(-1), 8, budget).Count.ShouldBe(0);
            now = now.AddMinutes(minutes);
            var probe = ledger.Reserve(now, 8, budget);
            (probe.Count, probe.IsProbe).ShouldBe((1, true));
            ledger.Reserve(now, 8, budget).Count.ShouldBe(0);
        }

        ledger.Open();
        ledger.Reserve(now, 8, budget).Count.ShouldBe(8);
        ledger.Close(now).Count.ShouldBe(1);
    }

    [Fact]
    public void A_probe_that_was_never_answered_is_followed_by_another()
    {
        var ledger = new CallLedger();
        var budget = new CallBudget(1000, 10_000);
        ledger.Close(Start);
        ledger.Reserve(Start.AddMinutes(1), 1, budget).IsProbe.ShouldBeTrue();

        ledger.Reserve(Start.AddMinutes(1).AddSeconds(9), 1, budget).Count.ShouldBe(0);
        ledger.Reserve(Start.AddMinutes(1).AddSeconds(10), 1, budget).IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void A_ledger_goes_on_from_its_text()
    {
        var ledger = new CallLedger();
        var budget = new CallBudget(100, 150);
        Take(ledger, Start, 90, budget);
        Take(ledger, Start.AddMinutes(3), 40, budget);
        ledger.Close(Start.AddMinutes(3));

        var read = CallLedger.Parse(ledger.ToText());

        read.ToText().ShouldBe(ledger.ToText());
        read.Reserve(Start.AddMinutes(3.5), 8, budget).ShouldBe(ledger.Reserve(Start.AddMinutes(3.5), 8, budget));
        read.Reserve(Start.AddMinutes(4), 8, budget).ShouldBe(ledger.Reserve(Start.AddMinutes(4), 8, budget));
        Should.Throw<FormatException>(() => CallLedger.Parse("something"));
    }

    // Fault F40.
    [Fact]
    public void A_clock_set_back_does_not_stop_an_api_and_one_that_is_fast_does_not_wipe_out_what_others_have_counted()
    {
        var budget = new CallBudget(1000, 1000);
        var ledger = new CallLedger();
        Take(ledger, Start, 1000, budget).ShouldBe(1000);

        ledger.Reserve(Start.AddMinutes(70), 1, budget).Count.ShouldBe(1, "an hour has passed, by that clock");
        ledger.Reserve(Start.AddSeconds(1), 1, budget).Count.ShouldBe(0);

        Take(ledger, Start.AddMinutes(-30), 10, budget).ShouldBe(10);
    }

    [Fact]
    public void A_closing_by_a_clock_far_ahead_is_probed_at_once()
    {
        var ledger = new CallLedger();
        ledger.Close(Start.AddHours(5));

        ledger.Reserve(Start, 8, new CallBudget(1000, 10_000)).IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void Later_lanes_leave_a_tenth_for_each_earlier_one()
    {
        var limits = new CallLimits(10_000, 150_000, 0.9);

        Enum.GetValues<CallLane>().Select(lane => limits.BudgetOf(lane).PerMinute).ShouldBe([9000, 8100, 7200, 6300]);
        limits.BudgetOf(CallLane.Bulk).PerHour.ShouldBe(94_500);
    }

    internal static int Most(List<DateTimeOffset> made, TimeSpan window)
    {
        made.Sort();
        var most = 0;
        for (int first = 0, last = 0; last < made.Count; last++)
        {
            while (made[last] - made[first] >= window) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private static int Take(CallLedger ledger, DateTimeOffset now, int wanted, CallBudget budget)
    {
        var taken = 0;
        for (var grant = ledger.Reserve(now, wanted, budget); grant.Count > 0 && taken < wanted; grant = ledger.Reserve(now, Math.Max(1, wanted - taken), budget)) taken += grant.Count;
        return taken;
    }
}
