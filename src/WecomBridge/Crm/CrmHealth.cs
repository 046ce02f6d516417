using Microsoft.Extensions.Diagnostics.HealthChecks;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Crm;

/// <summary>Says when the CRM is left alone, refuses the service, or has writes that wait for a person. Callbacks do not depend on it.</summary>
internal sealed class CrmHealth(CrmGuard guard, CrmWriteBack writing, IStateDatabase database, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<string> faults = [];
        if ((guard.Questions.Refusal ?? guard.Writes.Refusal) is { } refusal) faults.Add($"The CRM refuses this service: {refusal} Renew its credentials (Crm:Http:Auth, Crm:Sql:ConnectionString) or rights.");
        if (guard.Questions.OpenSince is { } since) faults.Add($"The CRM keeps failing since {since:O} and is asked only now and then. See whether it is up and can be reached from here; greetings go without it, writes wait.");
        if (guard.Writes.OpenSince is { } unwritten) faults.Add($"Writes to the CRM keep failing since {unwritten:O} and wait. See whether it can be written to.");
        if (await ParkedAsync(cancellationToken) is > 0 and var parked) faults.Add($"What the CRM should know of {parked} customer(s) cannot be written to it: work list --lane crm tells why.");
        return faults.Count == 0 ? HealthCheckResult.Healthy("nothing is wrong with the CRM") : HealthCheckResult.Degraded(string.Join(" ", faults));
    }

    private async Task<long> ParkedAsync(CancellationToken cancellationToken)
    {
        if (!writing.IsOn) return 0;
        try
        {
            return (await database.ReadAsync(session => WorkStore.CountAsync(session, WorkLane.Crm, time.GetUtcNow()), cancellationToken)).Parked;
        }
        catch (StateUnavailableException)
        {
            // Told by those who need State more.
            return 0;
        }
    }
}
