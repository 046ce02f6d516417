using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>Reads a marked group from WeCom where events do not say enough, makes its members in State equal to it, and tells every change of each member once.</summary>
internal sealed class GroupsReconciler(IWecomClientFactory clients, IStateDatabase database, GroupAnnouncer announcer, TimeProvider time, ILogger<GroupsReconciler> logger) : IReconciler
{
    public string Lane => WorkLane.Groups;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, chatId) = (item.Key.Corp, item.Key.Key);
        var group = await database.ReadAsync(session => GroupStore.FindAsync(session, corp, chatId), cancellationToken);
        if (group is null) return;

        var reading = NeedsReading(group, item) ? await ReadAsync(item, cancellationToken) : null;
        var isSettled = true;
        if (reading is not null || group.DismissedAt is not null)
        {
            isSettled = await ChangeAsync(
                item,
                known =>
                {
                    group = known;
                    return reading is null ? GroupSettling.Close(known, item, time.GetUtcNow()) : GroupSettling.Take(known, reading, item);
                },
                cancellationToken);
        }

        var ready = GroupTelling.Ready(group);
        if (ready.Count > 0)
        {
            await announcer.TellAsync(corp, chatId, ready, cancellationToken);
            await ChangeAsync(item, known => GroupTelling.Told(known, ready, time.GetUtcNow()), cancellationToken);
        }

        var hasNewProfile = reading is { IsGone: false } && await AnnounceAsync(item, group, reading, cancellationToken);
        logger.Reconciled(chatId, item.CauseId, reading is not null, ready.Count, hasNewProfile, isSettled, item.Attempt);

        // The answer may be older than the event that sent us to read: looked at once more.
        var isInVain = item.Note == GroupsConsumer.LookNote && item.Attempt == 1 && reading is not null && ready.Count == 0 && !hasNewProfile && !reading.IsGone;
        if (!isSettled || isInVain) throw new GroupNotSettledException();
    }

    private static bool NeedsReading(Group group, WorkItem item) =>
        group.DismissedAt is null
        && (item.Note == GroupsConsumer.LookNote || group.ReadAt is null || group.Pending.Any() || group.News.Exists(news => news is { ToldAt: null, Member: not null, MemberKind: null }));

    private async Task<GroupReading> ReadAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        try
        {
            var request = new CgibinExternalContactGroupChatGetRequest { ChatId = item.Key.Key, NeedName = 0 };
            var answer = await clients.For(item.Key.Corp, item.App, CallLane.Sync).ExecuteCgibinExternalContactGroupChatGetAsync(request, cancellationToken);
            return answer.GroupChat is { } read ? GroupReading.Of(read, at) : throw new WecomException(WecomFailure.Transient, request.Api.Path, null, "The answer holds no group.");
        }
        catch (WecomException gone) when (gone.ErrorCode == WecomErrorCodes.GroupDissolved)
        {
            return GroupReading.Gone(at);
        }
    }

    private async Task<bool> AnnounceAsync(WorkItem item, Group group, GroupReading reading, CancellationToken cancellationToken)
    {
        var (owner, profile) = await announcer.AnnounceAsync(item, group, reading, cancellationToken);
        if (owner == group.AnnouncedOwner && profile == group.AnnouncedProfile) return false;
        await ChangeAsync(
            item,
            known =>
            {
                (known.AnnouncedOwner, known.AnnouncedProfile) = (owner, profile);
                return true;
            },
            cancellationToken);
        return true;
    }

    private Task<T> ChangeAsync<T>(WorkItem item, Func<Group, T> change, CancellationToken cancellationToken) =>
        database.WriteAsync(session => GroupStore.ChangeAsync(session, item.Key.Corp, item.Key.Key, change, time.GetUtcNow()), cancellationToken);
}
