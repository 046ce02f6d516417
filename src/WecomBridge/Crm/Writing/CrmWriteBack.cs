using Microsoft.Extensions.Options;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Crm;

/// <summary>Marks customers whose state in the CRM is due to be written.</summary>
internal sealed class CrmWriteBack(IOptions<CrmOptions> options)
{
    /// <summary>The settings say what is written.</summary>
    public bool IsOn => options.Value.Writes;

    /// <summary>In the transaction that learns of the customer's record: one other than the one written to is written too.</summary>
    public async Task MarkRecordAsync(StateSession session, string corp, string app, string externalUserId, string crmId, Guid causeId, DateTimeOffset now)
    {
        if (!IsOn) return;
        await CrmWriteStore.LookAsync(session, corp, externalUserId, crmId, now);
        await MarkAsync(session, corp, app, externalUserId, causeId, now);
    }

    /// <summary>In the transaction that changes what the CRM is to know.</summary>
    public Task MarkAsync(StateSession session, string corp, string app, string externalUserId, Guid causeId, DateTimeOffset now) =>
        IsOn ? WorkStore.MarkAsync(session, new WorkKey(WorkLane.Crm, corp, externalUserId), app, now, causeId, now) : Task.CompletedTask;
}
