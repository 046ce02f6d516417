using WecomBridge.Crm;

namespace WecomBridge.Profiles;

internal static partial class ProfilesLog
{
    [LoggerMessage(4000, LogLevel.Information, "Profile of {ExternalUserId} after {EventId}: found by {Key}, fields written {Wrote}, published {Published}, attempt {Attempt}")]
    public static partial void Reconciled(this ILogger logger, Guid eventId, string externalUserId, CrmKey? key, bool wrote, bool published, int attempt);

    [LoggerMessage(4001, LogLevel.Information, "Told the end of a relation with {ExternalUserId} after {EventId}: {Status}, attempt {Attempt}")]
    public static partial void Ended(this ILogger logger, Guid eventId, string externalUserId, string status, int attempt);
}
