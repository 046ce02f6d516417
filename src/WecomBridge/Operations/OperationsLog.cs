namespace WecomBridge.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(9000, LogLevel.Information, "Pages for operators are on {Address}")]
    public static partial void Listening(this ILogger logger, Uri address);

    [LoggerMessage(9001, LogLevel.Warning, "The token of {Name} was used for a page that needs the role {Role}")]
    public static partial void NotAllowed(this ILogger logger, string name, OperationsRole role);

    [LoggerMessage(9002, LogLevel.Error, "The page {Page} failed: {Reason}")]
    public static partial void PageFailed(this ILogger logger, string page, string reason);
}
