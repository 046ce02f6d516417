namespace WecomBridge.Broker;

internal static partial class BrokerLog
{
    [LoggerMessage(6001, LogLevel.Warning, "The broker cannot be reached ({Reason}); callbacks go to the spool")]
    public static partial void BrokerAway(this ILogger logger, string reason);

    [LoggerMessage(6002, LogLevel.Information, "Connected to the broker; the topology is declared")]
    public static partial void PublisherConnected(this ILogger logger);

    [LoggerMessage(6003, LogLevel.Error, "{Mismatch}")]
    public static partial void TopologyMismatch(this ILogger logger, string mismatch);

    [LoggerMessage(6004, LogLevel.Debug, "A dropped connection could not be closed cleanly ({Reason})")]
    public static partial void DroppingConnectionFailed(this ILogger logger, string reason);

    [LoggerMessage(6005, LogLevel.Warning, "Intake goes through the spool: {Reason}")]
    public static partial void Spooling(this ILogger logger, string reason);

    [LoggerMessage(6006, LogLevel.Information, "The spool is empty; intake goes straight to the broker")]
    public static partial void Direct(this ILogger logger);

    [LoggerMessage(6007, LogLevel.Debug, "The broker did not confirm a relayed message ({Reason})")]
    public static partial void RelayRefused(this ILogger logger, string reason);

    [LoggerMessage(6009, LogLevel.Error, "Greeting command {MessageId} of the spool could not be worked ({Reason}); it goes to its queue")]
    public static partial void GreetingNotWorked(this ILogger logger, string messageId, string reason);

    [LoggerMessage(6010, LogLevel.Warning, "The broker has confirmed nothing for {Seconds} s while messages waited; this connection is given up for a new one")]
    public static partial void ConnectionStalled(this ILogger logger, double seconds);

    /// <summary>The wide line of a message.</summary>
    [LoggerMessage(6080, LogLevel.Information, "Handled {Type} {EventId} of queue {Queue}: {Outcome} at attempt {Attempt} after {DurationMs} ms")]
    public static partial void Handled(this ILogger logger, string type, Guid eventId, string queue, string outcome, int attempt, double durationMs);

    /// <summary>The same where another line tells more, or the next attempt will.</summary>
    [LoggerMessage(6081, LogLevel.Debug, "Handled {Type} {EventId} of queue {Queue}: {Outcome} at attempt {Attempt} after {DurationMs} ms")]
    public static partial void HandledBeside(this ILogger logger, string type, Guid eventId, string queue, string outcome, int attempt, double durationMs);

    [LoggerMessage(6008, LogLevel.Error, "Message {MessageId} of queue {Queue} went to its dead letters: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, string queue, string messageId, string reason);
}
