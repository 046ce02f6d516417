namespace WecomBridge.Tags;

internal static partial class TagsLog
{
    [LoggerMessage(3000, LogLevel.Information, "Tags of {ExternalUserId} after {EventId}: {Count} came, attempt {Attempt}")]
    public static partial void TagsAdded(this ILogger logger, Guid eventId, string externalUserId, int count, int attempt);

    [LoggerMessage(3001, LogLevel.Information, "Created {Count} tags in group {Group} of corp {Corp}")]
    public static partial void TagsCreated(this ILogger logger, int count, string group, string corp);
}
