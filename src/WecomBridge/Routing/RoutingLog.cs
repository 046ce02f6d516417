namespace WecomBridge.Routing;

internal static partial class RoutingLog
{
    [LoggerMessage(6201, LogLevel.Information, "Bindings follow the settings: {Bound} made, {Unbound} taken away, {Policies} limits set")]
    public static partial void BindingsSettled(this ILogger logger, int bound, int unbound, int policies);

    [LoggerMessage(6202, LogLevel.Warning, "{Fault}")]
    public static partial void SubscriberInTrouble(this ILogger logger, string fault);

    [LoggerMessage(6203, LogLevel.Debug, "Subscribers' queues cannot be looked at ({Reason}); tried again")]
    public static partial void WatchInterrupted(this ILogger logger, string reason);

    [LoggerMessage(6204, LogLevel.Information, "Routing changed: {Subscribers} subscribers, {Bound} bindings made, {Unbound} taken away")]
    public static partial void RoutingChanged(this ILogger logger, int subscribers, int bound, int unbound);

    [LoggerMessage(6205, LogLevel.Debug, "New bindings are not yet remembered: {Reason}")]
    public static partial void NotRemembered(this ILogger logger, string reason);
}
