namespace WecomBridge.Callbacks;

internal static partial class CallbackLog
{
    [LoggerMessage(1001, LogLevel.Debug, "Took {Type} {EventId} of {Corp}/{App}, key {KeyIndex}")]
    public static partial void Took(this ILogger logger, string type, Guid eventId, string corp, string app, int keyIndex);

    [LoggerMessage(1002, LogLevel.Warning, "Refused a callback for {Corp}/{App}: {Result}")]
    public static partial void Refused(this ILogger logger, string corp, string app, Wecom.Callbacks.CallbackCryptoResult result);

    [LoggerMessage(1003, LogLevel.Warning, "Kept the unrecognized callback {EventId} of {Corp}/{App}")]
    public static partial void Unrecognized(this ILogger logger, Guid eventId, string corp, string app);

    [LoggerMessage(1004, LogLevel.Error, "The callback {EventId} of {Corp}/{App} could be made durable nowhere ({Reason}); the connection was aborted, WeCom calls again")]
    public static partial void NotDurable(this ILogger logger, Guid eventId, string corp, string app, string reason);

    [LoggerMessage(1007, LogLevel.Error, "A callback for {Corp}/{App} could not be read or mapped by a fault of this program ({Failure}); it is kept")]
    public static partial void MappingFailed(this ILogger logger, string corp, string app, string failure);

    [LoggerMessage(1006, LogLevel.Error, "A callback for {Corp}/{App} broke off ({Failure}); the connection was aborted, WeCom calls again")]
    public static partial void Broken(this ILogger logger, string corp, string app, string failure);

    [LoggerMessage(1005, LogLevel.Information, "Verified the address of {Corp}/{App}, key {KeyIndex}")]
    public static partial void Verified(this ILogger logger, string corp, string app, int keyIndex);
}
