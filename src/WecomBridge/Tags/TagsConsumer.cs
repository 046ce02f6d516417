using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Takes in what an event or a command says of a customer's tags, and marks them as due. Never calls out.</summary>
internal sealed class TagsConsumer(
    IStateDatabase database, WorkSignal signal, IOutbox outbox, EventFactory events, IOptionsMonitor<TagsOptions> options, IOptionsMonitor<WecomOptions> corps, TimeProvider time) :
    IConsumer<CloudEvent<CustomerAdded>>,
    IConsumer<CloudEvent<CustomerHalfAdded>>,
    IConsumer<CloudEvent<CustomerEdited>>,
    IConsumer<CloudEvent<CustomerRemoved>>,
    IConsumer<CloudEvent<CustomerLeft>>,
    IConsumer<CloudEvent<CustomerTransferFailed>>,
    IConsumer<CloudEvent<CustomerArchiveAgreed>>,
    IConsumer<CloudEvent<TagCreated>>,
    IConsumer<CloudEvent<TagUpdated>>,
    IConsumer<CloudEvent<TagDeleted>>,
    IConsumer<CloudEvent<TagReordered>>,
    IConsumer<CloudEvent<ApplyTags>>,
    IConsumer<UnreadableCommand>
{
    /// <summary>A group is created with an event for each of its tags: they are read once.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    public Task Consume(ConsumeContext<CloudEvent<CustomerAdded>> context) => ApplyAsync(context, RelationChangeKind.Added, context.Message.Data.State);

    public Task Consume(ConsumeContext<CloudEvent<CustomerHalfAdded>> context) => ApplyAsync(context, RelationChangeKind.HalfAdded, context.Message.Data.State);

    public Task Consume(ConsumeContext<CloudEvent<CustomerEdited>> context) => ApplyAsync(context, RelationChangeKind.Edited);

    public Task Consume(ConsumeContext<CloudEvent<CustomerRemoved>> context) => ApplyAsync(context, RelationChangeKind.Removed);

    public Task Consume(ConsumeContext<CloudEvent<CustomerLeft>> context) => ApplyAsync(context, RelationChangeKind.Left);

    public Task Consume(ConsumeContext<CloudEvent<CustomerTransferFailed>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<CustomerArchiveAgreed>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<TagCreated>> context) => ReadDictionaryAsync(context);

    public Task Consume(ConsumeContext<CloudEvent<TagUpdated>> context) => ReadDictionaryAsync(context);

    public Task Consume(ConsumeContext<CloudEvent<TagDeleted>> context) => ReadDictionaryAsync(context);

    public Task Consume(ConsumeContext<CloudEvent<TagReordered>> context) => Task.CompletedTask;

    public async Task Consume(ConsumeContext<CloudEvent<ApplyTags>> context)
    {
        var (message, data) = (context.Message, context.Message.Data);
        var corp = CommandRefusal.CorpOf(context, data);
        var app = corp is null ? null : corps.CurrentValue.Corps.GetValueOrDefault(corp)?.CallingApp(data.App);
        if (TagCommands.FindFault(options.CurrentValue, data, isCorpKnown: app is not null && (data.Corp is null || data.Corp == corp), message.Time - time.GetUtcNow()) is var (reason, detail))
        {
            await CommandRefusal.RefuseAsync(outbox, events, context, data, reason, detail);
            return;
        }

        var now = time.GetUtcNow();
        var wishes = TagCommands.WishesOf(data, message.Time, message.Id);
        await database.WriteAsync(
            async session =>
            {
                await TagWishes.PutAsync(session, corp!, data.ExternalUserId, data.UserId, wishes);
                await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, corp!, data.ExternalUserId), app!, now, message.Id, now);
            },
            context.CancellationToken);
        signal.Raise(WorkLane.Tags);
    }

    public Task Consume(ConsumeContext<UnreadableCommand> context) => CommandRefusal.RefuseAsync(outbox, events, context);

    private async Task ApplyAsync<TData>(ConsumeContext<CloudEvent<TData>> context, RelationChangeKind kind, string? state = null)
        where TData : CustomerEventData
    {
        var (message, data) = (context.Message, context.Message.Data);
        var key = new RelationKey(data.Corp, data.UserId, data.ExternalUserId);
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                await RelationStore.ApplyAsync(session, new RelationChange(key, kind, message.Time, message.Id, state));
                if (kind == RelationChangeKind.Removed)
                {
                    await TagLedger.ForgetLifeAsync(session, key, message.Time);
                    await RelationTagStore.ForgetLifeAsync(session, key, message.Time);
                }

                await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, data.Corp, data.ExternalUserId), corps.CurrentValue.WorkingApp(data.Corp, data.App), now, message.Id, now);
            },
            context.CancellationToken);
        signal.Raise(WorkLane.Tags);
    }

    private async Task ReadDictionaryAsync<TData>(ConsumeContext<CloudEvent<TData>> context)
        where TData : EventData
    {
        var (data, now) = (context.Message.Data, time.GetUtcNow());
        await database.WriteAsync(
            session => WorkStore.MarkAsync(
                session, new WorkKey(WorkLane.Dictionary, data.Corp, TagDictionaryReconciler.Key), corps.CurrentValue.WorkingApp(data.Corp, data.App), now + Burst, context.Message.Id, now),
            context.CancellationToken);
        signal.Raise(WorkLane.Dictionary);
    }
}
