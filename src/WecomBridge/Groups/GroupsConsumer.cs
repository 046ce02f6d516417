using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Callbacks;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>Takes in what an event says about a customer group, and marks the group when something is to be told or only reading it can tell the rest. Never calls out.</summary>
internal sealed class GroupsConsumer(IStateDatabase database, WorkSignal signal, IOptionsMonitor<WecomOptions> corps, TimeProvider time) :
    IConsumer<CloudEvent<GroupCreated>>,
    IConsumer<CloudEvent<GroupMembersAdded>>,
    IConsumer<CloudEvent<GroupMembersRemoved>>,
    IConsumer<CloudEvent<GroupOwnerChanged>>,
    IConsumer<CloudEvent<GroupRenamed>>,
    IConsumer<CloudEvent<GroupNoticeChanged>>,
    IConsumer<CloudEvent<GroupDismissed>>,
    IConsumer<CloudEvent<GroupMemberJoined>>,
    IConsumer<CloudEvent<GroupMemberLeft>>,
    IConsumer<CloudEvent<GroupResynced>>,
    IConsumer<CloudEvent<GroupUpdated>>
{
    /// <summary>Note of a mark behind which owner, name or notice may have changed: the events do not carry them.</summary>
    public const string LookNote = "look";

    public Task Consume(ConsumeContext<CloudEvent<GroupCreated>> context) => TouchedAsync(context, context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<GroupOwnerChanged>> context) => TouchedAsync(context, context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<GroupRenamed>> context) => TouchedAsync(context, context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<GroupNoticeChanged>> context) => TouchedAsync(context, context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<GroupDismissed>> context)
    {
        var at = context.Message.Time;
        return ChangeAsync(context, context.Message.Data, note: null, (group, now) =>
        {
            group.DismissedAt ??= at;
            // Changes of the last moment may still come; those after the end are told as well, but can no longer be told apart from it.
            return now + GroupChain.PlatformLag;
        });
    }

    public Task Consume(ConsumeContext<CloudEvent<GroupMembersAdded>> context) => MembersAsync(context, context.Message.Data, joined: true, context.Message.Data.JoinScene);

    public Task Consume(ConsumeContext<CloudEvent<GroupMembersRemoved>> context) => MembersAsync(context, context.Message.Data, joined: false, context.Message.Data.QuitScene);

    // What the bridge itself has derived comes by on the same queue.
    public Task Consume(ConsumeContext<CloudEvent<GroupMemberJoined>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<GroupMemberLeft>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<GroupResynced>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<GroupUpdated>> context) => Task.CompletedTask;

    private Task MembersAsync<TData>(ConsumeContext<CloudEvent<TData>> context, TData data, bool joined, string scene)
        where TData : GroupMembersEventData
    {
        var members = data.Members ?? [];
        var change = new GroupChange(context.Message.Id, data.App, context.Message.Time, joined, scene, members, members.Count > 0 && members.Count >= data.Count, data.PreviousVersion, data.Version);
        return ChangeAsync(context, data, note: null, (group, now) => GroupChain.Add(group, change, now) ? DueOf(group, now) : null);
    }

    private Task TouchedAsync<TData>(ConsumeContext<CloudEvent<TData>> context, TData data)
        where TData : GroupEventData
    {
        var at = context.Message.Time;
        return ChangeAsync(context, data, LookNote, (group, now) =>
        {
            GroupChain.Seen(group, at);
            return now + GroupChain.PlatformLag;
        });
    }

    private async Task ChangeAsync<TData>(ConsumeContext<CloudEvent<TData>> context, TData data, string? note, Func<Group, DateTimeOffset, DateTimeOffset?> change)
        where TData : GroupEventData
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                var due = await GroupStore.ChangeAsync(session, data.Corp, data.ChatId, group => change(group, now), now);
                if (due is { } at) await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Groups, data.Corp, data.ChatId), corps.CurrentValue.WorkingApp(data.Corp, data.App), at, context.Message.Id, now, note);
            },
            context.CancellationToken);
        signal.Raise(WorkLane.Groups);
    }

    // At once when all that is to be said is known; else when the platform can be expected to know it.
    private static DateTimeOffset? DueOf(Group group, DateTimeOffset now)
    {
        var untold = group.News.Where(news => news.ToldAt is null).ToList();
        var isKnown = group.MemberVersion is not null && !group.Pending.Any() && untold.TrueForAll(news => news.Member is null || news.MemberKind is not null);
        return !isKnown ? now + GroupChain.PlatformLag : untold.Count > 0 ? now : null;
    }
}
