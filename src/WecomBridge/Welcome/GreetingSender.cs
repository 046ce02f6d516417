using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>How a sending ended.</summary>
/// <param name="Outcome">For the ledger.</param>
/// <param name="Reason">Null when the greeting was sent, else a word of <see cref="WelcomeMissReasons"/>.</param>
/// <param name="Attempts">Calls made.</param>
internal sealed record SendResult(GreetingOutcome Outcome, string? Reason, int Attempts)
{
    /// <summary>When the first call began; null when none did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Another has taken the claim up: what comes of the greeting is theirs to say.</summary>
    public static SendResult Lost { get; } = new(GreetingOutcome.Unknown, Reason: null, Attempts: 0);

    public static SendResult Sent(int attempts, DateTimeOffset startedAt) => new(GreetingOutcome.Sent, Reason: null, attempts) { StartedAt = startedAt };

    public static SendResult Missed(string reason, int attempts = 0) => new(GreetingOutcome.Missed, reason, attempts);
}

/// <summary>Sends one greeting, again and again until the platform has decided or the deadline has come.</summary>
internal sealed class GreetingSender(IWecomClientFactory clients, IGreetingMedia media, TimeProvider time, ILogger<GreetingSender> logger)
{
    /// <summary>One attempt that hangs must leave time for another.</summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(4);

    /// <param name="command">Which app sends.</param>
    /// <param name="greeting">What.</param>
    /// <param name="deadline">No call begins after it.</param>
    /// <param name="mayHaveBeenSent">An earlier run of the same command may have sent it.</param>
    /// <param name="renew">Keeps the claim for another attempt; false when it is lost.</param>
    /// <param name="cancellationToken">Stops waiting; the platform may have sent the greeting all the same.</param>
    public async Task<SendResult> SendAsync(SendWelcome command, WrittenGreeting greeting, DateTimeOffset deadline, bool mayHaveBeenSent, Func<CancellationToken, Task<bool>> renew, CancellationToken cancellationToken)
    {
        var (startedAt, beingSent) = (time.GetUtcNow(), 0);
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(command, greeting.Request, deadline, cancellationToken) is not { } failure) return SendResult.Sent(attempt, startedAt);

            // The platform says "spent" of a code that an attempt without an answer has used.
            if (mayHaveBeenSent && failure.ErrorCode is (WecomErrorCodes.WelcomeCodeExpired or WecomErrorCodes.AlreadyChatting)) return SendResult.Sent(attempt, startedAt);
            mayHaveBeenSent |= failure.OutcomeUnknown;
            if (failure.ErrorCode == WecomErrorCodes.WelcomeBeingSent) beingSent++;

            var now = time.GetUtcNow();
            var poorer = WithoutRefusedMedia(command, greeting, failure);
            var next = poorer is null ? GreetingRetry.NextAt(failure, attempt, beingSent, now, deadline, Random.Shared.NextDouble()) : now;
            if (next is null) return Ended(ReasonOf(failure, beingSent), mayHaveBeenSent, attempt, startedAt);
            greeting = poorer ?? greeting;
            if (next > now) await Task.Delay(next.Value - now, time, cancellationToken);
            if (!await renew(cancellationToken)) return SendResult.Lost;
        }
    }

    /// <summary>A greeting without its media is better than none. Null when nothing would be left, or nothing is wrong with what is attached.</summary>
    private WrittenGreeting? WithoutRefusedMedia(SendWelcome command, WrittenGreeting greeting, WecomException failure)
    {
        if (!WecomAttachmentCodes.IsAttachmentRefusal(failure.ErrorCode)) return null;
        media.Refused(command.Corp, greeting.Request);
        logger.MediaRefused(command.EventId, failure.ErrorCode!.Value);
        return greeting.WithoutMedia();
    }

    /// <summary>A call without an answer, and no time left to ask again: whether the customer has the greeting is not known.</summary>
    private static SendResult Ended(string reason, bool mayHaveBeenSent, int attempts, DateTimeOffset startedAt)
    {
        var isUnknown = mayHaveBeenSent && reason is (WelcomeMissReasons.Unavailable or WelcomeMissReasons.SentElsewhere);
        return new SendResult(isUnknown ? GreetingOutcome.Unknown : GreetingOutcome.Missed, reason, attempts) { StartedAt = startedAt };
    }

    private async Task<WecomException?> TryAsync(SendWelcome command, CgibinExternalContactSendWelcomeMessageRequest request, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return OutOfTime(sent: false);
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
            return OutOfTime(sent: true);
        }
    }

    private static WecomException OutOfTime(bool sent) =>
        new(WecomFailure.Transient, WecomPaths.SendWelcomeMessage, errorCode: null, $"{WecomPaths.SendWelcomeMessage} was not answered in time.") { OutcomeUnknown = sent };

    /// <param name="failure">The last refusal.</param>
    /// <param name="beingSent">Above 0, another app was at it: the code was spent by that app's greeting.</param>
    private static string ReasonOf(WecomException failure, int beingSent) => failure switch
    {
        { ErrorCode: WecomErrorCodes.WelcomeCodeExpired or WecomErrorCodes.AlreadyChatting } when beingSent > 0 => WelcomeMissReasons.SentElsewhere,
        { ErrorCode: WecomErrorCodes.WelcomeCodeExpired } => WelcomeMissReasons.Expired,
        { ErrorCode: WecomErrorCodes.AlreadyChatting } => WelcomeMissReasons.AlreadyChatting,
        { ErrorCode: WecomErrorCodes.ArchiveConsentMissing } => WelcomeMissReasons.NoConsent,
        { ErrorCode: WecomErrorCodes.WelcomeBeingSent } => WelcomeMissReasons.SentElsewhere,
        { Failure: WecomFailure.Transient or WecomFailure.Throttled or WecomFailure.Conflict } => WelcomeMissReasons.Unavailable,
        _ => WelcomeMissReasons.Rejected,
    };
}
