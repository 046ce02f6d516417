using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <summary>When a greeting that was refused is tried again: what only the seconds after an add make sense of, and the one retry rule for the rest. A pure function.</summary>
internal static class GreetingRetry
{
    /// <summary>Another app is sending for the same code; once it has, ours is refused for good.</summary>
    private static readonly TimeSpan[] BeingSentDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <summary>What passes by itself is tried again after so many failures as after the last of them: minutes later would be too late.</summary>
    private const int LastQuickAttempt = 3;

    /// <summary>The instant of the next attempt; null to give up.</summary>
    /// <param name="failure">The last refusal.</param>
    /// <param name="attempt">Attempts so far, the failed one included; from 1.</param>
    /// <param name="beingSent">How often so far WeCom said that another app is sending.</param>
    /// <param name="now">The present.</param>
    /// <param name="deadline">Nothing is tried after it.</param>
    /// <param name="jitter">At least 0 and below 1.</param>
    public static DateTimeOffset? NextAt(WecomException failure, int attempt, int beingSent, DateTimeOffset now, DateTimeOffset deadline, double jitter)
    {
        if (failure.ErrorCode == WecomErrorCodes.WelcomeBeingSent) return beingSent <= BeingSentDelays.Length && now + BeingSentDelays[beingSent - 1] is var next && next <= deadline ? next : null;

        // The platform may not know the relation in the first seconds after the add that told of it.
        var judged = failure.ErrorCode is WecomErrorCodes.NoRelation or WecomErrorCodes.InvalidExternalUserId
            ? new WecomException(WecomFailure.Transient, failure.Api, failure.ErrorCode, failure.Message)
            : failure;
        var decision = RetryPolicy.Decide(judged, judged.Failure == WecomFailure.Transient ? Math.Min(attempt, LastQuickAttempt) : attempt, now, deadline, jitter);
        return decision.Action == RetryAction.Again ? decision.At : null;
    }
}
