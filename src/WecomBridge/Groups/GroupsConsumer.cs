using MassTransit;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Groups;

/// <summary>Takes in what an event says about a customer group and marks the group when only reading it can tell the rest. Never calls out.</summary>
internal sealed class GroupsConsumer(IStateDatabase database, WorkSignal signal, TimeProvider time) :
    IConsumer<CloudEvent<GroupCreated>>,
    IConsumer<CloudEvent<GroupMembersAdded>>,
    IConsumer<CloudEvent<GroupMembersRemoved>>,
    IConsumer<CloudEvent<GroupOwnerChanged>>,
    IConsumer<CloudEvent<GroupRenamed>>,
    IConsumer<CloudEvent<GroupNoticeChanged>>,
    IConsumer<CloudEvent<GroupDismissed>>
{
    /// <summary>WeCom answers old data for about two seconds after an event (groupchat/get, page 92122).</summary>
    private static readonly TimeSpan PlatformLag = TimeSpan.FromSeconds(2);

    public Task Consume(ConsumeContext<CloudEvent<GroupCreated>> context) => TouchedAsync(context.Message, context.Message.Data, context.CancellationToken);

    public Task Consume(ConsumeContext<CloudEvent<GroupOwnerChanged>> context) => TouchedAsync(context.Message, context.Message.Data, context.CancellationToken);

    public Task Consume(ConsumeContext<CloudEvent<GroupRenamed>> context) => TouchedAsync(context.Message, context.Message.Data, context.CancellationToken);

    public Task Consume(ConsumeContext<CloudEvent<GroupNoticeChanged>> context) => TouchedAsync(context.Message, context.Message.Data, context.CancellationToken);

    public Task Consume(ConsumeContext<CloudEvent<GroupDismissed>> context) =>
        ApplyAsync(context.Message, context.Message.Data, Change(context.Message, context.Message.Data, GroupChangeKind.Dismissed), context.CancellationToken);

    public Task Consume(ConsumeContext<CloudEvent<GroupMembersAdded>> context)
    {
        var data = context.Message.Data;
        var change = Change(context.Message, data, GroupChangeKind.MembersAdded) with { Members = data.Members, PreviousVersion = data.PreviousVersion, Version = data.Version };
        return ApplyAsync(context.Message, data, change, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CloudEvent<GroupMembersRemoved>> context)
    {
        var data = context.Message.Data;
        var change = Change(context.Message, data, GroupChangeKind.MembersRemoved) with { Members = data.Members, PreviousVersion = data.PreviousVersion, Version = data.Version };
        return ApplyAsync(context.Message, data, change, context.CancellationToken);
    }

    private static GroupChange Change(CloudEvent cloudEvent, GroupEventData data, GroupChangeKind kind) => new(data.Corp, data.ChatId, kind, cloudEvent.Time);

    private Task TouchedAsync(CloudEvent cloudEvent, GroupEventData data, CancellationToken cancellationToken) =>
        ApplyAsync(cloudEvent, data, Change(cloudEvent, data, GroupChangeKind.Touched), cancellationToken);

    private async Task ApplyAsync(CloudEvent cloudEvent, GroupEventData data, GroupChange change, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                var applied = await GroupStore.ApplyAsync(session, change, now);
                if (applied == GroupApplied.Gap || change.Kind == GroupChangeKind.Touched)
                    await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Groups, data.Corp, data.ChatId), data.App, now + PlatformLag, cloudEvent.Id, now);
            },
            cancellationToken);
        signal.Raise(WorkLane.Groups);
    }
}
