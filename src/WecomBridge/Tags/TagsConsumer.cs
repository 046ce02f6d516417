using MassTransit;
using WecomBridge.Broker;
using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Tags;

/// <summary>Takes in what an event says about a relation and marks the customer's tags as due. Never calls out.</summary>
internal sealed class TagsConsumer(IStateDatabase database, WorkSignal signal, TagDirectory directory, IOutbox outbox, EventFactory events, TimeProvider time) :
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
    IConsumer<CloudEvent<ApplyTags>>
{
    public Task Consume(ConsumeContext<CloudEvent<CustomerAdded>> context) => ApplyAsync(context, RelationChangeKind.Added, context.Message.Data.State);

    public Task Consume(ConsumeContext<CloudEvent<CustomerHalfAdded>> context) => ApplyAsync(context, RelationChangeKind.HalfAdded, context.Message.Data.State);

    public Task Consume(ConsumeContext<CloudEvent<CustomerEdited>> context) => ApplyAsync(context, RelationChangeKind.Edited);

    public Task Consume(ConsumeContext<CloudEvent<CustomerRemoved>> context) => ApplyAsync(context, RelationChangeKind.Removed);

    public Task Consume(ConsumeContext<CloudEvent<CustomerLeft>> context) => ApplyAsync(context, RelationChangeKind.Left);

    public Task Consume(ConsumeContext<CloudEvent<CustomerTransferFailed>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<CustomerArchiveAgreed>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<TagCreated>> context) => ForgetAsync(context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<TagUpdated>> context) => ForgetAsync(context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<TagDeleted>> context) => ForgetAsync(context.Message.Data);

    public Task Consume(ConsumeContext<CloudEvent<TagReordered>> context) => Task.CompletedTask;

    /// <summary>No group of tags is the CRM's to change, so every such command is refused.</summary>
    public Task Consume(ConsumeContext<CloudEvent<ApplyTags>> context) =>
        CommandRefusal.RefuseAsync(outbox, events, context, context.Message.Data, CommandRejectReasons.NotAllowed, "No group of tags is owned by crm.");

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
                if (kind == RelationChangeKind.Removed) await ForgetLedgerAsync(session, key);
                await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, data.Corp, data.ExternalUserId), data.App, now, message.Id, now);
            },
            context.CancellationToken);
        signal.Raise(WorkLane.Tags);
    }

    /// <summary>Tags go with the relation. A removal that arrives after a later add changes nothing.</summary>
    private static async Task ForgetLedgerAsync(StateSession session, RelationKey key)
    {
        if (await RelationStore.FindAsync(session, key) is not { Status: RelationStatus.RemovedByStaff }) return;
        var entries = await TagLedger.OfRelationAsync(session, key);
        await TagLedger.ForgetAsync(session, key, [.. entries.Select(entry => entry.TagId)]);
    }

    private Task ForgetAsync(EventData data)
    {
        directory.Forget(data.Corp);
        return Task.CompletedTask;
    }
}
