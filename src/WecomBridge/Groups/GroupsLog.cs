namespace WecomBridge.Groups;

internal static partial class GroupsLog
{
    [LoggerMessage(9500, LogLevel.Information, "Group {ChatId} after {EventId}: read {Read}, told {Told}, new owner or profile {NewProfile}, settled {Settled}, attempt {Attempt}")]
    public static partial void Reconciled(this ILogger logger, string chatId, Guid eventId, bool read, int told, bool newProfile, bool settled, int attempt);
}
