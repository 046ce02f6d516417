using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>How a sending ended.</summary>
/// <param name="Outcome">For the ledger.</param>
/// <param name="Reason">Null when the greeting was sent, else a word of <see cref="WelcomeMissReasons"/>.</param>
/// <param name="Calls">Calls that left.</param>
internal sealed record SendResult(GreetingOutcome Outcome, string? Reason, int Calls)
{
    /// <summary>The platform's last word; null when it refused nothing, or gave no readable answer.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The app as a whole was refused, and nothing was sent.</summary>
    public bool IsDenied { get; init; }

    /// <summary>Not even an earlier run of the same command can have sent anything.</summary>
    public bool IsCertain { get; init; }

    /// <summary>When the first call began; null when none did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Another has taken the claim up: what comes of the greeting is theirs to say.</summary>
    public static SendResult Lost { get; } = new(GreetingOutcome.Unknown, Reason: null, Calls: 0);

    public static SendResult Sent(GreetingCalls calls) => new(GreetingOutcome.Sent, Reason: null, calls.Count) { StartedAt = calls.StartedAt };

    /// <summary>Missed without a call.</summary>
    public static SendResult Missed(string reason) => new(GreetingOutcome.Missed, reason, Calls: 0);
}

/// <summary>Sends one greeting, again and again until the platform has decided or the deadline has come.</summary>
internal sealed class GreetingSender(IWecomClientFactory clients, IGreetingMedia media, WelcomeRefusals refusals, GreetingStarts starts, TimeProvider time, ILogger<GreetingSender> logger)
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
        var (calls, beingSent) = (starts.Watch(), 0);
        for (var attempt = 1; ; attempt++)
        {
            // The platform says "spent" of a code that an attempt without an answer has used.
            if (await TryAsync(command, greeting.Request, deadline, cancellationToken) is not { } failure
                || (mayHaveBeenSent && failure.ErrorCode is (WecomErrorCodes.WelcomeCodeExpired or WecomErrorCodes.AlreadyChatting)))
            {
                refusals.Sent(command.Corp, command.App);
                return SendResult.Sent(calls);
            }

            mayHaveBeenSent |= failure.OutcomeUnknown;
            if (failure.ErrorCode == WecomErrorCodes.WelcomeBeingSent) beingSent++;

            var now = time.GetUtcNow();
            var poorer = WithoutRefusedMedia(command, greeting, failure);
            var next = poorer is null ? GreetingRetry.NextAt(failure, attempt, beingSent, now, deadline, Random.Shared.NextDouble()) : now;
            if (next is null) return Ended(command, failure, ReasonOf(failure, beingSent), mayHaveBeenSent, calls);
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

    /// <summary>After a call without an answer only one refusal proves that the customer has no greeting: that they have not agreed to archiving.</summary>
    private SendResult Ended(SendWelcome command, WecomException failure, string reason, bool mayHaveBeenSent, GreetingCalls calls)
    {
        if (reason == WelcomeMissReasons.Rejected) refusals.Refused(command.Corp, command.App, failure);
        var isCertain = reason == WelcomeMissReasons.NoConsent;
        var isUnknown = mayHaveBeenSent && !isCertain;
        return new SendResult(isUnknown ? GreetingOutcome.Unknown : GreetingOutcome.Missed, reason, calls.Count)
        {
            StartedAt = calls.StartedAt,
            ErrorCode = failure.ErrorCode,
            IsDenied = !isUnknown && failure.Failure == WecomFailure.Denied,
            IsCertain = isCertain,
        };
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
        catch (WecomNotSentException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutOfTime(sent: false);
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
