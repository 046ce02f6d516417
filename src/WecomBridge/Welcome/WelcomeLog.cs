using WecomBridge.State;

namespace WecomBridge.Welcome;

internal static partial class WelcomeLog
{
    [LoggerMessage(2000, LogLevel.Information, "Greeting for {EventId} ({Kind}): {Outcome}, {AgeMs} ms after the add, {Attempts} calls, run {Run}")]
    public static partial void Handled(this ILogger logger, Guid eventId, string kind, string outcome, long ageMs, int attempts, int run);

    [LoggerMessage(2001, LogLevel.Debug, "Greeting for {EventId}: nothing to do, {Result}")]
    public static partial void GreetedByAnother(this ILogger logger, Guid eventId, GreetingClaimResult result);
}
