namespace WecomBridge.Crm;

internal static partial class CrmLog
{
    [LoggerMessage(5000, LogLevel.Warning, "The CRM knows more than one customer for {ExternalUserId} by {Key}; none of them was taken")]
    public static partial void Ambiguous(this ILogger logger, string externalUserId, CrmKey key);

    [LoggerMessage(5001, LogLevel.Warning, "The CRM keeps failing and is left alone for {Seconds} s")]
    public static partial void BreakerOpened(this ILogger logger, double seconds);

    [LoggerMessage(5002, LogLevel.Information, "The CRM answers again")]
    public static partial void BreakerClosed(this ILogger logger);
}
