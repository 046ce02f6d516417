using MassTransit;
using Microsoft.Extensions.Options;
using WecomBridge.Broker;
using WecomBridge.Callbacks;
using WecomBridge.Commands;
using WecomBridge.Contracts;
using WecomBridge.Crm;
using WecomBridge.State;
using WecomBridge.Work;

namespace WecomBridge.Profiles;

/// <summary>Takes in what an event says about a relation and marks what is due: the profile, of a refresh the tags as well, and what the CRM is to learn. Never calls out.</summary>
internal sealed class ProfilesConsumer(IStateDatabase database, WorkSignal signal, CrmWriteBack writeBack, IOutbox outbox, EventFactory events, IOptionsMonitor<WecomOptions> corps, TimeProvider time) :
    IConsumer<CloudEvent<CustomerAdded>>,
    IConsumer<CloudEvent<CustomerHalfAdded>>,
    IConsumer<CloudEvent<CustomerEdited>>,
    IConsumer<CloudEvent<CustomerRemoved>>,
    IConsumer<CloudEvent<CustomerLeft>>,
    IConsumer<CloudEvent<CustomerTransferFailed>>,
    IConsumer<CloudEvent<CustomerArchiveAgreed>>,
    IConsumer<CloudEvent<RefreshProfile>>,
    IConsumer<UnreadableCommand>
{
    /// <summary>Note of a mark that wants the CRM asked again and the profile published whatever it says.</summary>
    public const string RefreshNote = "refresh";

    public Task Consume(ConsumeContext<CloudEvent<CustomerAdded>> context) => ApplyAsync(context, RelationChangeKind.Added, context.Message.Data.State);

    public Task Consume(ConsumeContext<CloudEvent<CustomerHalfAdded>> context) => ApplyAsync(context, RelationChangeKind.HalfAdded, context.Message.Data.State);

    public Task Consume(ConsumeContext<CloudEvent<CustomerEdited>> context) => ApplyAsync(context, RelationChangeKind.Edited);

    public Task Consume(ConsumeContext<CloudEvent<CustomerRemoved>> context) => ApplyAsync(context, RelationChangeKind.Removed);

    public Task Consume(ConsumeContext<CloudEvent<CustomerLeft>> context) => ApplyAsync(context, RelationChangeKind.Left);

    public Task Consume(ConsumeContext<CloudEvent<CustomerTransferFailed>> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<CloudEvent<CustomerArchiveAgreed>> context) => Task.CompletedTask;

    public async Task Consume(ConsumeContext<CloudEvent<RefreshProfile>> context)
    {
        var data = context.Message.Data;
        var corp = CommandRefusal.CorpOf(context, data);
        var app = corp is null ? null : corps.CurrentValue.Corps.GetValueOrDefault(corp)?.CallingApp(data.App);
        if (corp is null || app is null || (data.Corp is not null && data.Corp != corp))
            await CommandRefusal.RefuseAsync(outbox, events, context, data, CommandRejectReasons.Invalid, "No such corp, or no app of it that can make calls.");
        else if (string.IsNullOrWhiteSpace(data.ExternalUserId))
            await CommandRefusal.RefuseAsync(outbox, events, context, data, CommandRejectReasons.Invalid, "externalUserId is empty.");
        else
            await MarkAsync(corp, app, data.ExternalUserId, context.Message.Id, change: null, RefreshNote, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<UnreadableCommand> context) => CommandRefusal.RefuseAsync(outbox, events, context);

    private Task ApplyAsync<TData>(ConsumeContext<CloudEvent<TData>> context, RelationChangeKind kind, string? state = null)
        where TData : CustomerEventData
    {
        var (message, data) = (context.Message, context.Message.Data);
        var change = new RelationChange(new RelationKey(data.Corp, data.UserId, data.ExternalUserId), kind, message.Time, message.Id, state);
        return MarkAsync(data.Corp, corps.CurrentValue.WorkingApp(data.Corp, data.App), data.ExternalUserId, message.Id, change, note: null, context.CancellationToken);
    }

    private async Task MarkAsync(string corp, string app, string externalUserId, Guid causeId, RelationChange? change, string? note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                if (change is not null) await RelationStore.ApplyAsync(session, change);
                await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Profiles, corp, externalUserId), app, now, causeId, now, note);

                // Whether this very event moved the relation cannot be told: the tags' consumer takes it in as well.
                if (change is { Kind: not RelationChangeKind.Edited }) await writeBack.MarkAsync(session, corp, app, externalUserId, causeId, now);
                if (change is null) await WorkStore.MarkAsync(session, new WorkKey(WorkLane.Tags, corp, externalUserId), app, now, causeId, now);
            },
            cancellationToken);
        signal.Raise(WorkLane.Profiles);
        signal.Raise(change is null ? WorkLane.Tags : WorkLane.Crm);
    }
}
