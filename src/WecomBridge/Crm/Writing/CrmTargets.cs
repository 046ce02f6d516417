using Microsoft.Extensions.Options;
using WecomBridge.Customers;
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
internal sealed class CrmTargets(CustomerReader customers, ICrmClient crm, IOptions<CrmOptions> options)
{
    /// <summary>The record.</summary>
    /// <param name="item">Whom.</param>
    /// <param name="written">What the CRM was told before.</param>
    /// <param name="isFresh">What is remembered does not count.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CrmTarget> FindAsync(WorkItem item, CrmWritten written, bool isFresh, CancellationToken cancellationToken)
    {
        var query = new CrmQuery { ExternalUserId = item.Key.Key, Fresh = isFresh };
        if (options.Value.Calls.FindByExternalUserId is not null)
        {
            var finding = await crm.FindAsync(query with { Quick = true }, cancellationToken);
            if (finding.Result is CrmResult.One or CrmResult.Several) return CrmTarget.Of(finding);
        }

        try
        {
            var customer = await customers.ReadAsync(item.Key.Corp, item.App, item.Key.Key, cancellationToken);
            return CrmTarget.Of(await crm.FindAsync(Complete(query, customer), cancellationToken));
        }
        catch (WecomException gone) when (gone.Failure == WecomFailure.Gone)
        {
            // Nobody has the customer any more, and WeCom says nothing of them: the CRM learns of the end where it is known who they were.
            return written.CrmId is { } id ? new CrmTarget(CrmResult.One, id, Match: null) : new CrmTarget(CrmResult.NotAsked, Id: null, Match: null);
        }
    }

    private static CrmQuery Complete(CrmQuery query, CustomerTruth customer) => query with
    {
        UnionId = customer.Contact.ExternalContact?.Unionid,
        Mobiles = [.. customer.Contact.FollowUser.SelectMany(follower => follower.RemarkMobiles).Distinct(StringComparer.Ordinal)],
        States = [.. customer.Relations.Select(relation => relation.State).Concat(customer.Contact.FollowUser.Select(follower => follower.State)).OfType<string>().Distinct(StringComparer.Ordinal)],
        Remarks = [.. customer.Contact.FollowUser.Select(follower => follower.Remark).OfType<string>().Distinct(StringComparer.Ordinal)],
    };
}
