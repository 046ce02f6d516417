using Microsoft.Extensions.Options;
using WecomBridge.Customers;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Crm;

/// <summary>Whose record in the CRM is meant.</summary>
/// <param name="Result">Whether that is known.</param>
/// <param name="Id">With <see cref="CrmResult.One"/>: the id of the record.</param>
/// <param name="Match">The record; null when it could not be read any more.</param>
internal sealed record CrmTarget(CrmResult Result, string? Id, CrmMatch? Match)
{
    public static CrmTarget Of(CrmFinding finding) => new(finding.Result, finding.Match?.Id, finding.Match);

    public override string ToString() => $"{Result} {Id}";
}

/// <summary>Finds the record of a customer whom work names by the platform's id. WeCom is asked only where the CRM does not know that id.</summary>
internal sealed class CrmTargets(CustomerReader customers, ICrmClient crm, IStateDatabase database, IOptions<CrmOptions> options)
{
    /// <summary>The record.</summary>
    /// <param name="item">Whom.</param>
    /// <param name="written">What the CRM was told before.</param>
    /// <param name="isFresh">What is remembered does not count.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CrmTarget> FindAsync(WorkItem item, CrmWritten written, bool isFresh, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        if (options.Value.Calls.FindByExternalUserId is not null)
        {
            var finding = await crm.FindAsync(new CrmQuery { ExternalUserId = externalUserId, Fresh = isFresh }, cancellationToken);
            if (finding.Result is CrmResult.One or CrmResult.Several) return CrmTarget.Of(finding);
        }

        try
        {
            var customer = await customers.ReadAsync(corp, item.App, externalUserId, cancellationToken);
            var ours = await database.ReadAsync(session => RelationFieldLedger.OfCustomerAsync(session, corp, externalUserId), cancellationToken);
            return CrmTarget.Of(await crm.FindAsync(CustomerQuestion.Of(customer, externalUserId, ours, isFresh), cancellationToken));
        }
        catch (WecomException gone) when (gone.Failure == WecomFailure.Gone)
        {
            // Nobody has the customer any more, and WeCom says nothing of them: the CRM learns of the end where it is known who they were.
            return written.CrmId is { } id ? new CrmTarget(CrmResult.One, id, Match: null) : new CrmTarget(CrmResult.NotAsked, Id: null, Match: null);
        }
    }
}
