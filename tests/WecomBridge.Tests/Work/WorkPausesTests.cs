using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.Work;

namespace WecomBridge.Tests.Work;

public class WorkPausesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void A_refused_app_waits_then_one_piece_tries_it_and_a_success_frees_all()
    {
        var pauses = new WorkPauses();
        Pause(pauses, Now, minutes: 5).ShouldBeTrue();
        Wait(pauses, Now.AddMinutes(4)).ShouldBe(Now.AddMinutes(5));
        pauses.WaitUntil(WorkLane.Tags, "acme", "other", Now).ShouldBeNull();

        Wait(pauses, Now.AddMinutes(5)).ShouldBeNull();
        Wait(pauses, Now.AddMinutes(5)).ShouldBe(Now.AddMinutes(6));
        pauses.Clear(WorkLane.Tags, "acme", "contact").ShouldBeTrue();
        Wait(pauses, Now.AddMinutes(5)).ShouldBeNull();
        pauses.Current.ShouldBeEmpty();
    }

    [Fact]
    public void Pieces_refused_side_by_side_are_one_refusal_and_the_next_try_is_another()
    {
        var pauses = new WorkPauses();
        for (var n = 0; n < 8; n++) Pause(pauses, Now, minutes: 5).ShouldBe(n == 0);
        pauses.NextRefusal(WorkLane.Tags, "acme", "contact").ShouldBe(1);
        Pause(pauses, Now, minutes: 10).ShouldBeFalse();
        pauses.Current.ShouldHaveSingleItem().Until.ShouldBe(Now.AddMinutes(5));
        Wait(pauses, Now.AddMinutes(5)).ShouldBeNull();
        pauses.NextRefusal(WorkLane.Tags, "acme", "contact").ShouldBe(2);
        Pause(pauses, Now.AddMinutes(5), minutes: 10).ShouldBeFalse();
        var pause = pauses.Current.ShouldHaveSingleItem();
        (pause.Refusals, pause.Since, pause.Until, pause.Remedy).ShouldBe((2, Now, Now.AddMinutes(15), "Set the secret."));
    }

    [Fact]
    public void Several_pieces_in_a_row_without_an_answer_pause_the_app_shortly_and_longer_each_time()
    {
        var pauses = new WorkPauses();
        for (var n = 1; n < WorkPauses.SilencesBeforePause; n++) Silent(pauses, Now).ShouldBeFalse();
        Silent(pauses, Now).ShouldBeTrue();
        Silent(pauses, Now).ShouldBeFalse("it was under way");
        pauses.Waiting(WorkLane.Tags, Now).ShouldBe([("acme", "contact")]);
        pauses.Waiting(WorkLane.Profiles, Now).ShouldBeEmpty();

        var at = Now.AddSeconds(5);
        foreach (var seconds in new[] { 10, 20, 40, 60, 60 })
        {
            pauses.Waiting(WorkLane.Tags, at).ShouldBeEmpty();
            Wait(pauses, at).ShouldBeNull();
            Silent(pauses, at).ShouldBeFalse();
            Wait(pauses, at).ShouldBe(at.AddSeconds(seconds));
            at = at.AddSeconds(seconds);
        }

        pauses.Heard(WorkLane.Tags, "acme", "contact", isTaken: true).ShouldBeTrue();
        Wait(pauses, Now).ShouldBeNull();
    }

    [Fact]
    public void An_answer_between_silences_begins_the_count_anew()
    {
        var pauses = new WorkPauses();
        for (var n = 0; n < 20; n++)
        {
            Silent(pauses, Now).ShouldBeFalse();
            if (n % 4 == 3) pauses.Heard(WorkLane.Tags, "acme", "contact", isTaken: true).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_refusal_outweighs_a_silence()
    {
        var pauses = new WorkPauses();
        for (var n = 0; n < WorkPauses.SilencesBeforePause; n++) Silent(pauses, Now);

        Pause(pauses, Now, minutes: 5).ShouldBeTrue();

        pauses.Heard(WorkLane.Tags, "acme", "contact", isTaken: true).ShouldBeFalse();
        pauses.Current.ShouldHaveSingleItem().IsSilence.ShouldBeFalse();
    }

    [Fact]
    public void An_answer_that_refuses_something_else_than_the_app_ends_its_pause_when_it_was_the_one_that_tried()
    {
        var pauses = new WorkPauses();
        Pause(pauses, Now, minutes: 5);
        pauses.Heard(WorkLane.Tags, "acme", "contact", isTaken: true).ShouldBeFalse("it was under way");
        Wait(pauses, Now.AddMinutes(5)).ShouldBeNull();
        pauses.Heard(WorkLane.Tags, "acme", "contact", isTaken: false).ShouldBeFalse();

        pauses.Heard(WorkLane.Tags, "acme", "contact", isTaken: true).ShouldBeTrue();

        pauses.Current.ShouldBeEmpty();
    }

    [Fact]
    public void A_limit_met_lets_the_backlog_lie_until_one_piece_has_met_none()
    {
        var pauses = new WorkPauses();
        Limit(pauses, Now, minutes: 1);
        Limit(pauses, Now, minutes: 10);
        Limit(pauses, Now, minutes: 1);
        pauses.Clear(WorkLane.Tags, "acme", "contact").ShouldBeFalse("it was under way, and needed no such call");
        pauses.Waiting(WorkLane.Tags, Now.AddMinutes(9)).ShouldBe([("acme", "contact")]);

        var at = Now.AddMinutes(10);
        Wait(pauses, at).ShouldBeNull();
        Wait(pauses, at).ShouldBe(at.AddSeconds(5));
        Limit(pauses, at, minutes: 60);
        pauses.Current.ShouldHaveSingleItem().Until.ShouldBe(at.AddMinutes(60));

        Wait(pauses, at.AddMinutes(60)).ShouldBeNull();
        pauses.EndLimit(WorkLane.Tags, "acme", "contact");
        pauses.Current.ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_tells_of_a_limit_only_when_it_lasts_and_of_nothing_that_nobody_has_tried_for_long()
    {
        var (pauses, time) = (new WorkPauses(), new ManualTimeProvider());
        Limit(pauses, time.GetUtcNow(), minutes: 60);
        (await StatusAsync()).ShouldBe(HealthStatus.Healthy);

        time.Advance(TimeSpan.FromMinutes(15));
        (await StatusAsync()).ShouldBe(HealthStatus.Degraded);

        time.Advance(TimeSpan.FromMinutes(60));
        (await StatusAsync()).ShouldBe(HealthStatus.Healthy);

        async Task<HealthStatus> StatusAsync() => (await new WorkHealth(pauses, time).CheckHealthAsync(new HealthCheckContext(), default)).Status;
    }

    private static void Limit(WorkPauses pauses, DateTimeOffset now, int minutes) =>
        pauses.Limit(WorkLane.Tags, "acme", "contact", now, now.AddMinutes(minutes), "Throttled from externalcontact/mark_tag");

    private static bool Silent(WorkPauses pauses, DateTimeOffset now) => pauses.CountSilence(WorkLane.Tags, "acme", "contact", now, "Transient from externalcontact/get");

    private static bool Pause(WorkPauses pauses, DateTimeOffset now, int minutes) =>
        pauses.Pause(WorkLane.Tags, "acme", "contact", now, now.AddMinutes(minutes), "Denied 40001", "Set the secret.");

    private static DateTimeOffset? Wait(WorkPauses pauses, DateTimeOffset now) => pauses.WaitUntil(WorkLane.Tags, "acme", "contact", now);
}
