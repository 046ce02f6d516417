using System.Diagnostics;
using WecomBridge.Telemetry;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Calls;

/// <summary>A span for each exchange with the platform. It names the API and the outcome; address, token and content are not seen here.</summary>
/// <remarks>Both ends are called in the exchange's own asynchronous method, so that the span that runs at the end is the one that began.</remarks>
internal sealed class CallTraces : IWecomInterceptor
{
    /// <inheritdoc />
    public void Starting(in WecomExchange exchange)
    {
        if (Traces.Start(exchange.Api, ActivityKind.Client) is not { IsAllDataRequested: true } span) return;
        span.SetTag("wecombridge.corp", exchange.Corp).SetTag("wecombridge.app", exchange.App).SetTag("wecombridge.api", exchange.Api)
            .SetTag("wecombridge.lane", CallMetrics.WordOf(exchange.Lane)).SetTag("wecombridge.attempt", exchange.Attempt);
    }

    /// <inheritdoc />
    public void Finished(in WecomExchange exchange, in WecomOutcome outcome)
    {
        using var span = Traces.Running(ActivityKind.Client);
        if (span is not { IsAllDataRequested: true }) return;
        span.SetTag("wecombridge.outcome", CallMetrics.WordOf(outcome)).SetTag("wecombridge.errcode", outcome.ErrorCode);
        if (outcome.Failure is not null) span.Fail(CallMetrics.WordOf(outcome));
    }

    /// <inheritdoc />
    public void Withheld(in WecomExchange exchange)
    {
        using var span = Traces.Start(exchange.Api, ActivityKind.Client);
        span?.SetTag("wecombridge.api", exchange.Api).SetTag("wecombridge.outcome", "withheld");
    }
}
