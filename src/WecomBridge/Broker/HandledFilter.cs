using System.Diagnostics;
using MassTransit;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Telemetry;

namespace WecomBridge.Broker;

/// <summary>Stands around every consumer, on both transports: its span below the publish, its time, and one line for each message.</summary>
internal sealed class HandledFilter<TConsumer>(string queue, BrokerMetrics metrics, ILogger<HandledFilter<TConsumer>> logger) : IFilter<ConsumerConsumeContext<TConsumer>>
    where TConsumer : class
{
    private readonly string _name = "process " + queue;

    public async Task Send(ConsumerConsumeContext<TConsumer> context, IPipe<ConsumerConsumeContext<TConsumer>> next)
    {
        var message = (context as ConsumeContext<CloudEvent>)?.Message;
        using var span = Traces.StartUnder(TraceOf(context, message), _name, ActivityKind.Consumer);
        var (started, outcome, error) = (metrics.Timestamp, "done", (string?)null);
        try
        {
            await next.Send(context);
        }
        catch (Exception failure)
        {
            (outcome, error) = (OutcomeOf(failure, context.CancellationToken), failure.GetType().Name);
            throw;
        }
        finally
        {
            var duration = metrics.Processed(queue, started, error);
            Describe(span, message, error);
            Tell(message, outcome, context.GetRetryAttempt() + 1, duration);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("handled");

    private static string? TraceOf(ConsumerConsumeContext<TConsumer> context, CloudEvent? message) =>
        context.ReceiveContext.TransportHeaders.TryGetHeader(Traces.Header, out var header) && header is string publish ? publish : message?.TraceParent;

    private static string OutcomeOf(Exception failure, CancellationToken stopping) => failure switch
    {
        StateUnavailableException or NotDurableException => "waits",
        OperationCanceledException when stopping.IsCancellationRequested => "stopped",
        _ => "failed",
    };

    private void Describe(Activity? span, CloudEvent? message, string? error)
    {
        if (span is not { IsAllDataRequested: true }) return;
        span.SetTag("messaging.system", metrics.System).SetTag("messaging.operation.name", "process").SetTag("messaging.destination.name", queue);
        if (message is not null) span.SetTag("messaging.message.id", message.Id.ToString()).SetTag("wecombridge.event.type", message.Type);
        if (error is not null) span.Fail(error);
    }

    private void Tell(CloudEvent? message, string outcome, int attempt, TimeSpan duration)
    {
        if (message is null) return;

        // A greeting tells more of itself in a line of its own; what waits for a store is tried again every second.
        if (queue == Topology.WelcomeQueue || outcome == "waits") logger.HandledBeside(message.Type, message.Id, queue, outcome, attempt, duration.TotalMilliseconds);
        else logger.Handled(message.Type, message.Id, queue, outcome, attempt, duration.TotalMilliseconds);
    }
}
