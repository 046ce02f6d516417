using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.State;

namespace WecomBridge.Welcome;

/// <summary>The right to greet one customer, and how it ended.</summary>
internal sealed class GreetingClaims(IStateDatabase database, StaffNotices notices, IOptionsMonitor<WelcomeOptions> options, IOptionsMonitor<WecomOptions> corps, TimeProvider time)
{
    /// <summary>Longer than one attempt, so that nobody takes a claim up while its holder may still be sending; short, so that after a crash there is time to greet.</summary>
    private static readonly TimeSpan Lease = GreetingSender.LongestAttempt + TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Within it after the first receipt of an add, the corp's other apps have theirs.</summary>
    private static readonly TimeSpan OtherApps = TimeSpan.FromSeconds(3);

    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>A first claim lasts through the look-ups, too.</summary>
    private TimeSpan FirstLease => Lease + options.CurrentValue.LookUpWithin;

    /// <summary>Asks for the right. Another event of the same add may be in hand; if it comes to nothing, this one's code may still serve.</summary>
    /// <returns>The answer, and when the claim began.</returns>
    public async Task<(GreetingClaim Claim, DateTimeOffset At)> TryAsync(SendWelcome command, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var hasCode = command.WelcomeCode is not null && now < deadline;
            var claim = await database.WriteAsync(
                session => GreetingLedger.TryClaimAsync(session, Key(command), command.EventId, command.CreatedAt, hasCode, command.App, _owner, now, FirstLease), cancellationToken);
            if (claim.Result != GreetingClaimResult.HeldByOther || now >= deadline + FirstLease) return (claim, now);
            await Task.Delay(AskAgain, time, cancellationToken);
        }
    }

    /// <summary>Keeps the claim for one more attempt; false when it is lost.</summary>
    public Task<bool> RenewAsync(SendWelcome command, CancellationToken cancellationToken) => database.WriteAsync(
        session => GreetingLedger.RenewAsync(session, Key(command), command.EventId, _owner, time.GetUtcNow() + Lease), cancellationToken);

    /// <summary>Notes the end. A greeting that was sent and is not in the ledger would be reported as missed: State gets some more time here than elsewhere.</summary>
    public async Task CompleteAsync(SendWelcome command, string? rule, SendResult result, CancellationToken cancellationToken)
    {
        var end = new GreetingEnd(result.Outcome, result.Reason) { Rule = rule, App = command.App, IsDenied = result.IsDenied, IsCertain = result.IsCertain };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(
                    async session => await notices.NoteAsync(session, command, result, await GreetingLedger.CompleteAsync(session, Key(command), command.EventId, command.CreatedAt, _owner, end, time.GetUtcNow())),
                    cancellationToken);
                return;
            }
            catch (StateUnavailableException) when (attempt < 10)
            {
                await Task.Delay(AskAgain, time, cancellationToken);
            }
        }
    }

    /// <summary>Whether another app greets, or has greeted, where this one got no code or was refused: it is given a few seconds, in which nothing is held.</summary>
    public async Task<bool> IsTakenOverAsync(SendWelcome command, SendResult result, CancellationToken cancellationToken)
    {
        var mayBe = result.Outcome == GreetingOutcome.Missed && (result.IsDenied || result.Reason == GreetingLedger.NoCode);
        if (!mayBe || !GreetingApps.HasAnother(corps.CurrentValue, command.Corp, command.App)) return false;
        var (now, received) = (time.GetUtcNow(), command.ReceivedAt + OtherApps);
        var until = received > now + (2 * AskAgain) ? received : now + (2 * AskAgain);
        await Task.Delay(until - now, time, cancellationToken);
        var greeting = await database.ReadAsync(session => GreetingLedger.FindAsync(session, Key(command)), cancellationToken);
        return greeting is not null && greeting.EventId == command.EventId && (greeting.Outcome != GreetingOutcome.Missed || greeting.App != command.App);
    }

    private static RelationKey Key(SendWelcome command) => new(command.Corp, command.UserId, command.ExternalUserId);
}
