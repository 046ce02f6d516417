using FsCheck;
using FsCheck.Fluent;
using WecomBridge.State;

namespace WecomBridge.Tests.State;

public class GreetingLedgerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly RelationKey Key = new("acme", "ZhangSan", "wm1");
    private static readonly Guid Half = Guid.NewGuid();
    private static readonly Guid Full = Guid.NewGuid();

    [Fact]
    public async Task The_same_event_at_three_instances_is_claimed_once()
    {
        await using var state = await StateFile.CreateAsync();
        var claims = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => ClaimAsync(state, Full, Start, owner: $"instance-{n}")));
        claims.Count(claim => claim.Result == GreetingClaimResult.Claimed).ShouldBe(1);
        claims.Count(claim => claim.Result == GreetingClaimResult.HeldByOther).ShouldBe(2);
    }

    [Fact]
    public async Task A_sent_greeting_is_done_for_its_event_and_for_the_other_event_of_the_same_add()
    {
        await using var state = await StateFile.CreateAsync();
        await SendAsync(state, Half, Start);
        (await ClaimAsync(state, Half, Start)).ShouldBe(new GreetingClaim(GreetingClaimResult.AlreadyDone, Outcome: GreetingOutcome.Sent));
        (await ClaimAsync(state, Full, Start.AddSeconds(3))).Result.ShouldBe(GreetingClaimResult.SameAddGreeted);
        (await ClaimAsync(state, Full, Start.AddHours(25))).Result.ShouldBe(GreetingClaimResult.Claimed);
    }

    [Fact]
    public async Task A_customer_who_left_and_came_back_is_greeted_again()
    {
        await using var state = await StateFile.CreateAsync();
        await SendAsync(state, Half, Start);
        await state.WriteAsync(session => RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Left, Start.AddMinutes(1), Guid.NewGuid())));
        (await ClaimAsync(state, Full, Start.AddMinutes(2))).ShouldBe(new GreetingClaim(GreetingClaimResult.Claimed, 1));
        // An older event than the greeting earns none, whatever ended meanwhile.
        await CompleteAsync(state, Full, Start.AddMinutes(2), GreetingOutcome.Sent);
        (await ClaimAsync(state, Guid.NewGuid(), Start.AddSeconds(30))).Result.ShouldBe(GreetingClaimResult.SameAddGreeted);
    }

    [Fact]
    public async Task A_claim_whose_holder_died_is_taken_up_by_its_own_event_and_says_that_an_earlier_send_may_have_happened()
    {
        await using var state = await StateFile.CreateAsync();
        (await ClaimAsync(state, Half, Start)).Attempt.ShouldBe(1);
        (await ClaimAsync(state, Half, Start, at: Start + Lease - TimeSpan.FromMilliseconds(1))).Result.ShouldBe(GreetingClaimResult.HeldByOther);
        (await ClaimAsync(state, Full, Start.AddSeconds(3), at: Start + Lease)).Result.ShouldBe(GreetingClaimResult.HeldByOther);
        (await ClaimAsync(state, Half, Start, at: Start + Lease)).ShouldBe(new GreetingClaim(GreetingClaimResult.Claimed, 2));
    }

    [Fact]
    public async Task A_greeting_missed_for_want_of_a_code_is_taken_over_by_the_copy_of_the_event_that_has_one()
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Full, Start, hasCode: false);
        await CompleteAsync(state, Full, Start, GreetingOutcome.Missed, GreetingLedger.NoCode);
        (await ClaimAsync(state, Full, Start, hasCode: false)).ShouldBe(
            new GreetingClaim(GreetingClaimResult.AlreadyDone, Outcome: GreetingOutcome.Missed, Reason: GreetingLedger.NoCode));
        (await ClaimAsync(state, Full, Start, hasCode: true)).Result.ShouldBe(GreetingClaimResult.Claimed);
        await CompleteAsync(state, Full, Start, GreetingOutcome.Missed, "rejected");
        (await ClaimAsync(state, Full, Start, hasCode: true)).ShouldBe(new GreetingClaim(GreetingClaimResult.AlreadyDone, Outcome: GreetingOutcome.Missed, Reason: "rejected"));
    }

    [Fact]
    public async Task A_greeting_of_an_app_that_was_refused_as_a_whole_is_taken_over_by_another_apps_code_and_by_no_other()
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Full, Start);
        await CompleteAsync(state, Full, Start, new GreetingEnd(GreetingOutcome.Missed, "rejected") { App = "contact", Rule = "store", IsDenied = true });

        (await ClaimAsync(state, Full, Start)).ShouldBe(new GreetingClaim(GreetingClaimResult.AlreadyDone, 0, GreetingOutcome.Missed, "rejected", "store", "contact"));
        (await ClaimAsync(state, Full, Start, hasCode: false, app: "other")).Result.ShouldBe(GreetingClaimResult.AlreadyDone);
        (await ClaimAsync(state, Full, Start, app: "other")).ShouldBe(new GreetingClaim(GreetingClaimResult.Claimed, 1));

        await CompleteAsync(state, Full, Start, new GreetingEnd(GreetingOutcome.Sent) { App = "other", Rule = "store" });
        (await ClaimAsync(state, Full, Start)).ShouldBe(new GreetingClaim(GreetingClaimResult.AlreadyDone, 0, GreetingOutcome.Sent, null, "store", "other"));
    }

    [Fact]
    public async Task A_miss_that_is_certain_is_one_also_after_a_holder_died()
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Half, Start);
        await ClaimAsync(state, Half, Start, at: Start + Lease);
        await CompleteAsync(state, Half, Start, new GreetingEnd(GreetingOutcome.Missed, "no_consent") { IsCertain = true });
        (await ClaimAsync(state, Full, Start.AddMinutes(5))).Result.ShouldBe(GreetingClaimResult.Claimed);
    }

    [Fact]
    public async Task A_refused_greeting_leaves_the_add_to_its_next_event_which_is_then_the_last()
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Half, Start);
        await CompleteAsync(state, Half, Start, GreetingOutcome.Missed, "no_consent");
        (await ClaimAsync(state, Full, Start.AddMinutes(5))).ShouldBe(new GreetingClaim(GreetingClaimResult.Claimed, 1));
        await CompleteAsync(state, Full, Start.AddMinutes(5), GreetingOutcome.Sent);
        (await ClaimAsync(state, Half, Start)).Result.ShouldBe(GreetingClaimResult.SameAddGreeted);
        (await ClaimAsync(state, Guid.NewGuid(), Start.AddMinutes(6))).Result.ShouldBe(GreetingClaimResult.SameAddGreeted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_greeting_whose_end_nobody_knows_is_not_followed_by_another_in_the_same_add(bool holderDied)
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Half, Start);
        if (holderDied) await ClaimAsync(state, Half, Start, at: Start + Lease);
        (await CompleteAsync(state, Half, Start, holderDied ? GreetingOutcome.Missed : GreetingOutcome.Unknown, "unavailable")).ShouldBeTrue();
        (await ClaimAsync(state, Half, Start)).Outcome.ShouldBe(GreetingOutcome.Unknown);
        (await ClaimAsync(state, Full, Start.AddSeconds(3))).Result.ShouldBe(GreetingClaimResult.SameAddGreeted);
    }

    [Fact]
    public async Task A_new_add_over_an_unresolved_one_does_not_let_the_earlier_adds_other_event_send_once_more()
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Half, Start);
        await state.WriteAsync(session => RelationStore.ApplyAsync(session, new RelationChange(Key, RelationChangeKind.Left, Start.AddMinutes(1), Guid.NewGuid())));
        var next = Guid.NewGuid();
        (await ClaimAsync(state, next, Start.AddMinutes(2))).Result.ShouldBe(GreetingClaimResult.Claimed);
        await CompleteAsync(state, next, Start.AddMinutes(2), GreetingOutcome.Missed, "rejected");
        (await ClaimAsync(state, Full, Start)).Result.ShouldBe(GreetingClaimResult.SameAddGreeted);
    }

    [Fact]
    public async Task A_late_holder_cannot_call_missed_what_another_is_sending_but_what_it_sent_is_noted()
    {
        await using var state = await StateFile.CreateAsync();
        await ClaimAsync(state, Half, Start, owner: "slow");
        await ClaimAsync(state, Half, Start, owner: "quick", at: Start + Lease);
        (await CompleteAsync(state, Half, Start, GreetingOutcome.Missed, "expired", "slow")).ShouldBeFalse();
        (await CompleteAsync(state, Half, Start, GreetingOutcome.Sent, owner: "slow")).ShouldBeTrue();
        (await CompleteAsync(state, Half, Start, GreetingOutcome.Missed, "expired", "quick")).ShouldBeFalse();
        var greeting = await state.ReadAsync(session => GreetingLedger.FindAsync(session, Key));
        greeting!.Outcome.ShouldBe(GreetingOutcome.Sent);
        greeting.LastGreetedEventId.ShouldBe(Half);
    }

    [Fact]
    public async Task Whatever_crashes_repeats_and_overlaps_at_most_one_greeting_is_accepted_in_one_add()
    {
        await using var state = await StateFile.CreateAsync();
        var (run, greeted) = (0, 0);
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var storm = new GreetingStorm(state, $"corp{run++}", new Random(seed));
            storm.RunAsync().GetAwaiter().GetResult();
            greeted += storm.Accepted.Count;
            return storm.Accepted.Values.All(accepted => accepted <= 1);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
        greeted.ShouldBeGreaterThan(run);
    }

    private static Task<GreetingClaim> ClaimAsync(
        StateFile state, Guid eventId, DateTimeOffset time, bool hasCode = true, string owner = "one", DateTimeOffset? at = null, string app = "contact") =>
        state.WriteAsync(session => GreetingLedger.TryClaimAsync(session, Key, eventId, time, hasCode, app, owner, at ?? time, Lease));

    private static Task<bool> CompleteAsync(
        StateFile state, Guid eventId, DateTimeOffset time, GreetingOutcome outcome, string? reason = null, string owner = "one") =>
        CompleteAsync(state, eventId, time, new GreetingEnd(outcome, reason), owner);

    private static Task<bool> CompleteAsync(StateFile state, Guid eventId, DateTimeOffset time, GreetingEnd end, string owner = "one") =>
        state.WriteAsync(session => GreetingLedger.CompleteAsync(session, Key, eventId, time, owner, end, time));

    private static async Task SendAsync(StateFile state, Guid eventId, DateTimeOffset time)
    {
        (await ClaimAsync(state, eventId, time)).Result.ShouldBe(GreetingClaimResult.Claimed);
        await CompleteAsync(state, eventId, time, GreetingOutcome.Sent);
    }
}
