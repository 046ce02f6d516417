using Microsoft.Extensions.Options;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Crm;

/// <summary>Tells the CRM of a customer: the newest state, once, and sees later whether it was kept.</summary>
/// <remarks>The intent and its key are durable before the call, so that whatever is repeated after a lost answer, a crash or another instance's turn has the same key. What equals the last confirmed write is not written.</remarks>
internal sealed class CrmReconciler(CrmTargets targets, ICrmClient crm, CrmWriteBack marks, IStateDatabase database, IOptions<CrmOptions> options, TimeProvider time, ILogger<CrmReconciler> logger) : IReconciler
{
    /// <summary>A CRM that says yes so often and does not keep it will not mend by itself.</summary>
    private const int MaxRepairs = 3;

    /// <summary>What stands in the way so long does not go by itself.</summary>
    private const int MaxConflicts = 10;

    /// <summary>How long a record that was made may take to be found.</summary>
    private static readonly TimeSpan FoundWithin = TimeSpan.FromHours(1);

    public string Lane => WorkLane.Crm;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        if (!marks.IsOn) return;
        var (content, written) = await database.ReadAsync(session => ReadAsync(session, corp, externalUserId), cancellationToken);
        if (content is null) return;

        var last = crm.Prepare(written.CrmId, content);
        // What an unanswered write left behind is not known.
        var isConfirmed = last is not null && written.Intended is null && last.Print == written.Confirmed;
        if (isConfirmed && written.CheckAt is null) return;
        if (isConfirmed && written.CheckAt is { } checkAt && checkAt > time.GetUtcNow())
        {
            item.ComeBack(checkAt);
            return;
        }

        var target = await targets.FindAsync(item, written, isFresh: isConfirmed || written.Intended is not null || item.Attempt > 1, cancellationToken);
        if (target.Result == CrmResult.Nobody && written.CreatedAt is { } createdAt) throw NotYetFound(createdAt);
        var write = Choose(target, content);
        if (write is not null) await RefuseSharedAsync(corp, externalUserId, target, cancellationToken);
        if (write is null) logger.NotWritten(externalUserId, target.Result);
        else if (!isConfirmed || (target.Match is not null && target.Id != written.CrmId)) await WriteAsync(item, write, written, cancellationToken);
        else await CheckAsync(item, last!, target.Match, written, cancellationToken);
    }

    private static async Task<(CrmContent? Content, CrmWritten Written)> ReadAsync(StateSession session, string corp, string externalUserId)
    {
        var relations = await RelationStore.OfCustomerAsync(session, corp, externalUserId);
        var tags = await RelationTagStore.OfCustomerAsync(session, corp, externalUserId);
        return (CrmContent.Of(externalUserId, relations, tags), await CrmWriteStore.FindAsync(session, corp, externalUserId));
    }

    /// <summary>Null when nothing is to be written: who it is stays open, is not sure enough, or is nobody and is to stay so.</summary>
    private CrmWrite? Choose(CrmTarget target, CrmContent content)
    {
        if (target.Match is { Confidence: CrmConfidence.Likely } && options.Value.Write.WriteTo == CrmConfidence.Certain) return null;
        return target.Result switch
        {
            CrmResult.One => crm.Prepare(target.Id, content),
            CrmResult.Nobody => crm.Prepare(id: null, content),
            _ => null,
        };
    }

    /// <summary>A number that two customers share leads both to one record: the second would overwrite what is known of the first.</summary>
    private async Task RefuseSharedAsync(string corp, string externalUserId, CrmTarget target, CancellationToken cancellationToken)
    {
        if (target.Id is not { } id || target.Match?.Confidence == CrmConfidence.Certain) return;
        var other = await database.ReadAsync(session => CrmWriteStore.FindOtherAsync(session, corp, externalUserId, id), cancellationToken);
        if (other is null) return;
        logger.Shared(externalUserId, other);
        throw new CrmException(WecomFailure.Rejected, "The CRM's record is written for another customer of WeCom already, and it is not certain whose it is.")
        {
            Advice = "See in the CRM which of the two customers that the log names the record is of, and give the other a record, union id or number of its own; then retry.",
        };
    }

    private async Task WriteAsync(WorkItem item, CrmWrite write, CrmWritten written, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        var key = Guid.NewGuid();
        if (written.Intended == write.Print && written.Key is { } begun) key = begun;
        else await database.WriteAsync(session => CrmWriteStore.IntendAsync(session, corp, externalUserId, write, key, time.GetUtcNow()), cancellationToken);
        await SendAsync(item, write, key, cancellationToken);
        var now = time.GetUtcNow();
        // A record that was made is looked at in any case: its id is learned, and it gets what only a write of a known record sets.
        var isLookedAt = write.Id is null || write.Expected.Count > 0;
        await database.WriteAsync(
            async session =>
            {
                await CrmWriteStore.ConfirmAsync(session, corp, externalUserId, write, isLookedAt ? now + options.Value.Write.CheckAfter : null, now);
                if (isLookedAt) await marks.MarkAsync(session, corp, item.App, externalUserId, item.CauseId, now);
            },
            cancellationToken);
        logger.Written(externalUserId, item.CauseId, item.Attempt, written.Repairs);
    }

    private async Task SendAsync(WorkItem item, CrmWrite write, Guid key, CancellationToken cancellationToken)
    {
        try
        {
            await crm.WriteAsync(write, key.ToString("D"), cancellationToken);
        }
        catch (CrmException no) when (no.Failure is WecomFailure.Rejected or WecomFailure.Conflict or WecomFailure.Gone)
        {
            // The first of two creates may still be under way there: under another key the second would make another record.
            var isGivenUp = no.Failure == WecomFailure.Conflict && item.Attempt >= MaxConflicts;
            var keepsKey = no.Failure == WecomFailure.Conflict && write.Id is null && !isGivenUp;
            // A CRM that keeps answers by key would repeat its no for ever.
            if (!keepsKey) await database.WriteAsync(session => CrmWriteStore.ResetAsync(session, item.Key.Corp, item.Key.Key, time.GetUtcNow()), cancellationToken);
            if (isGivenUp) throw new CrmException(WecomFailure.Rejected, no.Message, no) { Advice = "See in the CRM what stands in the way of the write; then retry." };
            if (no.Failure != WecomFailure.Gone) throw;
            // It may have been found from memory; the next attempt asks.
            throw new CrmException(item.Attempt == 1 ? WecomFailure.Conflict : WecomFailure.Rejected, no.Message);
        }
    }

    /// <summary>Sees whether the CRM kept what it said yes to. A record that can no longer be looked at is believed.</summary>
    private async Task CheckAsync(WorkItem item, CrmWrite write, CrmMatch? record, CrmWritten written, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        if (record is null || write.IsKeptBy(record))
        {
            await database.WriteAsync(session => CrmWriteStore.CheckedAsync(session, corp, externalUserId, time.GetUtcNow()), cancellationToken);
            return;
        }

        if (written.Repairs >= MaxRepairs)
        {
            await database.WriteAsync(session => CrmWriteStore.ResetAsync(session, corp, externalUserId, time.GetUtcNow()), cancellationToken);
            throw new CrmException(WecomFailure.Rejected, "The CRM says yes to a write and does not keep it.") { Advice = "See in the CRM why the record does not take the fields that Write:Set names, and whether Write:Check compares the right ones; then retry." };
        }

        logger.Gap(externalUserId);
        var key = Guid.NewGuid();
        await database.WriteAsync(session => CrmWriteStore.RepairAsync(session, corp, externalUserId, write, key, time.GetUtcNow()), cancellationToken);
        await WriteAsync(item, write, written with { Intended = write.Print, Key = key, Repairs = written.Repairs + 1 }, cancellationToken);
    }

    private CrmException NotYetFound(DateTimeOffset createdAt) =>
        new(time.GetUtcNow() - createdAt < FoundWithin ? WecomFailure.Conflict : WecomFailure.Rejected, "The CRM does not find the record that was made in it.")
        {
            Advice = "See that Write:Create sets what a Find question asks for.",
        };
}
