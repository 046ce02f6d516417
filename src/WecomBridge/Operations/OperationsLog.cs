namespace WecomBridge.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(9000, LogLevel.Information, "Pages for operators are on {Address}")]
    public static partial void Listening(this ILogger logger, Uri address);

    [LoggerMessage(9001, LogLevel.Warning, "The token of {Name} was used for a page that needs the role {Role}")]
    public static partial void NotAllowed(this ILogger logger, string name, OperationsRole role);

    [LoggerMessage(9002, LogLevel.Error, "The page {Page} failed: {Reason}")]
    public static partial void PageFailed(this ILogger logger, string page, string reason);

    [LoggerMessage(9003, LogLevel.Information, "The changed settings are in force")]
    public static partial void SettingsTakenOver(this ILogger logger);

    [LoggerMessage(9004, LogLevel.Warning, "Changed settings that are only read at a start wait for one: {Settings}")]
    public static partial void SettingsNeedRestart(this ILogger logger, string settings);

    [LoggerMessage(9005, LogLevel.Error, "The changed settings are refused, the old ones stay: {Fault}")]
    public static partial void SettingsRefused(this ILogger logger, string fault);

    [LoggerMessage(9006, LogLevel.Warning, "The changed settings wait: {Reason}")]
    public static partial void SettingsWait(this ILogger logger, string reason);
}
