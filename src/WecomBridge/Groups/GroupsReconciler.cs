using WecomBridge.State;
using WecomBridge.Wecom.Api;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>Reads a marked group from WeCom and makes its members in State equal to it.</summary>
internal sealed class GroupsReconciler(IWecomClientFactory clients, IStateDatabase database, TimeProvider time) : IReconciler
{
    public string Lane => WorkLane.Groups;

    public async Task ReconcileAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var (corp, chatId) = (item.Key.Corp, item.Key.Key);
        var answer = await clients.For(corp, item.App, CallLane.Sync).ExecuteCgibinExternalContactGroupChatGetAsync(new CgibinExternalContactGroupChatGetRequest { ChatId = chatId }, cancellationToken);
        if (answer.GroupChat is not { } group) return;
        var members = group.MemberList.Where(member => member.Userid is not null).Select(member => member.Userid!).ToHashSet(StringComparer.Ordinal);
        await database.WriteAsync(session => GroupStore.ReplaceAsync(session, corp, chatId, group.MemberVersion, group.Owner, members, time.GetUtcNow()), cancellationToken);
    }
}
