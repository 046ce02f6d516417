using System.Diagnostics;

namespace WecomBridge.Telemetry;

/// <summary>Where spans begin, and how they cross the queues, the spool and the work table. Nothing is made while nobody listens.</summary>
/// <remarks>
/// One source of our own and none of others: the web server's takes its trace from whoever calls from outside, the HTTP client's
/// shows addresses, in which WeCom's access tokens travel, and the bus's shows texts of exceptions.
/// </remarks>
internal static class Traces
{
    /// <summary>Name of the source, for those who listen.</summary>
    public const string SourceName = "WecomBridge";

    /// <summary>AMQP header with the span that published a message; W3C trace context.</summary>
    public const string Header = "traceparent";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>The running span as W3C trace context; null outside one of ours.</summary>
    public static string? Current => IsRunning ? Activity.Current!.Id : null;

    private static bool IsRunning => Activity.Current is { } running && running.Source == Source;

    /// <summary>A span below the running one of ours, or a new trace.</summary>
    public static Activity? Start(string name, ActivityKind kind) => Source.HasListeners() ? StartUnder(null, name, kind) : null;

    /// <summary>The first span of a trace, whatever is running: a caller from outside neither joins a trace nor decides whether it is kept.</summary>
    /// <remarks>Call it in the asynchronous method that the span covers: what ran before runs on when that method returns.</remarks>
    public static Activity? StartAnew(string name, ActivityKind kind)
    {
        if (!Source.HasListeners()) return null;
        Activity.Current = null;
        return Source.StartActivity(name, kind);
    }

    /// <summary>A span below the running one of ours; else below one of another time, place or process; else a new trace.</summary>
    /// <param name="traceParent">W3C trace context; null or unreadable for none.</param>
    /// <param name="name">Of a small fixed set.</param>
    /// <param name="kind">As others see it.</param>
    public static Activity? StartUnder(string? traceParent, string name, ActivityKind kind)
    {
        if (!Source.HasListeners()) return null;
        if (IsRunning) return Source.StartActivity(name, kind);
        Activity.Current = null;
        return ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent) ? Source.StartActivity(name, kind, parent) : Source.StartActivity(name, kind);
    }

    /// <summary>The running span of ours of a kind; null when that is not what runs.</summary>
    public static Activity? Running(ActivityKind kind) => IsRunning && Activity.Current!.Kind == kind ? Activity.Current : null;

    /// <summary>Marks a span as failed.</summary>
    /// <param name="span">None is let be.</param>
    /// <param name="reason">A small fixed word or a type's name, never an exception's message.</param>
    public static void Fail(this Activity? span, string reason) => span?.SetStatus(ActivityStatusCode.Error, reason).SetTag("error.type", reason);
}
