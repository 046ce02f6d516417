namespace WecomBridge.Work;

internal static partial class WorkLog
{
    [LoggerMessage(8501, LogLevel.Information, "Worked {Lane} of corp {Corp} for event {CauseId}: {Outcome} at attempt {Attempt} after {DurationMs} ms {Reason}")]
    public static partial void Worked(this ILogger logger, string lane, string corp, Guid causeId, string outcome, int attempt, double durationMs, string? reason);

    [LoggerMessage(8502, LogLevel.Error, "Parked {Lane} of corp {Corp} for event {CauseId} after attempt {Attempt}: {Reason}. {Remedy}")]
    public static partial void Parked(this ILogger logger, string lane, string corp, Guid causeId, int attempt, string reason, string? remedy);

    [LoggerMessage(8503, LogLevel.Error, "App {App} of corp {Corp} is refused, its {Lane} wait: {Reason}. {Remedy}")]
    public static partial void AppPaused(this ILogger logger, string lane, string corp, string app, string reason, string? remedy);

    [LoggerMessage(8504, LogLevel.Information, "App {App} of corp {Corp} is taken again, its {Lane} go on")]
    public static partial void AppResumed(this ILogger logger, string lane, string corp, string app);

    [LoggerMessage(8505, LogLevel.Warning, "Work in lane {Lane} waits, no due work can be read: {Reason}")]
    public static partial void ClaimsFail(this ILogger logger, string lane, string reason);

    [LoggerMessage(8506, LogLevel.Information, "Work in lane {Lane} goes on")]
    public static partial void ClaimsResumed(this ILogger logger, string lane);

    [LoggerMessage(8507, LogLevel.Warning, "Lost the lease of {Lane} of corp {Corp} for event {CauseId}; another instance may be at it")]
    public static partial void LeaseLost(this ILogger logger, string lane, string corp, Guid causeId);

    [LoggerMessage(8508, LogLevel.Debug, "The end of {Lane} of corp {Corp} for event {CauseId} could not be noted ({Failure}); it is worked again when its lease ends")]
    public static partial void EndNotNoted(this ILogger logger, string lane, string corp, Guid causeId, string failure);

    [LoggerMessage(8509, LogLevel.Debug, "A lease in lane {Lane} could not be renewed ({Failure})")]
    public static partial void RenewalFailed(this ILogger logger, string lane, string failure);

    [LoggerMessage(8510, LogLevel.Warning, "Unexpected {Failure} in {Lane} of corp {Corp} for event {CauseId}:{StackTrace}")]
    public static partial void Unexpected(this ILogger logger, string failure, string lane, string corp, Guid causeId, string? stackTrace);

    [LoggerMessage(8511, LogLevel.Warning, "App {App} of corp {Corp} gets no answers, its {Lane} wait and one is tried from time to time: {Reason}")]
    public static partial void AppUnheard(this ILogger logger, string lane, string corp, string app, string reason);
}
