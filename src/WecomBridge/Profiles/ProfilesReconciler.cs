using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Customers;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

/// <summary>Joins a customer of WeCom with the one of the CRM, writes the remark where it is ours to write, and publishes what has changed.</summary>
internal sealed class ProfilesReconciler(
    CustomerReader customers,
    IWecomClientFactory clients,
    ICrmClient crm,
    IStateDatabase database,
    IOutbox outbox,
    EventFactory events,
    IOptionsMonitor<ProfilesOptions> options,
    IOptionsMonitor<WecomOptions> corps,
    TimeProvider time,
    ILogger<ProfilesReconciler> logger) : IReconciler
{
    private RemarkText? _remark;

    public string Lane => WorkLane.Profiles;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        var refresh = item.Note == ProfilesConsumer.RefreshNote;
        var customer = await customers.ReadAsync(corp, item.App, externalUserId, cancellationToken);
        var (_, match) = await crm.FindAsync(Query(customer, externalUserId, refresh), cancellationToken);
        await customer.ForEachFollowerAsync(async (follower, relation) =>
        {
            var key = new RelationKey(corp, follower.Userid!, externalUserId);
            var entry = await database.ReadAsync(session => RemarkLedger.FindAsync(session, key), cancellationToken);
            var wrote = await WriteRemarkAsync(item, key, follower, customer.Contact.ExternalContact?.Name, match, entry, cancellationToken);
            var published = await PublishAsync(item, key, follower, relation, match, entry, refresh, cancellationToken);
            if (wrote || published) logger.Reconciled(item.CauseId, externalUserId, match?.MatchedBy, wrote, published, item.Attempt);
        });
    }

    private static CrmQuery Query(CustomerTruth customer, string externalUserId, bool refresh) => new()
    {
        ExternalUserId = externalUserId,
        UnionId = customer.Contact.ExternalContact?.Unionid,
        Mobiles = [.. customer.Contact.FollowUser.SelectMany(follower => follower.RemarkMobiles).Distinct(StringComparer.Ordinal)],
        Fresh = refresh,
    };

    /// <returns>Whether a remark was written.</returns>
    private async Task<bool> WriteRemarkAsync(WorkItem item, RelationKey key, FollowUser follower, string? customerName, CrmMatch? match, RemarkEntry entry, CancellationToken cancellationToken)
    {
        if (match is null || options.CurrentValue is not { WriteWhen: RemarkWriting.EmptyOrOurs, Remark: { Length: > 0 } template }) return false;
        var text = Template(template).Render(match.Fields);
        var standing = follower.Remark ?? "";
        // WeCom gives the customer's own name for a remark nobody has written.
        var free = standing.Length == 0 || standing == customerName || entry.IsOurs(standing);
        if (text.Length == 0 || text == standing || !free) return false;

        await database.WriteAsync(session => RemarkLedger.RecordIntentAsync(session, key, text, time.GetUtcNow()), cancellationToken);
        await clients.For(key.Corp, item.App, CallLane.Sync).ExecuteCgibinExternalContactRemarkAsync(new CgibinExternalContactRemarkRequest { Userid = key.UserId, ExternalUserid = key.ExternalUserId, Remark = text }, cancellationToken);
        await database.WriteAsync(session => RemarkLedger.ConfirmAsync(session, key, text, time.GetUtcNow()), cancellationToken);
        return true;
    }

    /// <returns>Whether the profile was published.</returns>
    private async Task<bool> PublishAsync(WorkItem item, RelationKey key, FollowUser follower, Relation? relation, CrmMatch? match, RemarkEntry entry, bool refresh, CancellationToken cancellationToken)
    {
        var profile = new ProfileUpdated
        {
            CorpId = corps.CurrentValue.Corps.GetValueOrDefault(key.Corp)?.CorpId ?? "",
            Corp = key.Corp,
            App = item.App,
            UserId = key.UserId,
            ExternalUserId = key.ExternalUserId,
            Relation = ProfileFacts.RelationOf(follower, relation),
            Identity = ProfileFacts.IdentityOf(match),
            Facts = ProfileFacts.FactsOf(match),
        };
        var print = ProfileFacts.PrintOf(profile);
        if (print == entry.Announced && !refresh) return false;

        var cloudEvent = events.Derived(key.Corp, item.App, item.CauseId, key.UserKey + "+" + print, key.ExternalUserId, key.ExternalUserId, profile);
        await outbox.StoreAsync([EventWriter.Write(cloudEvent, Exchanges.Profiles)], cancellationToken);
        await database.WriteAsync(session => RemarkLedger.RecordAnnouncedAsync(session, key, print, time.GetUtcNow()), cancellationToken);
        return true;
    }

    private RemarkText Template(string template)
    {
        var present = _remark;
        return present is not null && present.Source == template ? present : _remark = new RemarkText(template);
    }
}
