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

    private static bool Pause(WorkPauses pauses, DateTimeOffset now, int minutes) =>
        pauses.Pause(WorkLane.Tags, "acme", "contact", now, now.AddMinutes(minutes), "Denied 40001", "Set the secret.");

    private static DateTimeOffset? Wait(WorkPauses pauses, DateTimeOffset now) => pauses.WaitUntil(WorkLane.Tags, "acme", "contact", now);
}
