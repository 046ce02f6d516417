using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tests.Work;

public class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static TheoryData<string, Exception, int, double, string, double?> Decisions() => new()
    {
        // failure, attempt, jitter -> action, seconds from now
        { "busy, first", Wecom(WecomFailure.Transient, -1), 1, 0.5, "Again", 0.5 },
        { "busy, first, least jitter", Wecom(WecomFailure.Transient, -1), 1, 0, "Again", 0.25 },
        { "busy, second", Wecom(WecomFailure.Transient, -1), 2, 0.5, "Again", 2 },
        { "busy, third", Wecom(WecomFailure.Transient, -1), 3, 0.5, "Again", 6 },
        { "busy, fourth", Wecom(WecomFailure.Transient, -1), 4, 0.5, "Again", 60 },
        { "busy for hours", Wecom(WecomFailure.Transient, -1), 1000, 0.5, "Again", 900 },
        { "no answer", Wecom(WecomFailure.Transient, null), 1, 0.5, "Again", 0.5 },
        { "minute limit", Wecom(WecomFailure.Throttled, 45009), 1, 0, "Again", 60 },
        { "minute limit, spread", Wecom(WecomFailure.Throttled, 45009), 1, 0.5, "Again", 63 },
        { "still limited", Wecom(WecomFailure.Throttled, 45009), 2, 0, "Again", 600 },
        { "hour limit", Wecom(WecomFailure.Throttled, 45009), 3, 0, "Again", 3600 },
        { "hour limit, told", Wecom(WecomFailure.Throttled, 45009, 3600), 1, 0, "Again", 3600 },
        { "hour limit, told, spread", Wecom(WecomFailure.Throttled, null, 3600), 9, 0.5, "Again", 3780 },
        { "concurrency", Wecom(WecomFailure.Transient, 45033), 1, 0.5, "Again", 0.5 },
        { "refused for a time", Wecom(WecomFailure.Denied, 40001, 60), 1, 0, "Again", 300 },
        { "write conflict, least", Wecom(WecomFailure.Conflict, 45035), 1, 0, "Again", 0.5 },
        { "write conflict, most", Wecom(WecomFailure.Conflict, 6000), 5, 0.999, "Again", 2 },
        { "write conflict without end", Wecom(WecomFailure.Conflict, 45035), 6, 0.5, "Again", 60 },
        { "wrong secret", Wecom(WecomFailure.Denied, 40001), 1, 0, "Again", 300 },
        { "wrong secret, spread", Wecom(WecomFailure.Denied, 40001), 1, 0.5, "Again", 450 },
        { "wrong secret for hours", Wecom(WecomFailure.Denied, 40001), 9, 0, "Again", 3600 },
        { "refused", Wecom(WecomFailure.Rejected, 40035), 1, 0.5, "Park", null },
        { "tag gone", Wecom(WecomFailure.Gone, 40068), 1, 0.5, "Done", null },
        { "code lapsed", Wecom(WecomFailure.Expired, 41050), 1, 0.5, "Done", null },
        { "service's own, transient", new Classified(WecomFailure.Transient, null), 1, 0.5, "Again", 0.5 },
        { "service's own, told to wait", new Classified(WecomFailure.Transient, TimeSpan.FromSeconds(30)), 1, 0.5, "Again", 30 },
        { "service's own, limited", new Classified(WecomFailure.Throttled, TimeSpan.FromSeconds(7)), 1, 0, "Again", 7 },
        { "service's own, refused", new Classified(WecomFailure.Rejected, null), 1, 0.5, "Park", null },
        { "state away, long", new StateUnavailableException("away"), 50, 0.5, "Again", 900 },
        { "nobody knows, first", new InvalidDataException("secret"), 1, 0.5, "Again", 0.5 },
        { "nobody knows, seventh", new InvalidDataException("secret"), 7, 0.5, "Again", 480 },
        { "nobody knows, eighth", new InvalidDataException("secret"), 8, 0.5, "Park", null },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void A_failure_decides_what_becomes_of_the_work(string what, Exception failure, int attempt, double jitter, string action, double? seconds)
    {
        var decision = RetryPolicy.Decide(failure, attempt, Now, deadline: null, jitter);
        decision.Action.ToString().ShouldBe(action, what);
        if (seconds is null) decision.At.ShouldBeNull(what);
        else (decision.At!.Value - Now).TotalSeconds.ShouldBe(seconds.Value, 0.002, what);
        decision.PausesApp.ShouldBe(failure is WecomException { Failure: WecomFailure.Denied }, what);
        if (decision.Action == RetryAction.Park || decision.PausesApp) decision.Remedy.ShouldNotBeNullOrEmpty(what);
        decision.Reason.ShouldNotContain("secret");
    }

    [Fact]
    public void Past_the_deadline_nothing_is_tried_again_but_a_refusal_stays_a_refusal()
    {
        var busy = Wecom(WecomFailure.Transient, -1);
        RetryPolicy.Decide(busy, 1, Now, Now.AddSeconds(0.5), 0.5).Action.ShouldBe(RetryAction.Again);
        RetryPolicy.Decide(busy, 1, Now, Now.AddSeconds(0.4), 0.5).Action.ShouldBe(RetryAction.Done);
        RetryPolicy.Decide(Wecom(WecomFailure.Rejected, 40035), 1, Now, Now.AddSeconds(-1), 0.5).Action.ShouldBe(RetryAction.Park);
    }

    [Fact]
    public void A_parked_reason_names_code_and_call() =>
        RetryPolicy.Decide(Wecom(WecomFailure.Rejected, 40035), 1, Now, null, 0.5).Reason.ShouldBe("Rejected 40035 from externalcontact/mark_tag");

    /// <summary>Every failure, early and late, told to wait or not, with and without a deadline: nothing is put off past its deadline, nothing is tried again before it was asked to.</summary>
    [Fact]
    public void Every_failure_has_an_end_in_every_situation()
    {
        foreach (var failure in Enum.GetValues<WecomFailure>())
        foreach (var attempt in new[] { 1, 2, 5, 9, 1000 })
        foreach (var retryAfter in new int?[] { null, 1, 7, 3600 })
        foreach (var deadline in new int?[] { null, 0, 18, 4000 })
        foreach (var jitter in new[] { 0, 0.5, 0.999 })
        {
            var what = $"{failure}, attempt {attempt}, wait {retryAfter}, deadline {deadline}, jitter {jitter}";
            var decision = RetryPolicy.Decide(Wecom(failure, 1, retryAfter), attempt, Now, deadline is { } seconds ? Now.AddSeconds(seconds) : null, jitter);
            var repeats = failure is WecomFailure.Transient or WecomFailure.Throttled or WecomFailure.Conflict or WecomFailure.Denied;

            if (!repeats) decision.Action.ShouldBe(failure == WecomFailure.Rejected ? RetryAction.Park : RetryAction.Done, what);
            else if (deadline is null) decision.Action.ShouldBe(RetryAction.Again, what);
            if (decision.Action == RetryAction.Again)
            {
                decision.At!.Value.ShouldBeGreaterThan(Now, what);
                if (deadline is not null) decision.At.Value.ShouldBeLessThanOrEqualTo(Now.AddSeconds(deadline.Value), what);
                if (retryAfter is not null && failure is (WecomFailure.Transient or WecomFailure.Throttled)) decision.At.Value.ShouldBeGreaterThanOrEqualTo(Now.AddSeconds(retryAfter.Value), what);
                decision.CountsAttempt.ShouldBe(!(failure == WecomFailure.Throttled && retryAfter is not null), what);
            }
        }
    }

    [Fact]
    public void A_greeting_that_would_wait_past_its_deadline_is_done_with()
    {
        var deadline = Now.AddSeconds(10);

        RetryPolicy.Decide(Wecom(WecomFailure.Throttled, 45009, 60), 1, Now, deadline, 0.5).Action.ShouldBe(RetryAction.Done);
        RetryPolicy.Decide(Wecom(WecomFailure.Throttled, null, 2), 1, Now, deadline, 0.5).Action.ShouldBe(RetryAction.Again);
        RetryPolicy.Decide(Wecom(WecomFailure.Conflict, 41096), 1, Now, deadline, 0.5).Action.ShouldBe(RetryAction.Again);
    }

    [Fact]
    public void Only_a_platform_that_says_nothing_is_silent()
    {
        RetryPolicy.IsSilence(Wecom(WecomFailure.Transient, null)).ShouldBeTrue();
        RetryPolicy.IsSilence(Wecom(WecomFailure.Transient, -1)).ShouldBeTrue();
        RetryPolicy.IsSilence(new Classified(WecomFailure.Transient, null)).ShouldBeTrue();
        RetryPolicy.IsSilence(Wecom(WecomFailure.Transient, 45033)).ShouldBeFalse();
        RetryPolicy.IsSilence(Wecom(WecomFailure.Throttled, null)).ShouldBeFalse();
        RetryPolicy.IsSilence(new StateUnavailableException("away")).ShouldBeFalse();
    }

    private static WecomException Wecom(WecomFailure failure, int? code, int? retryAfter = null) =>
        new(failure, "externalcontact/mark_tag", code, "message") { RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null };

    private sealed class Classified(WecomFailure failure, TimeSpan? retryAfter) : Exception, IClassifiedFailure
    {
        public WecomFailure Failure => failure;

        public TimeSpan? RetryAfter => retryAfter;

        public string Reason => "crm";

        public string Remedy => "Ask the CRM team.";
    }
}
