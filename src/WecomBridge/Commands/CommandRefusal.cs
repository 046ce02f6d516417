using MassTransit;
using WecomBridge.Broker;
using WecomBridge.Contracts;

namespace WecomBridge.Commands;

/// <summary>A command that is not carried out. Thrown, it sends the command to the dead letters.</summary>
internal sealed class CommandRefusedException(string reason) : Exception($"The command was refused: {reason}.");

/// <summary>Says that a command is refused, and by which corp's name it was sent.</summary>
internal static class CommandRefusal
{
    /// <summary>Publishes <c>command.rejected</c>, then throws.</summary>
    /// <param name="outbox">Where to.</param>
    /// <param name="events">Makes the event.</param>
    /// <param name="context">The command.</param>
    /// <param name="data">Its data.</param>
    /// <param name="reason">A word of <see cref="CommandRejectReasons"/>.</param>
    /// <param name="detail">In words for a developer; no personal data.</param>
    /// <exception cref="CommandRefusedException">Always, after the event is durable.</exception>
    public static Task RefuseAsync<TData>(IOutbox outbox, EventFactory events, ConsumeContext<CloudEvent<TData>> context, TData data, string reason, string detail)
        where TData : CommandData
    {
        var message = context.Message;
        return RefuseAsync(outbox, events, new CommandRejected { CorpId = "", Corp = CorpOf(context, data) ?? "", App = data.App ?? "", CommandId = message.Id.ToString("D"), Command = message.Type, Reason = reason, Detail = detail }, message.Id, message.Subject, context.CancellationToken);
    }

    /// <summary>Publishes <c>command.rejected</c> of a command that does not fit its schema, then throws.</summary>
    /// <exception cref="CommandRefusedException">Always, after the event is durable.</exception>
    public static Task RefuseAsync(IOutbox outbox, EventFactory events, ConsumeContext<UnreadableCommand> context)
    {
        var message = context.Message;
        var rejected = new CommandRejected { CorpId = "", Corp = CorpOf(context) ?? message.Corp ?? "", App = "", CommandId = message.Id.ToString("D"), Command = message.Type, Reason = CommandRejectReasons.Invalid, Detail = message.Detail };
        return RefuseAsync(outbox, events, rejected, message.Id, message.Subject, context.CancellationToken);
    }

    /// <summary>The corp a command acts on: the second word of its routing key, else what its data says; null when neither says one.</summary>
    public static string? CorpOf<TData>(ConsumeContext<CloudEvent<TData>> context, TData data)
        where TData : CommandData => CorpOf(context) ?? data.Corp;

    private static string? CorpOf(ConsumeContext context) => context.RoutingKey()?.Split('.') is ["v1", var corp, ..] ? corp : null;

    /// <summary>A corp that is no word of a routing key has no subscribers to be told.</summary>
    private static async Task RefuseAsync(IOutbox outbox, EventFactory events, CommandRejected rejected, Guid commandId, string subject, CancellationToken cancellationToken)
    {
        if (EventWriter.IsWord(rejected.Corp))
            await outbox.StoreAsync([EventWriter.Write(events.Derived(rejected.Corp, rejected.App, commandId, discriminator: "", subject, subject, rejected), Exchanges.Events)], cancellationToken);
        throw new CommandRefusedException(rejected.Reason);
    }
}
