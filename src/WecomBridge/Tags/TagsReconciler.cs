using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.Customers;
using WecomBridge.Rules;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Reads a customer's tags from WeCom, adds what the rules want and is missing, and publishes what came. It removes nothing.</summary>
/// <remarks>A tag in the ledger as confirmed that is no longer there was taken away by a person: it is not added again.</remarks>
internal sealed class TagsReconciler(
    CustomerReader customers,
    IWecomClientFactory clients,
    TagDirectory directory,
    IStateDatabase database,
    IOutbox outbox,
    EventFactory events,
    CrashPoints crash,
    IOptionsMonitor<TagsOptions> options,
    IOptionsMonitor<WecomOptions> corps,
    TimeProvider time,
    ILogger<TagsReconciler> logger) : IReconciler
{
    public string Lane => WorkLane.Tags;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        if (settings.Rules.Count == 0) return;

        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        var customer = await customers.ReadAsync(corp, item.App, externalUserId, cancellationToken);
        var client = clients.For(corp, item.App, CallLane.Sync);
        await customer.ForEachFollowerAsync((follower, relation) =>
        {
            var key = new RelationKey(corp, follower.Userid!, externalUserId);
            var desired = DesiredTags.Of(settings, Subject(corp, follower, relation));
            return AddMissingAsync(item, client, key, settings, desired, follower.Tags, cancellationToken);
        });
    }

    private WhenSubject Subject(string corp, FollowUser follower, Relation? relation)
    {
        var added = follower.Createtime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : relation?.AddedAt ?? time.GetUtcNow();
        var timeZone = corps.CurrentValue.Corps.GetValueOrDefault(corp)?.TimeZone ?? new CorpOptions().TimeZone;
        var state = string.IsNullOrEmpty(follower.State) ? relation?.State : follower.State;
        return new WhenSubject(corp, state, follower.Userid!, WhenSubject.Local(added, timeZone));
    }

    private async Task AddMissingAsync(
        WorkItem item, IWecomClient client, RelationKey key, TagsOptions settings, IReadOnlyList<DesiredTag> desired, IReadOnlyList<FollowUserTag> present, CancellationToken cancellationToken)
    {
        var ledger = await database.ReadAsync(session => TagLedger.OfRelationAsync(session, key), cancellationToken);
        var missing = DesiredTags.Missing(settings, desired, present);
        var unconfirmed = Unconfirmed(ledger, desired, present);
        if (missing.Count == 0 && unconfirmed.Count == 0) return;

        var ids = missing.Count == 0 ? null : await directory.EnsureAsync(key.Corp, client, [.. missing.Select(tag => tag.Name)], cancellationToken);
        var takenAway = ledger.Where(entry => entry.Confirmed).Select(entry => entry.TagId).ToHashSet(StringComparer.Ordinal);
        var wanted = missing.Select(tag => (Tag: tag, Id: ids![tag.Name])).Where(tag => !takenAway.Contains(tag.Id)).ToList();
        if (wanted.Count > 0) await MarkAsync(item, client, key, wanted, cancellationToken);

        // An intent of an earlier run whose tag stands was carried out, and is announced now.
        var came = wanted.Concat(unconfirmed).ToList();
        if (came.Count == 0) return;
        await AnnounceAsync(item, key, came, cancellationToken);
        await database.WriteAsync(session => TagLedger.ConfirmAsync(session, key, [.. came.Select(tag => tag.Id)], time.GetUtcNow()), cancellationToken);
        logger.TagsAdded(item.CauseId, key.ExternalUserId, came.Count, item.Attempt);
    }

    private static List<(DesiredTag Tag, string Id)> Unconfirmed(IReadOnlyList<TagLedgerEntry> ledger, IReadOnlyList<DesiredTag> desired, IReadOnlyList<FollowUserTag> present)
    {
        var intents = ledger.Where(entry => !entry.Confirmed).Select(entry => entry.TagId).ToHashSet(StringComparer.Ordinal);
        var found = new List<(DesiredTag, string)>();
        foreach (var tag in present)
        {
            if (tag.TagId is not { } id || !intents.Contains(id)) continue;
            var wanted = desired.FirstOrDefault(wish => wish.Name == new TagName(tag.GroupName ?? "", tag.TagName ?? ""));
            if (wanted.Rule is not null) found.Add((wanted, id));
        }

        return found;
    }

    /// <summary>The intent is durable before the call: whatever happens in between, the tag is known to be ours.</summary>
    private async Task MarkAsync(WorkItem item, IWecomClient client, RelationKey key, IReadOnlyList<(DesiredTag Tag, string Id)> wanted, CancellationToken cancellationToken)
    {
        var entries = wanted.Select(tag => new TagLedgerEntry(tag.Id, tag.Tag.Name.Group, TagOwners.Rule, item.CauseId)).ToList();
        await database.WriteAsync(session => TagLedger.RecordIntentAsync(session, key, entries, time.GetUtcNow()), cancellationToken);
        try
        {
            await client.ExecuteCgibinExternalContactMarkTagAsync(new CgibinExternalContactMarkTagRequest { Userid = key.UserId, ExternalUserid = key.ExternalUserId, AddTag = [.. wanted.Select(tag => tag.Id)] }, cancellationToken);
        }
        catch (WecomException unknown) when (unknown.ErrorCode == WecomErrorCodes.UnknownTag)
        {
            // The directory is out of date, not the customer: read it again and try once more.
            await ForgetAsync(key, wanted, cancellationToken);
            directory.Forget(key.Corp);
            throw new WecomException(WecomFailure.Conflict, unknown.Api, unknown.ErrorCode, unknown.Message);
        }
        catch (WecomException gone) when (gone.Failure == WecomFailure.Gone)
        {
            // This member lost the customer meanwhile; the others' relations still want their tags.
            await ForgetAsync(key, wanted, cancellationToken);
            throw new WecomException(WecomFailure.Conflict, gone.Api, gone.ErrorCode, gone.Message);
        }
        catch (WecomException refused) when (!refused.OutcomeUnknown)
        {
            // Surely not written: the same tag, found later, will have been set by a person.
            await ForgetAsync(key, wanted, cancellationToken);
            throw;
        }

        crash.At(CrashPoint.AfterMarkTag);
    }

    private Task ForgetAsync(RelationKey key, IReadOnlyList<(DesiredTag Tag, string Id)> wanted, CancellationToken cancellationToken) =>
        database.WriteAsync(session => TagLedger.ForgetAsync(session, key, [.. wanted.Select(tag => tag.Id)]), cancellationToken);

    private async Task AnnounceAsync(WorkItem item, RelationKey key, IReadOnlyList<(DesiredTag Tag, string Id)> came, CancellationToken cancellationToken)
    {
        var changed = new ProfileTagsChanged
        {
            CorpId = corps.CurrentValue.Corps.GetValueOrDefault(key.Corp)?.CorpId ?? "",
            Corp = key.Corp,
            App = item.App,
            UserId = key.UserId,
            ExternalUserId = key.ExternalUserId,
            Added = [.. came.Select(tag => new TagChange { Group = tag.Tag.Name.Group, Tag = tag.Tag.Name.Tag, Owner = TagOwners.Rule, Cause = tag.Tag.Rule })],
            Removed = [],
        };
        var discriminator = key.UserKey + "+" + string.Join(',', came.Select(tag => tag.Id).Order(StringComparer.Ordinal));
        var cloudEvent = events.Derived(key.Corp, item.App, item.CauseId, discriminator, key.ExternalUserId, key.ExternalUserId, changed);
        await outbox.StoreAsync([EventWriter.Write(cloudEvent, Exchanges.Profiles)], cancellationToken);
    }
}
