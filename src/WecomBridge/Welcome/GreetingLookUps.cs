using Microsoft.Extensions.Options;
using WecomBridge.Crm;
using WecomBridge.Rules;
using WecomBridge.Wecom.Api;

namespace WecomBridge.Welcome;

/// <summary>What is looked up, as metrics name it.</summary>
internal static class LookUps
{
    public const string Staff = "staff";
    public const string Customer = "customer";
    public const string Crm = "crm";
}

/// <summary>Looks up what rules and texts of greetings need, within the time that settings allow. A look-up that fails or is late leaves its facts unknown and harms nothing else.</summary>
internal sealed class GreetingLookUps(
    StaffDirectory staff,
    IWecomClientFactory clients,
    ICrmClient crm,
    WelcomeMetrics metrics,
    IOptionsMonitor<WelcomeOptions> options,
    TimeProvider time,
    ILogger<GreetingLookUps> logger)
{
    /// <summary>Kept free before the deadline for the sending: one attempt that hangs, and another.</summary>
    public static readonly TimeSpan SendingNeeds = GreetingSender.LongestAttempt + TimeSpan.FromSeconds(1);

    /// <summary>WeCom may not know the relation in the first moments after an add.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    /// <summary>Begins the time for one greeting's look-ups; nothing is asked yet.</summary>
    /// <param name="command">Whom it is about.</param>
    /// <param name="deadline">Of the sending.</param>
    /// <param name="stopping">Ends everything.</param>
    public GreetingFacts Begin(SendWelcome command, DateTimeOffset deadline, CancellationToken stopping)
    {
        var (own, latest) = (time.GetUtcNow() + options.CurrentValue.LookUpWithin, deadline - SendingNeeds);
        return new GreetingFacts(this, command, own < latest ? own : latest, time, stopping);
    }

    public Task<StaffMember?> FindStaffAsync(SendWelcome command, CancellationToken cancellationToken) => staff.FindAsync(command.Corp, command.App, command.UserId, cancellationToken);

    /// <summary>The customer; asked for again while WeCom does not know the relation yet. Of a half add it knows none before the member has confirmed.</summary>
    public async Task<CustomerFacts?> FindCustomerAsync(SendWelcome command, CancellationToken cancellationToken)
    {
        var client = clients.For(command.Corp, command.App, CallLane.Welcome);
        for (var pause = Settling; ; pause *= 2)
        {
            try
            {
                return CustomerFacts.Of(await client.ExecuteCgibinExternalContactGetAsync(new CgibinExternalContactGetRequest { ExternalUserid = command.ExternalUserId }, cancellationToken), command);
            }
            catch (WecomException early) when (early.ErrorCode is WecomErrorCodes.NoRelation or WecomErrorCodes.InvalidExternalUserId && command.Kind != SendWelcome.HalfAdded)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Null when the CRM was not asked for want of a key, or knows several: whether it knows the customer stays open.</summary>
    public async Task<CrmAnswer?> FindInCrmAsync(CrmQuery query, CancellationToken cancellationToken) => await crm.FindAsync(query, cancellationToken) switch
    {
        { Result: CrmResult.One, Match: { } match } => new CrmAnswer(match.Fields),
        { Result: CrmResult.Nobody } => new CrmAnswer(Facts: null),
        _ => null,
    };

    /// <summary>Asks, and takes a failure for an answer that did not come.</summary>
    /// <param name="eventId">For the log.</param>
    /// <param name="what">One of <see cref="LookUps"/>.</param>
    /// <param name="ask">True when something was found.</param>
    /// <param name="limit">Ends the wait.</param>
    public async Task QuietlyAsync(Guid eventId, string what, Func<Task<bool>> ask, CancellationToken limit)
    {
        try
        {
            metrics.LookedUp(what, await ask() ? "found" : "unknown");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            metrics.LookedUp(what, "late");
        }
        catch (Exception failure)
        {
            // Whatever it met, the greeting goes without it.
            metrics.LookedUp(what, "failed");
            logger.LookUpFailed(eventId, what, failure is WecomException { ErrorCode: { } code } ? $"{failure.GetType().Name} {code}" : failure.GetType().Name);
        }
    }
}
