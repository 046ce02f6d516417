using WecomBridge.State;

namespace WecomBridge.Welcome;

internal static partial class WelcomeLog
{
    /// <summary>The wide line. Waits count from the receipt of the callback; without a call there is no second one, and no code unless WeCom gave one.</summary>
    [LoggerMessage(2000, LogLevel.Information, "Greeting for {EventId} ({Kind}): {Outcome}, error code {ErrorCode}, {AgeMs} ms after the add, {Calls} calls, run {Run}, taken after {WaitMs} ms, first call after {StartMs} ms")]
    public static partial void Handled(this ILogger logger, Guid eventId, string kind, string outcome, int? errorCode, long ageMs, int calls, int run, long waitMs, long? startMs);

    [LoggerMessage(2001, LogLevel.Debug, "Greeting for {EventId}: nothing to do, {Result}")]
    public static partial void GreetedByAnother(this ILogger logger, Guid eventId, GreetingClaimResult result);

    [LoggerMessage(2002, LogLevel.Warning, "Greeting for {EventId}: another run held it past its time and noted no end; nobody will say what became of it")]
    public static partial void HeldToTheEnd(this ILogger logger, Guid eventId);

    /// <summary>Once an hour for an app and a code; each greeting's own line has the code.</summary>
    [LoggerMessage(2003, LogLevel.Warning, "Greetings of app {App} in corp {Corp} are refused with {ErrorCode}. {Remedy}")]
    public static partial void Refused(this ILogger logger, string corp, string app, int? errorCode, string remedy);

    [LoggerMessage(2010, LogLevel.Warning, "WeCom refused what is attached to the greeting for {EventId} with {ErrorCode}; its text goes alone")]
    public static partial void MediaRefused(this ILogger logger, Guid eventId, int errorCode);

    [LoggerMessage(2011, LogLevel.Debug, "The greeting for {EventId} goes without what {Subject} would tell: {Failure}")]
    public static partial void LookUpFailed(this ILogger logger, Guid eventId, string subject, string failure);
}
