using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Contracts;
using WecomBridge.State;

namespace WecomBridge.Welcome;

/// <summary>Greets one customer at most once and in time, and says how it went.</summary>
/// <remarks>While State is away nobody is greeted: without the ledger a second greeting could not be told from a first.</remarks>
internal sealed class SendWelcomeConsumer(
    IStateDatabase database,
    GreetingRules rules,
    GreetingLookUps lookUps,
    WelcomeGreetings greetings,
    GreetingSender sender,
    StaffNotices notices,
    IOutbox outbox,
    EventFactory events,
    CrashPoints crash,
    WelcomeMetrics metrics,
    IOptionsMonitor<WelcomeOptions> options,
    TimeProvider time,
    ILogger<SendWelcomeConsumer> logger) : IConsumer<CloudEvent<SendWelcome>>
{
    /// <summary>Longer than one attempt, so that nobody takes a claim up while its holder may still be sending; short, so that after a crash there is time to greet.</summary>
    private static readonly TimeSpan Lease = GreetingSender.LongestAttempt + TimeSpan.FromSeconds(2);

    /// <summary>A claim older than this does not surely outlast another attempt.</summary>
    private static readonly TimeSpan FreshClaim = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly string _owner = Guid.NewGuid().ToString("N");

    public async Task Consume(ConsumeContext<CloudEvent<SendWelcome>> context)
    {
        var command = context.Message.Data;
        var taken = time.GetUtcNow();
        metrics.Taken(taken - command.ReceivedAt);
        var deadline = command.CreatedAt + options.CurrentValue.SendWithin;
        var claim = await ClaimAsync(command, deadline, context.CancellationToken);
        switch (claim.Result)
        {
            case GreetingClaimResult.Claimed:
                await GreetAsync(command, deadline, taken, claim.Attempt, context.CancellationToken);
                break;
            case GreetingClaimResult.AlreadyDone:
                await AnnounceAgainAsync(command, claim, context.CancellationToken);
                break;
            default:
                logger.GreetedByAnother(command.EventId, claim.Result);
                break;
        }
    }

    /// <summary>Another event of the same add may be in hand; if it comes to nothing, this one's code may still serve.</summary>
    private async Task<GreetingClaim> ClaimAsync(SendWelcome command, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var patience = deadline + Lease;
        while (true)
        {
            var now = time.GetUtcNow();
            var claim = await database.WriteAsync(
                session => GreetingLedger.TryClaimAsync(session, Key(command), command.EventId, command.CreatedAt, command.WelcomeCode is not null, _owner, now, Lease),
                cancellationToken);
            if (claim.Result != GreetingClaimResult.HeldByOther || now >= patience) return claim;
            await Task.Delay(AskAgain, time, cancellationToken);
        }
    }

    private async Task GreetAsync(SendWelcome command, DateTimeOffset deadline, DateTimeOffset taken, int run, CancellationToken cancellationToken)
    {
        var (rule, result) = await ChooseAndSendAsync(command, deadline, mayHaveBeenSent: run > 1, cancellationToken);
        if (result == SendResult.Lost)
        {
            logger.GreetedByAnother(command.EventId, GreetingClaimResult.HeldByOther);
            return;
        }

        if (result.Outcome == GreetingOutcome.Sent) crash.At(CrashPoint.AfterSendWelcome);
        await CompleteAsync(command, result, cancellationToken);
        await AnnounceAsync(command, rule, result.Reason, cancellationToken);

        var outcome = result.Reason ?? "sent";
        metrics.Ended(outcome);
        if (result.StartedAt is { } started) metrics.Started(started - command.ReceivedAt, started - command.CreatedAt);
        logger.Handled(
            command.EventId, command.Kind, outcome, AgeMs(command), result.Attempts, run, (long)(taken - command.ReceivedAt).TotalMilliseconds, (long?)(result.StartedAt - command.ReceivedAt)?.TotalMilliseconds);
    }

    private async Task<(string? Rule, SendResult Result)> ChooseAndSendAsync(SendWelcome command, DateTimeOffset deadline, bool mayHaveBeenSent, CancellationToken cancellationToken)
    {
        var claimed = time.GetUtcNow();
        if (command.WelcomeCode is null) return (null, SendResult.Missed(WelcomeMissReasons.NoCode));
        if (options.CurrentValue.Rules.Count == 0) return (null, SendResult.Missed(WelcomeMissReasons.Disabled));
        if (claimed >= deadline) return (null, SendResult.Missed(WelcomeMissReasons.Expired));

        using var facts = lookUps.Begin(command, deadline, cancellationToken);
        if (await rules.ChooseAsync(command, facts) is not { } rule) return (null, SendResult.Missed(WelcomeMissReasons.NoRule));
        await facts.GatherAsync(greetings.NeedsOf(rule));
        if (time.GetUtcNow() - claimed > FreshClaim && !await RenewAsync(command, cancellationToken)) return (rule.Name, SendResult.Lost);
        if (greetings.Write(rule, command, facts) is not { } greeting) return (rule.Name, SendResult.Missed(WelcomeMissReasons.Unavailable));
        return (rule.Name, await sender.SendAsync(command, greeting, deadline, mayHaveBeenSent, stopping => RenewAsync(command, stopping), cancellationToken));
    }

    private Task<bool> RenewAsync(SendWelcome command, CancellationToken cancellationToken) => database.WriteAsync(
        session => GreetingLedger.RenewAsync(session, Key(command), command.EventId, _owner, time.GetUtcNow() + Lease), cancellationToken);

    /// <summary>A greeting that was sent and is not in the ledger would be reported as missed: State gets some more time here than elsewhere.</summary>
    private async Task CompleteAsync(SendWelcome command, SendResult result, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(
                    async session => await notices.NoteAsync(
                        session, command, result, await GreetingLedger.CompleteAsync(session, Key(command), command.EventId, command.CreatedAt, _owner, result.Outcome, result.Reason, time.GetUtcNow())),
                    cancellationToken);
                return;
            }
            catch (StateUnavailableException) when (attempt < 10)
            {
                await Task.Delay(AskAgain, time, cancellationToken);
            }
        }
    }

    /// <summary>The run that did it may have ended before it could say so; the event's id is the same.</summary>
    private async Task AnnounceAgainAsync(SendWelcome command, GreetingClaim claim, CancellationToken cancellationToken)
    {
        using var facts = lookUps.Begin(command, DateTimeOffset.MaxValue, cancellationToken);
        var rule = command.WelcomeCode is null ? null : await rules.ChooseAsync(command, facts);
        await AnnounceAsync(command, rule?.Name, claim.Outcome == GreetingOutcome.Sent ? null : claim.Reason, cancellationToken);
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

    private static RelationKey Key(SendWelcome command) => new(command.Corp, command.UserId, command.ExternalUserId);
}
