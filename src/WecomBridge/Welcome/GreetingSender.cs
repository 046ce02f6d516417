using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Welcome;

/// <summary>How a sending ended.</summary>
/// <param name="Outcome">For the ledger.</param>
/// <param name="Reason">Null when the greeting was sent, else a word of <see cref="WelcomeMissReasons"/>.</param>
/// <param name="Attempts">Calls made.</param>
internal sealed record SendResult(GreetingOutcome Outcome, string? Reason, int Attempts)
{
    /// <summary>Another has taken the claim up: what comes of the greeting is theirs to say.</summary>
    public static SendResult Lost { get; } = new(GreetingOutcome.Unknown, Reason: null, Attempts: 0);

    public static SendResult Sent(int attempts) => new(GreetingOutcome.Sent, Reason: null, attempts);

    public static SendResult Missed(string reason, int attempts = 0) => new(GreetingOutcome.Missed, reason, attempts);
}

/// <summary>Sends one greeting, again and again until the platform has decided or the deadline has come.</summary>
internal sealed class GreetingSender(IWecomClientFactory clients, TimeProvider time)
{
    /// <summary>One attempt that hangs must leave time for another.</summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(4);

    /// <param name="command">Which app sends.</param>
    /// <param name="request">What.</param>
    /// <param name="deadline">No call begins after it.</param>
    /// <param name="mayHaveBeenSent">An earlier run of the same command may have sent it.</param>
    /// <param name="renew">Keeps the claim for another attempt; false when it is lost.</param>
    /// <param name="cancellationToken">Stops waiting; the platform may have sent the greeting all the same.</param>
    public async Task<SendResult> SendAsync(SendWelcome command, CgibinExternalContactSendWelcomeMessageRequest request, DateTimeOffset deadline, bool mayHaveBeenSent, Func<CancellationToken, Task<bool>> renew, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(command, request, deadline, cancellationToken) is not { } failure) return SendResult.Sent(attempt);

            // The platform says "spent" of a code that an attempt without an answer has used.
            if (mayHaveBeenSent && failure.ErrorCode is (WecomErrorCodes.WelcomeCodeExpired or WecomErrorCodes.AlreadyChatting)) return SendResult.Sent(attempt);
            mayHaveBeenSent |= failure.OutcomeUnknown;

            var now = time.GetUtcNow();
            var decision = RetryPolicy.Decide(failure, attempt, now, deadline, Random.Shared.NextDouble());
            if (decision.Action != RetryAction.Again) return Ended(failure, mayHaveBeenSent, attempt);
            await Task.Delay(decision.At!.Value - now, time, cancellationToken);
            if (!await renew(cancellationToken)) return SendResult.Lost;
        }
    }

    /// <summary>A call without an answer, and no time left to ask again: whether the customer has the greeting is not known.</summary>
    private static SendResult Ended(WecomException failure, bool mayHaveBeenSent, int attempts)
    {
        var reason = ReasonOf(failure);
        return reason == WelcomeMissReasons.Unavailable && mayHaveBeenSent ? new SendResult(GreetingOutcome.Unknown, reason, attempts) : SendResult.Missed(reason, attempts);
    }

    private async Task<WecomException?> TryAsync(SendWelcome command, CgibinExternalContactSendWelcomeMessageRequest request, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return OutOfTime();
        using var limit = new CancellationTokenSource(left < LongestAttempt ? left : LongestAttempt, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await clients.For(command.Corp, command.App, CallLane.Welcome).ExecuteCgibinExternalContactSendWelcomeMessageAsync(request, either.Token);
            return null;
        }
        catch (WecomException failure)
        {
            return failure;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutOfTime();
        }
    }

    private static WecomException OutOfTime() =>
        new(WecomFailure.Transient, WecomPaths.SendWelcomeMessage, errorCode: null, $"{WecomPaths.SendWelcomeMessage} was not answered in time.") { OutcomeUnknown = true };

    private static string ReasonOf(WecomException failure) => failure switch
    {
        { ErrorCode: WecomErrorCodes.WelcomeCodeExpired } => WelcomeMissReasons.Expired,
        { ErrorCode: WecomErrorCodes.AlreadyChatting } => WelcomeMissReasons.AlreadyChatting,
        { ErrorCode: WecomErrorCodes.ArchiveConsentMissing } => WelcomeMissReasons.NoConsent,
        { ErrorCode: WecomErrorCodes.WelcomeBeingSent } => WelcomeMissReasons.SentElsewhere,
        { Failure: WecomFailure.Transient or WecomFailure.Throttled or WecomFailure.Conflict } => WelcomeMissReasons.Unavailable,
        _ => WelcomeMissReasons.Rejected,
    };
}
