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
    public static async Task RefuseAsync<TData>(IOutbox outbox, EventFactory events, ConsumeContext<CloudEvent<TData>> context, TData data, string reason, string detail)
        where TData : CommandData
    {
        var (message, app) = (context.Message, data.App ?? "");
        if (CorpOf(context, data) is { } corp && EventWriter.IsWord(corp))
        {
            var rejected = new CommandRejected { CorpId = "", Corp = corp, App = app, CommandId = message.Id.ToString("D"), Command = message.Type, Reason = reason, Detail = detail };
            await outbox.StoreAsync([EventWriter.Write(events.Derived(corp, app, message.Id, discriminator: "", message.Subject, message.Subject, rejected), Exchanges.Events)], context.CancellationToken);
        }

        throw new CommandRefusedException(reason);
    }

    /// <summary>The corp a command acts on: the second word of its routing key, else what its data says; null when neither says one.</summary>
    public static string? CorpOf<TData>(ConsumeContext<CloudEvent<TData>> context, TData data)
        where TData : CommandData
    {
        var words = context.RoutingKey()?.Split('.');
        return words is ["v1", var corp, ..] ? corp : data.Corp;
    }
}
