using WecomBridge.State;

namespace WecomBridge.Tags;

internal static partial class TagsLog
{
    [LoggerMessage(3000, LogLevel.Information, "Tags of {ExternalUserId} after {EventId}: {Set} set, {Removed} removed, {Came} came and {Went} went in all, {Held} groups left to a person, attempt {Attempt}")]
    public static partial void TagsWritten(this ILogger logger, Guid eventId, string externalUserId, int set, int removed, int came, int went, int held, int attempt);

    [LoggerMessage(3001, LogLevel.Information, "Created {Count} tags in group {Group} of corp {Corp}")]
    public static partial void TagsCreated(this ILogger logger, int count, string group, string corp);

    [LoggerMessage(3002, LogLevel.Information, "{Setting} was renamed in WeCom for corp {Corp}")]
    public static partial void Renamed(this ILogger logger, string setting, string corp);

    [LoggerMessage(3003, LogLevel.Warning, "{Setting} is not in WeCom as declared, corp {Corp}: {Status}")]
    public static partial void NotAsDeclared(this ILogger logger, string setting, string corp, TagDictionaryStatus status);

    [LoggerMessage(3004, LogLevel.Information, "All customers of corp {Corp} are due to be looked at: {Count} marked")]
    public static partial void Swept(this ILogger logger, string corp, int count);

    [LoggerMessage(3006, LogLevel.Information, "Tags of {ExternalUserId} that hang on the CRM wait: {Failure}")]
    public static partial void CrmNotAsked(this ILogger logger, string externalUserId, Wecom.Api.WecomFailure failure);

    [LoggerMessage(3005, LogLevel.Warning, "Customers could not be marked: {Failure}")]
    public static partial void SweepFailed(this ILogger logger, string failure);
}
