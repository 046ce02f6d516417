namespace WecomBridge.DeadLetters;

internal static partial class DeadLettersLog
{
    [LoggerMessage(6301, LogLevel.Information, "{Count} dead letters were given back to their consumers, as an operator asked")]
    public static partial void LettersTakenUp(this ILogger logger, int count);
}
