namespace WecomBridge.Crm;

internal static partial class CrmLog
{
    [LoggerMessage(5000, LogLevel.Warning, "The CRM knows more than one customer for {ExternalUserId} by {Key}; none of them was taken")]
    public static partial void Ambiguous(this ILogger logger, string externalUserId, CrmKey key);

    [LoggerMessage(5001, LogLevel.Warning, "The CRM keeps failing and gets no {Exchanges} for {Seconds} s")]
    public static partial void BreakerOpened(this ILogger logger, string exchanges, double seconds);

    [LoggerMessage(5002, LogLevel.Information, "The CRM answers {Exchanges} again")]
    public static partial void BreakerClosed(this ILogger logger, string exchanges);

    [LoggerMessage(5003, LogLevel.Warning, "The CRM knows {ExternalUserId} as one customer by {Key} and as another by {Weaker}; the first was taken")]
    public static partial void KeysDisagree(this ILogger logger, string externalUserId, CrmKey key, CrmKey weaker);

    [LoggerMessage(5004, LogLevel.Information, "Wrote {ExternalUserId} to the CRM after {EventId}: attempt {Attempt}, repair {Repair}")]
    public static partial void Written(this ILogger logger, string externalUserId, Guid eventId, int attempt, int repair);

    [LoggerMessage(5005, LogLevel.Debug, "Nothing of {ExternalUserId} is written to the CRM: {Result}")]
    public static partial void NotWritten(this ILogger logger, string externalUserId, CrmResult result);

    [LoggerMessage(5006, LogLevel.Warning, "The CRM said yes to a write of {ExternalUserId} and does not hold it; it is written again")]
    public static partial void Gap(this ILogger logger, string externalUserId);

    [LoggerMessage(5008, LogLevel.Warning, "{ExternalUserId} is not written to the CRM: the record that was found is written for {Other}, and the key is not certain")]
    public static partial void Shared(this ILogger logger, string externalUserId, string other);

    [LoggerMessage(5007, LogLevel.Error, "The CRM gives no token to this service: {Reason}")]
    public static partial void TokenRefused(this ILogger logger, string reason);
}
