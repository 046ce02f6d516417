using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Crm;
using WecomBridge.Customers;
using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Reads how a customer is tagged in WeCom, writes the difference to what rules and the CRM want, and publishes what came and went, whoever did it. It removes nothing but its own.</summary>
internal sealed class TagsReconciler(
    CustomerReader customers,
    TagFacts facts,
    TagDictionary dictionary,
    TagWriter writer,
    TagAnnouncer announcer,
    IStateDatabase database,
    CrmWriteBack writeBack,
    IOptionsMonitor<TagsOptions> options,
    IOptionsMonitor<WecomOptions> corps,
    TimeProvider time,
    ILogger<TagsReconciler> logger) : IReconciler
{
    private static readonly TimeSpan LeastCrmWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostCrmWait = TimeSpan.FromMinutes(15);

    /// <summary>So long after a write or an edit WeCom's answer may not show it yet.</summary>
    private static readonly TimeSpan PlatformLag = TimeSpan.FromSeconds(5);

    public string Lane => WorkLane.Tags;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, externalUserId) = (item.Key.Corp, item.Key.Key);
        var settings = options.CurrentValue;
        var book = await database.ReadAsync(session => TagBook.ReadAsync(session, corp, externalUserId), cancellationToken);

        // What an earlier run found out and may not have told comes first: subscribers would otherwise never hear of a change that was undone since, or of one before the relation's end.
        foreach (var seen in book.Seen.Where(seen => seen.News is not null)) await announcer.AnnounceAsync(seen.Key, TagNews.Parse(seen.News!), cancellationToken);
        var readAt = time.GetUtcNow();
        var customer = await customers.ReadAsync(corp, item.App, externalUserId, cancellationToken);
        var (crm, crmFailure) = await facts.AskAsync(settings, customer, externalUserId, book.Written, cancellationToken);
        await customer.ForEachFollowerAsync(async (follower, relation) =>
        {
            var key = new RelationKey(corp, follower.Userid!, externalUserId);
            var subject = facts.Subject(corp, corps.CurrentValue.Corps.GetValueOrDefault(corp)?.TimeZone ?? new CorpOptions().TimeZone, customer, follower, relation, crm);
            var desires = TagDesires.Of(settings, subject, TagWishes.ForMember(book.Wishes, key.UserKey));
            await MakeTrueAsync(item, settings, new RelationNow(key, follower.Tags, desires, book.Of(key, follower.Createtime, follower.Tags.Select(tag => tag.TagId).OfType<string>().ToHashSet(StringComparer.Ordinal)), readAt), cancellationToken);
        });

        // What did not hang on the CRM is done. The rest comes back, less often the longer it waits, and not as a failure: a CRM that is away must not make the app's other tags wait.
        if (crmFailure is null) return;
        var now = time.GetUtcNow();
        var waited = (now - item.MarkedAt) / 2;
        item.ComeBack(now + (waited < LeastCrmWait ? LeastCrmWait : waited > MostCrmWait ? MostCrmWait : waited));
        logger.CrmNotAsked(externalUserId, crmFailure.Failure);
    }

    /// <summary>One relation from truth to difference to write to news.</summary>
    private async Task MakeTrueAsync(WorkItem item, TagsOptions settings, RelationNow now, CancellationToken cancellationToken)
    {
        var ids = await IdsAsync(item, now, cancellationToken);
        var present = ids.Read(now.Tags);
        if (now.Book.Ledger.Values.Where(entry => entry.Status == TagLedgerStatus.Ours && !present.Any(tag => tag.Id == entry.TagId) && entry.WrittenAt + PlatformLag > now.ReadAt).ToList() is { Count: > 0 } unseen)
        {
            item.ComeBack(unseen.Max(entry => entry.WrittenAt) + PlatformLag);
            return;
        }

        var wanted = TagDesires.Remembered(settings, now.Desires).Select(desire => ids.Find(desire.Name)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var truth = TagTruth.Of(now.Book.Ledger.Values, present.Select(tag => tag.Id).ToHashSet(StringComparer.Ordinal), wanted, time.GetUtcNow());
        var plan = Settled(TagPlan.Of(settings, now.Desires, present, truth.Entries, ids, time.GetUtcNow()), now);
        if (plan.NotBefore is { } due) item.ComeBack(due);
        if (await writer.WriteAsync(item, now.Key, plan, now.Book.Edit, now.ReadAt, cancellationToken) is not { } written)
        {
            item.ComeBack(time.GetUtcNow());
            return;
        }

        var changes = TagChanges.Of(now.Book.Seen?.Tags ?? [], present, written, now.Book.Ledger);
        var isSeen = changes.Standing.SequenceEqual(now.Book.Seen?.Tags ?? []) && plan.Held.SequenceEqual(now.Book.Seen?.Held ?? []);
        if (isSeen && written.IsNothing && !truth.IsNews && now.Book.Former.Count == 0) return;

        var news = changes.IsNews ? new TagNews(item.App, item.CauseId, now.ReadAt, changes.Added, changes.Removed) : null;
        await RecordAsync(item, now, truth, written, new RelationTags(now.Key, changes.Standing, plan.Held, now.ReadAt, news?.ToText()), cancellationToken);
        if (news is not null) await announcer.AnnounceAsync(now.Key, news, cancellationToken);
        logger.TagsWritten(item.CauseId, now.Key.ExternalUserId, written.Added.Count, written.Removed.Count, changes.Added.Count, changes.Removed.Count, plan.Held.Count, item.Attempt);
    }

    /// <summary>Right after a person's edit nothing is written: another edit of the same second has no event of its own, and WeCom's answer may not show the first one yet.</summary>
    private static TagPlan Settled(TagPlan plan, RelationNow now)
    {
        var quietAt = now.Book.Edit?.At + TimeSpan.FromSeconds(1) + TagLedger.ClockMargin;
        return quietAt <= now.ReadAt || quietAt is null || plan.Add.Count + plan.Remove.Count == 0 ? plan : plan with { Add = [], Remove = [], NotBefore = plan.NotBefore < quietAt ? plan.NotBefore : quietAt };
    }

    /// <summary>Ids of the wanted tags; what was never heard of is looked for in WeCom, and created.</summary>
    private async Task<TagIds> IdsAsync(WorkItem item, RelationNow now, CancellationToken cancellationToken)
    {
        var ids = await dictionary.FindAsync(now.Key.Corp, cancellationToken);
        return now.Desires.Any(desire => ids.IsUnheardOf(desire.Name)) ? (await dictionary.SyncAsync(now.Key.Corp, item.App, cancellationToken)).Ids : ids;
    }

    private Task RecordAsync(WorkItem item, RelationNow now, TagTruth truth, TagWritten written, RelationTags seen, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await session.HoldAsync(now.Key);
                var at = time.GetUtcNow();
                var added = written.Added.Select(tag => tag.Id).ToList();
                await TagLedger.ConfirmAsync(session, now.Key, [.. truth.Stand.Except(written.Removed), .. added], at);
                await TagLedger.TakenAsync(session, now.Key, [.. truth.Taken.Except(added)], at);
                await TagLedger.ForgetAsync(session, now.Key, [.. truth.Forgotten.Except(added), .. now.Book.Former.Except(added), .. written.Removed]);
                await RelationTagStore.PutAsync(session, seen);
                // A tag may have another name now, which is no change of the relation.
                if (!seen.Tags.SequenceEqual(now.Book.Seen?.Tags ?? [])) await writeBack.MarkAsync(session, now.Key.Corp, item.App, now.Key.ExternalUserId, item.CauseId, at);
            },
            cancellationToken);

    /// <summary>One relation as it was found.</summary>
    private sealed record RelationNow(RelationKey Key, IReadOnlyList<FollowUserTag> Tags, IReadOnlyList<TagDesire> Desires, RelationBook Book, DateTimeOffset ReadAt);
}
