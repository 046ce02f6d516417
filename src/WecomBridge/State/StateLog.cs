namespace WecomBridge.State;

internal static partial class StateLog
{
    [LoggerMessage(8001, LogLevel.Information, "State is at version {Version}")]
    public static partial void Migrated(this ILogger logger, long version);

    [LoggerMessage(8002, LogLevel.Error, "State cannot be set up yet; what needs it waits, and it is tried again: {Reason}")]
    public static partial void SetUpDelayed(this ILogger logger, string reason);

    [LoggerMessage(8003, LogLevel.Critical, "State cannot be set up; the service stops: {Reason}")]
    public static partial void SetUpRefused(this ILogger logger, string reason);

    [LoggerMessage(8004, LogLevel.Error, "State does not take writes; every caller is told, and the next write tries again: {Reason}")]
    public static partial void WritesFail(this ILogger logger, string reason);
}
