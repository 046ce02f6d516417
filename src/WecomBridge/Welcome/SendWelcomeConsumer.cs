using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Welcome;

/// <summary>Greets one customer at most once and in time, and says how it went.</summary>
/// <remarks>While State is away nobody is greeted: without the ledger a second greeting could not be told from a first.</remarks>
internal sealed class SendWelcomeConsumer(
    GreetingClaims claims,
    GreetingRules rules,
    GreetingLookUps lookUps,
    WelcomeGreetings greetings,
    GreetingSender sender,
    IOutbox outbox,
    EventFactory events,
    CrashPoints crash,
    WelcomeMetrics metrics,
    IOptionsMonitor<WelcomeOptions> options,
    TimeProvider time,
    ILogger<SendWelcomeConsumer> logger) : IConsumer<CloudEvent<SendWelcome>>
{
    /// <summary>A claim older than this does not surely outlast another attempt.</summary>
    private static readonly TimeSpan FreshClaim = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<CloudEvent<SendWelcome>> context)
    {
        var command = context.Message.Data;
        var taken = time.GetUtcNow();
        metrics.Taken(taken - command.ReceivedAt);
        var deadline = command.CreatedAt + options.CurrentValue.SendWithin;
        var (claim, claimedAt) = await claims.TryAsync(command, deadline, context.CancellationToken);
        switch (claim.Result)
        {
            case GreetingClaimResult.Claimed:
                await GreetAsync(command, new Run(deadline, taken, claimedAt, claim.Attempt), context.CancellationToken);
                break;
            case GreetingClaimResult.AlreadyDone:
                // The run that did it may have ended before it could say so; the event's id is the same.
                await AnnounceAsync(command with { App = claim.App ?? command.App }, claim.Rule, claim.Outcome == GreetingOutcome.Sent ? null : claim.Reason, context.CancellationToken);
                break;
            case GreetingClaimResult.HeldByOther:
                logger.HeldToTheEnd(command.EventId);
                break;
            default:
                logger.GreetedByAnother(command.EventId, claim.Result);
                break;
        }
    }

    private async Task GreetAsync(SendWelcome command, Run run, CancellationToken cancellationToken)
    {
        var (rule, result) = await ChooseAndSendAsync(command, run, cancellationToken);
        if (result == SendResult.Lost)
        {
            logger.GreetedByAnother(command.EventId, GreetingClaimResult.HeldByOther);
            return;
        }

        if (result.Outcome == GreetingOutcome.Sent) crash.At(CrashPoint.AfterSendWelcome);
        await claims.CompleteAsync(command, rule, result, cancellationToken);
        Measure(command, result, run);
        if (await claims.IsTakenOverAsync(command, result, cancellationToken)) logger.GreetedByAnother(command.EventId, GreetingClaimResult.HeldByOther);
        else await AnnounceAsync(command, rule, result.Reason, cancellationToken);
    }

    private async Task<(string? Rule, SendResult Result)> ChooseAndSendAsync(SendWelcome command, Run run, CancellationToken cancellationToken)
    {
        if (command.WelcomeCode is null) return (null, Missed(WelcomeMissReasons.NoCode));
        if (options.CurrentValue.Rules.Count == 0) return (null, Missed(WelcomeMissReasons.Disabled));
        if (time.GetUtcNow() >= run.Deadline) return (null, Missed(WelcomeMissReasons.Expired));

        using var facts = lookUps.Begin(command, run.Deadline, cancellationToken);
        if (await rules.ChooseAsync(command, facts) is not { } rule) return (null, Missed(WelcomeMissReasons.NoRule));
        await facts.GatherAsync(greetings.NeedsOf(rule));
        if (time.GetUtcNow() - run.ClaimedAt > FreshClaim && !await claims.RenewAsync(command, cancellationToken)) return (rule.Name, SendResult.Lost);
        if (greetings.Write(rule, command, facts) is not { } greeting) return (rule.Name, Missed(WelcomeMissReasons.Unavailable));
        return (rule.Name, await sender.SendAsync(command, greeting, run.Deadline, mayHaveBeenSent: run.Number > 1, stopping => claims.RenewAsync(command, stopping), cancellationToken));

        // A run before this one may have sent and died.
        SendResult Missed(string reason) => run.Number > 1 ? new SendResult(GreetingOutcome.Unknown, WelcomeMissReasons.Unavailable, Calls: 0) : SendResult.Missed(reason);
    }

    private void Measure(SendWelcome command, SendResult result, Run run)
    {
        var outcome = result.Reason ?? "sent";
        metrics.Ended(outcome);
        if (result.StartedAt is { } started) metrics.Started(started - command.ReceivedAt, started - command.CreatedAt);
        logger.Handled(
            command.EventId, command.Kind, outcome, result.ErrorCode, AgeMs(command), result.Calls, run.Number, (long)(run.Taken - command.ReceivedAt).TotalMilliseconds, (long?)(result.StartedAt - command.ReceivedAt)?.TotalMilliseconds);
    }

    private async Task AnnounceAsync(SendWelcome command, string? rule, string? reason, CancellationToken cancellationToken)
    {
        var message = reason is null
            ? Write(command, new WelcomeSent { CorpId = command.CorpId, Corp = command.Corp, App = command.App, UserId = command.UserId, ExternalUserId = command.ExternalUserId, Rule = rule ?? "", AgeMs = AgeMs(command) })
            : Write(command, new WelcomeMissed { CorpId = command.CorpId, Corp = command.Corp, App = command.App, UserId = command.UserId, ExternalUserId = command.ExternalUserId, Rule = rule, AgeMs = AgeMs(command), Reason = reason });
        await outbox.StoreAsync([message], cancellationToken);
    }

    private OutgoingMessage Write<TData>(SendWelcome command, TData data)
        where TData : EventData =>
        EventWriter.Write(events.Derived(command.Corp, command.App, command.EventId, discriminator: "", command.ExternalUserId, command.ExternalUserId, data), Exchanges.Events);

    private long AgeMs(SendWelcome command) => (long)(time.GetUtcNow() - command.CreatedAt).TotalMilliseconds;

    /// <param name="Deadline">No call begins after it.</param>
    /// <param name="Taken">When the command came from the queue.</param>
    /// <param name="ClaimedAt">Start of the claim.</param>
    /// <param name="Number">Above 1, an earlier run may have sent.</param>
    private sealed record Run(DateTimeOffset Deadline, DateTimeOffset Taken, DateTimeOffset ClaimedAt, int Number);
}
