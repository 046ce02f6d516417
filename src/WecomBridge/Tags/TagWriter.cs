using WecomBridge.Broker;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Writes tags of one relation to WeCom. What is about to be written is in the ledger first: whatever happens in between, it is known to be ours.</summary>
internal sealed class TagWriter(IWecomClientFactory clients, TagDictionary dictionary, IStateDatabase database, TagsMetrics metrics, CrashPoints crash, TimeProvider time)
{
    private const int MaxGone = 5;

    /// <param name="item">The work.</param>
    /// <param name="key">The relation.</param>
    /// <param name="plan">What to write.</param>
    /// <param name="seenEdit">The newest edit when the relation was looked at.</param>
    /// <param name="readAt">When that was.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was written; null when nothing was and the relation must be looked at again: a person has edited it, or a tag is no more.</returns>
    public async Task<TagWritten?> WriteAsync(WorkItem item, RelationKey key, TagPlan plan, RelationEdit? seenEdit, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        if (plan.Add.Count + plan.Remove.Count == 0) return TagWritten.Nothing;
        var entries = plan.Add.Select(tag => new TagLedgerEntry(tag.Id, tag.Desire.Name.Group, tag.Desire.Owner, tag.Desire.Cause, item.CauseId)).ToList();
        var free = await database.WriteAsync(session => TagLedger.TryIntendAsync(session, key, entries, plan.Remove, seenEdit, readAt, time.GetUtcNow()), cancellationToken);
        if (!free) return null;

        var written = new TagWritten(plan.Add, plan.Remove);
        try
        {
            await MarkAsync(item, key, written, cancellationToken);
        }
        catch (WecomException unknown) when (unknown.ErrorCode == WecomErrorCodes.UnknownTag)
        {
            await LookAgainAsync(item, key, written, unknown, cancellationToken);
            return null;
        }
        catch (WecomException refused) when (!refused.OutcomeUnknown)
        {
            // Surely not written: the same tag, found later, will have been set by a person.
            await TakeBackAsync(key, written, cancellationToken);

            if (refused.Failure != WecomFailure.Gone) throw;
            // A member who lost the customer, or a half add: it may have happened a moment ago. What lasts is no work, and an add will mark it anew.
            if (item.Attempt < MaxGone) throw new WecomException(WecomFailure.Conflict, refused.Api, refused.ErrorCode, refused.Message);
            return TagWritten.Nothing;
        }

        metrics.Written(written.Added.Count, written.Removed.Count);
        crash.At(CrashPoint.AfterMarkTag);
        return written;
    }

    private async Task MarkAsync(WorkItem item, RelationKey key, TagWritten tags, CancellationToken cancellationToken) =>
        await clients.For(key.Corp, item.App, CallLane.Sync).ExecuteCgibinExternalContactMarkTagAsync(
            new CgibinExternalContactMarkTagRequest
            {
                Userid = key.UserId,
                ExternalUserid = key.ExternalUserId,
                AddTag = tags.Added.Count == 0 ? null : [.. tags.Added.Select(tag => tag.Id)],
                RemoveTag = tags.Removed.Count == 0 ? null : tags.Removed,
            },
            cancellationToken);

    /// <summary>A tag was deleted since it was last read: the list is read anew, and the relation looked at again without it.</summary>
    private async Task LookAgainAsync(WorkItem item, RelationKey key, TagWritten tags, WecomException unknown, CancellationToken cancellationToken)
    {
        await TakeBackAsync(key, tags, cancellationToken);
        var (_, living) = await dictionary.SyncAsync(key.Corp, item.App, cancellationToken);

        // One that is no more cannot be removed, however long a relation still lists it.
        await database.WriteAsync(session => TagLedger.ForgetAsync(session, key, [.. tags.Removed.Where(tag => !living.Contains(tag))]), cancellationToken);

        // All of them exist, and yet one is refused: a list that lags behind. It is read again with the next attempt.
        if (tags.Added.All(tag => living.Contains(tag.Id)) && tags.Removed.All(living.Contains)) throw new WecomException(WecomFailure.Conflict, unknown.Api, unknown.ErrorCode, unknown.Message);
    }

    private Task TakeBackAsync(RelationKey key, TagWritten tags, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await TagLedger.ForgetAsync(session, key, [.. tags.Added.Select(tag => tag.Id)]);
                await TagLedger.KeepAsync(session, key, tags.Removed);
            },
            cancellationToken);
}
