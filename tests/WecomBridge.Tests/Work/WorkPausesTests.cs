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
        pauses.Refusals(WorkLane.Tags, "acme", "contact").ShouldBe(1);
        Wait(pauses, Now.AddMinutes(5)).ShouldBeNull();
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

        pauses.Heard(WorkLane.Tags, "acme", "contact").ShouldBeTrue();
        Wait(pauses, Now).ShouldBeNull();
    }

    [Fact]
    public void An_answer_between_silences_begins_the_count_anew()
    {
        var pauses = new WorkPauses();
        for (var n = 0; n < 20; n++)
        {
            Silent(pauses, Now).ShouldBeFalse();
            if (n % 4 == 3) pauses.Heard(WorkLane.Tags, "acme", "contact").ShouldBeFalse();
        }
    }

    [Fact]
    public void A_refusal_outweighs_a_silence()
    {
        var pauses = new WorkPauses();
        for (var n = 0; n < WorkPauses.SilencesBeforePause; n++) Silent(pauses, Now);

        Pause(pauses, Now, minutes: 5).ShouldBeTrue();

        pauses.Heard(WorkLane.Tags, "acme", "contact").ShouldBeFalse();
        pauses.Current.ShouldHaveSingleItem().IsSilence.ShouldBeFalse();
    }

    private static bool Silent(WorkPauses pauses, DateTimeOffset now) => pauses.CountSilence(WorkLane.Tags, "acme", "contact", now, "Transient from externalcontact/get");

    private static bool Pause(WorkPauses pauses, DateTimeOffset now, int minutes) =>
        pauses.Pause(WorkLane.Tags, "acme", "contact", now, now.AddMinutes(minutes), "Denied 40001", "Set the secret.");

    private static DateTimeOffset? Wait(WorkPauses pauses, DateTimeOffset now) => pauses.WaitUntil(WorkLane.Tags, "acme", "contact", now);
}
