using WecomBridge.State;

namespace WecomBridge.Welcome;

internal static partial class WelcomeLog
{
    /// <summary>The wide line. Waits count from the receipt of the callback; without a call there is no second one.</summary>
    [LoggerMessage(2000, LogLevel.Information, "Greeting for {EventId} ({Kind}): {Outcome}, {AgeMs} ms after the add, {Attempts} calls, run {Run}, taken after {WaitMs} ms, first call after {StartMs} ms")]
    public static partial void Handled(this ILogger logger, Guid eventId, string kind, string outcome, long ageMs, int attempts, int run, long waitMs, long? startMs);

    [LoggerMessage(2001, LogLevel.Debug, "Greeting for {EventId}: nothing to do, {Result}")]
    public static partial void GreetedByAnother(this ILogger logger, Guid eventId, GreetingClaimResult result);

    [LoggerMessage(2010, LogLevel.Warning, "WeCom refused what is attached to the greeting for {EventId} with {ErrorCode}; its text goes alone")]
    public static partial void MediaRefused(this ILogger logger, Guid eventId, int errorCode);

    [LoggerMessage(2011, LogLevel.Debug, "The greeting for {EventId} goes without what {Subject} would tell: {Failure}")]
    public static partial void LookUpFailed(this ILogger logger, Guid eventId, string subject, string failure);
}
