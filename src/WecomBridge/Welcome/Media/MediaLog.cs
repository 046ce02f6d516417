namespace WecomBridge.Welcome;

internal static partial class MediaLog
{
    [LoggerMessage(2100, LogLevel.Information, "Uploaded greeting media for corp {Corp}: {Type}, {Bytes} bytes, through app {App}")]
    public static partial void Uploaded(this ILogger logger, string corp, string type, int bytes, string app);

    [LoggerMessage(2101, LogLevel.Warning, "WeCom refused greeting media of corp {Corp}; they are uploaded anew")]
    public static partial void MediaRefused(this ILogger logger, string corp);

    [LoggerMessage(2102, LogLevel.Warning, "Greetings of rule {Rule} in corp {Corp} go without {LeftOut} attachments: their media are not with WeCom. /health/ready says why")]
    public static partial void AttachmentsLeftOut(this ILogger logger, string rule, string corp, int leftOut);

    [LoggerMessage(2103, LogLevel.Warning, "Greeting media cannot be looked after: {Reason}. Those that are known stay in use")]
    public static partial void LookFailed(this ILogger logger, string reason);
}
