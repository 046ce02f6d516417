namespace WecomBridge.Welcome;

internal static partial class StaffNoticeLog
{
    [LoggerMessage(2150, LogLevel.Information, "Told a member of corp {Corp} of {Count} missed greetings")]
    public static partial void StaffTold(this ILogger logger, string corp, int count);

    [LoggerMessage(2151, LogLevel.Warning, "A member of corp {Corp} could not be told of a missed greeting: they must be visible to app {App} and have a licence")]
    public static partial void StaffNotReached(this ILogger logger, string corp, string app);
}
