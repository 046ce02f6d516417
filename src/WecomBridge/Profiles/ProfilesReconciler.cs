using Microsoft.Extensions.Options;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.Customers;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

/// <summary>Joins a customer of WeCom with the one of the CRM, writes the fields that are ours to write, and publishes what has changed.</summary>
internal sealed class ProfilesReconciler(
    CustomerReader customers,
    ICrmClient crm,
    CrmWriteBack writeBack,
    ProfileWriter writer,
    ProfileAnnouncer announcer,
    IStateDatabase database,
    WorkSignal signal,
    IOptionsMonitor<ProfilesOptions> options,
    TimeProvider time,
    ILogger<ProfilesReconciler> logger) : IReconciler
{
    private static readonly Dictionary<RelationField, FieldHolder> NoFields = [];
    private static readonly Dictionary<string, ProfileFact> NoFacts = [];

    public string Lane => WorkLane.Profiles;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        CustomerTruth customer;
        var readAt = time.GetUtcNow();
        try
        {
            customer = await customers.ReadAsync(corp, item.App, externalUserId, cancellationToken);
        }
        catch (WecomException gone) when (gone.ErrorCode is WecomErrorCodes.NoRelation or WecomErrorCodes.InvalidExternalUserId && gone.Failure == WecomFailure.Gone)
        {
            await EndAllAsync(item, cancellationToken);
            return;
        }

        var (written, notes) = await database.ReadAsync(
            async session => (await RelationFieldLedger.OfCustomerAsync(session, corp, externalUserId), await ProfileBook.NotesAsync(session, corp, externalUserId)), cancellationToken);
        var finding = await crm.FindAsync(CustomerQuestion.Of(customer, externalUserId, written, fresh: item.Note == ProfilesConsumer.RefreshNote), cancellationToken);
        var identity = ProfileFacts.IdentityOf(finding);
        await KeepAsync(item, identity, finding.Match, cancellationToken);

        foreach (var relation in customer.Ended) await EndAsync(item, relation, RelationStatuses.Removed, identity, notes, written, cancellationToken);
        await customer.ForEachFollowerAsync(async (follower, relation) =>
        {
            var key = new RelationKey(corp, follower.Userid!, externalUserId);
            var standing = new StandingRelation(key, customer.Contact.ExternalContact, follower, relation, [.. written.Where(entry => entry.Key == key && !entry.IsOver(relation))]) { ReadAt = readAt };
            var result = await WriteAsync(item, standing, ToWrite(finding.Match), cancellationToken);
            var said = new Said(ProfileFacts.RelationOf(follower, relation), identity, ProfileFacts.FactsOf(finding.Match));
            var published = await announcer.AnnounceAsync(item, key, said, NoteOf(notes, key), result.Holders, cancellationToken);
            if (result.Wrote || published) logger.Reconciled(item.CauseId, externalUserId, finding.Match?.MatchedBy, result.Wrote, published, item.Attempt);
        });
    }

    /// <summary>Writes a relation; read again, once, where the CRM, a limit or the other relations took so long that a person may have written meanwhile.</summary>
    private async Task<WrittenRelation> WriteAsync(WorkItem item, StandingRelation standing, CrmMatch? match, CancellationToken cancellationToken)
    {
        var result = await writer.WriteAsync(item, standing, match, cancellationToken);
        if (!result.IsOutdated) return result;
        var key = standing.Key;
        var customer = await customers.ReadAsync(key.Corp, item.App, key.ExternalUserId, cancellationToken);
        var (follower, relation) = customer.Followers.FirstOrDefault(pair => string.Equals(pair.Follower.Userid, key.UserId, StringComparison.OrdinalIgnoreCase));
        if (follower is null) throw new WecomException(WecomFailure.Conflict, WecomPaths.ExternalContactGet, WecomErrorCodes.NoRelation, "The member lost the customer meanwhile.");
        var written = await database.ReadAsync(session => RelationFieldLedger.OfCustomerAsync(session, key.Corp, key.ExternalUserId), cancellationToken);
        var renewed = new StandingRelation(key, customer.Contact.ExternalContact, follower, relation, [.. written.Where(entry => entry.Key == key && !entry.IsOver(relation))]);
        return await writer.WriteAsync(item, renewed, match, cancellationToken);
    }

    private CrmMatch? ToWrite(CrmMatch? match) => match?.Confidence == CrmConfidence.Certain || options.CurrentValue.WriteFrom == WriteFrom.Likely ? match : null;

    /// <summary>Stores the CRM's answer. One that says something new moves tags, and the CRM may be told of a customer it did not know as ours.</summary>
    private async Task KeepAsync(WorkItem item, ProfileIdentity identity, CrmMatch? match, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        var profile = new StoredProfile(identity, match?.Source, match?.Fields ?? new Dictionary<string, string>(), match is null ? null : now - match.Age, now);
        var change = await database.WriteAsync(
            async session =>
            {
                var change = await ProfileBook.PutAsync(session, corp, externalUserId, profile);
                if (change.Says) await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, corp, externalUserId), item.App, now, item.CauseId, now);
                if (change.Names) await writeBack.MarkRecordAsync(session, corp, item.App, externalUserId, identity.CrmId!, item.CauseId, now);
                return change;
            },
            cancellationToken);
        if (change.Says) signal.Raise(WorkLane.Tags);
        if (change.Names) signal.Raise(WorkLane.Crm);
    }

    /// <summary>WeCom says that nobody has the customer. A half add that was never answered has not begun and does not end.</summary>
    private async Task EndAllAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        var (relations, notes, written, identity) = await database.ReadAsync(
            async session => (
                await RelationStore.OfCustomerAsync(session, corp, externalUserId),
                await ProfileBook.NotesAsync(session, corp, externalUserId),
                await RelationFieldLedger.OfCustomerAsync(session, corp, externalUserId),
                (await ProfileBook.FindAsync(session, corp, externalUserId))?.Identity ?? new ProfileIdentity { Confidence = Confidences.None }),
            cancellationToken);
        foreach (var relation in relations.Where(relation => relation.Status != RelationStatus.HalfAdded))
        {
            var status = relation.Status == RelationStatus.LeftByCustomer ? RelationStatuses.Left : RelationStatuses.Removed;
            await EndAsync(item, relation, status, identity, notes, written, cancellationToken);
        }

        await database.WriteAsync(session => ProfileBook.ForgetFactsAsync(session, corp, externalUserId), cancellationToken);
    }

    /// <summary>Says the end once, and forgets what belonged to the relation: another add begins afresh.</summary>
    private async Task EndAsync(
        WorkItem item, Relation relation, string status, ProfileIdentity identity, IReadOnlyList<RelationNote> notes, IReadOnlyList<WrittenField> written, CancellationToken cancellationToken)
    {
        var said = new Said(new ProfileRelation { Status = status, State = relation.State, AddedAt = relation.AddedAt }, identity, NoFacts) { IsEnd = true };
        if (written.Any(entry => entry.Key == relation.Key)) await database.WriteAsync(session => RelationFieldLedger.ForgetAsync(session, relation.Key), cancellationToken);
        if (await announcer.AnnounceAsync(item, relation.Key, said, NoteOf(notes, relation.Key), NoFields, cancellationToken)) logger.Ended(item.CauseId, item.Key.Key, status, item.Attempt);
    }

    private static RelationNote? NoteOf(IReadOnlyList<RelationNote> notes, RelationKey key) => notes.FirstOrDefault(note => note.UserKey == key.UserKey);
}
