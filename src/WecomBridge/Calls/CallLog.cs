namespace WecomBridge.Calls;

internal static partial class CallLog
{
    [LoggerMessage(7001, LogLevel.Warning, "WeCom has closed {Api} to corp {Corp} (45009); nothing is sent before {Until:O}")]
    public static partial void Closed(this ILogger logger, string corp, string api, DateTimeOffset until);

    [LoggerMessage(7002, LogLevel.Error, "WeCom has closed {Api} to corp {Corp} for the {Count}th time in a row (45009); nothing is sent before {Until:O}. Find out what else calls it, lower Wecom:Limits, or lift the block with the self-service tool of WeCom's developer site")]
    public static partial void ClosedAgain(this ILogger logger, string corp, string api, int count, DateTimeOffset until);

    [LoggerMessage(7003, LogLevel.Information, "{Api} is open to corp {Corp} again")]
    public static partial void Opened(this ILogger logger, string corp, string api);

    [LoggerMessage(7004, LogLevel.Warning, "State is away or slow: calls go on within a part of the limits, which this instance keeps by itself ({Reason})")]
    public static partial void BudgetsAway(this ILogger logger, string reason);

    [LoggerMessage(7005, LogLevel.Information, "Calls share their limits through State again")]
    public static partial void BudgetsBack(this ILogger logger);
}
