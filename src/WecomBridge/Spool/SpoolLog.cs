namespace WecomBridge.Spool;

internal static partial class SpoolLog
{
    [LoggerMessage(6101, LogLevel.Error, "The spool cannot be written ({Reason}); callbacks are answered only while the broker confirms them")]
    public static partial void SpoolFailed(this ILogger logger, string reason);

    [LoggerMessage(6102, LogLevel.Error, "A damaged spool file was set aside as {Path} ({Reason})")]
    public static partial void SpoolFileSetAside(this ILogger logger, string path, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "{Rows} messages were read out of the damaged spool file and go on from a new one")]
    public static partial void SpoolRowsRescued(this ILogger logger, int rows);

    [LoggerMessage(6106, LogLevel.Debug, "Relayed {Count} messages of the {Lane} lane")]
    public static partial void Relayed(this ILogger logger, int count, Broker.MessageLane lane);

    [LoggerMessage(6108, LogLevel.Error, "{Rows} messages rescued from a damaged spool file could be written nowhere before the stop; they are in the file that was set aside")]
    public static partial void SpoolRowsLeftBehind(this ILogger logger, int rows);

    [LoggerMessage(6107, LogLevel.Error, "The relay of the {Lane} lane failed and goes on after a pause")]
    public static partial void RelayFailed(this ILogger logger, Broker.MessageLane lane, Exception exception);
}
