using WecomBridge.Crm;

namespace WecomBridge.Profiles;

internal static partial class ProfilesLog
{
    [LoggerMessage(4000, LogLevel.Information, "Profile of {ExternalUserId} after {EventId}: found by {Key}, remark written {Wrote}, published {Published}, attempt {Attempt}")]
    public static partial void Reconciled(this ILogger logger, Guid eventId, string externalUserId, CrmKey? key, bool wrote, bool published, int attempt);
}
