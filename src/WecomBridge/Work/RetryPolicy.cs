using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Work;

/// <summary>What to do with a piece of work that failed.</summary>
internal enum RetryAction
{
    /// <summary>Due again at a later time.</summary>
    Again,

    /// <summary>Waits for a person.</summary>
    Park,

    /// <summary>Nothing is left to do.</summary>
    Done,
}

/// <summary>The decision over one failure.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why; small fixed words, an error code or a type's name, never an exception's message.</param>
/// <param name="At">With <see cref="RetryAction.Again"/>: when.</param>
/// <param name="Remedy">What a person can do; null where nobody needs to.</param>
/// <param name="PausesApp">The app itself is refused: its other work in the lane waits as well.</param>
/// <param name="CountsAttempt">False when nothing was tried in earnest: a wait for a limit must not make later delays longer.</param>
internal sealed record RetryDecision(RetryAction Action, string Reason, DateTimeOffset? At = null, string? Remedy = null, bool PausesApp = false, bool CountsAttempt = true);

/// <summary>The one rule about retries, a pure function: nothing else decides about them.</summary>
/// <remarks>Delays from section 6 of the platform's error notes: a busy platform is asked again after seconds, then minutes; limits turn after a minute, then ten, then sixty.</remarks>
internal static class RetryPolicy
{
    /// <summary>Failures of a kind nobody has classified are tried so often, then parked: a fault of ours does not mend itself.</summary>
    public const int MaxUnknownAttempts = 8;

    private const int MaxQuickConflicts = 5;

    private static readonly TimeSpan[] TransientDelays =
    [
        TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(15),
    ];

    private static readonly TimeSpan[] ThrottledDelays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60)];

    private static readonly TimeSpan[] DeniedDelays = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60)];

    /// <summary>Decides over a failure.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="attempt">Attempts so far, the failed one included; from 1.</param>
    /// <param name="now">The present.</param>
    /// <param name="deadline">After it nothing is tried again; null when there is none.</param>
    /// <param name="jitter">At least 0 and below 1, drawn by the caller: spreads work that failed together.</param>
    public static RetryDecision Decide(Exception failure, int attempt, DateTimeOffset now, DateTimeOffset? deadline, double jitter)
    {
        var decision = failure switch
        {
            WecomException wecom => Known(wecom.Failure, wecom.RetryAfter, Reason(wecom), wecom.Remedy, attempt, now, jitter),
            IClassifiedFailure known => Known(known.Failure, known.RetryAfter, known.Reason, known.Remedy, attempt, now, jitter),
            StateUnavailableException => Again(Spread(Pick(TransientDelays, attempt), jitter), "state_unavailable", now),
            _ => Unknown(failure, attempt, now, jitter),
        };
        return decision.At > deadline ? new RetryDecision(RetryAction.Done, "deadline") : decision;
    }

    /// <summary>The failure is of a kind that was foreseen.</summary>
    public static bool IsClassified(Exception failure) => failure is WecomException or IClassifiedFailure or StateUnavailableException;

    /// <summary>The other side said nothing that could be understood, or that it is busy: other work of the app would fare no better.</summary>
    public static bool IsSilence(Exception failure) => failure is WecomException { Failure: WecomFailure.Transient, ErrorCode: null or WecomErrorCodes.SystemBusy } or IClassifiedFailure { Failure: WecomFailure.Transient };

    /// <summary>How long WeCom takes no more of such calls from the corp; null when the failure is of another kind. Other work of the app would wait for the same.</summary>
    public static TimeSpan? LimitOf(Exception failure) => failure is WecomException { Failure: WecomFailure.Throttled, RetryAfter: { } wait } ? wait : null;

    private static RetryDecision Known(WecomFailure failure, TimeSpan? retryAfter, string reason, string remedy, int attempt, DateTimeOffset now, double jitter) =>
        failure switch
        {
            WecomFailure.Transient => Again(Later(retryAfter, Spread(Pick(TransientDelays, attempt), jitter)), reason, now),
            // Never before the window turns, and not all in its first moment.
            WecomFailure.Throttled => Again((retryAfter ?? Pick(ThrottledDelays, attempt)) * (1 + (0.1 * jitter)), reason, now) with { CountsAttempt = retryAfter is null },
            WecomFailure.Conflict when attempt <= MaxQuickConflicts => Again(TimeSpan.FromSeconds(0.5 + (1.5 * jitter)), reason, now),
            WecomFailure.Conflict => Again(Spread(TimeSpan.FromMinutes(1), jitter), reason, now),
            WecomFailure.Denied => new RetryDecision(RetryAction.Again, reason, now + (Pick(DeniedDelays, attempt) * (1 + jitter)), remedy, PausesApp: true),
            WecomFailure.Gone or WecomFailure.Expired => new RetryDecision(RetryAction.Done, reason),
            _ => new RetryDecision(RetryAction.Park, reason, Remedy: remedy),
        };

    private static RetryDecision Unknown(Exception failure, int attempt, DateTimeOffset now, double jitter) =>
        attempt >= MaxUnknownAttempts
            ? new RetryDecision(RetryAction.Park, failure.GetType().Name, Remedy: "Look for this piece of work in the log, mend the cause, then retry it.")
            : Again(Spread(Pick(TransientDelays, attempt), jitter), failure.GetType().Name, now);

    private static RetryDecision Again(TimeSpan delay, string reason, DateTimeOffset now) => new(RetryAction.Again, reason, now + delay);

    private static TimeSpan Pick(TimeSpan[] delays, int attempt) => delays[Math.Clamp(attempt, 1, delays.Length) - 1];

    // Half as much more or less.
    private static TimeSpan Spread(TimeSpan delay, double jitter) => delay * (0.5 + jitter);

    private static TimeSpan Later(TimeSpan? asked, TimeSpan own) => asked > own ? asked.Value : own;

    private static string Reason(WecomException failure) =>
        failure.ErrorCode is { } code ? $"{failure.Failure} {code} from {failure.Api}" : $"{failure.Failure} from {failure.Api}";
}
